package parley.proving.broken.peer.talk;

public record Line(String text) {}
