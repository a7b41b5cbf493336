package parley.proving.broken.peer.link;

/** A name that says nothing. */
public record LinkManager(int links) {}
