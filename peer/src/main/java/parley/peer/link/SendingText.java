package parley.peer.link;

final class SendingText {}
