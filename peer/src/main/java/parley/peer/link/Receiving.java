package parley.peer.link;

final class Receiving {}
