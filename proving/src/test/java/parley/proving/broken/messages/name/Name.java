package parley.proving.broken.messages.name;

public record Name(String text) {}
