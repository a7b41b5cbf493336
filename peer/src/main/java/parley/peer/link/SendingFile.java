package parley.peer.link;

final class SendingFile {}
