package parley.proving.broken.peer.elsewhere;

/** Nobody planned a place for it. */
record Lost(int here) {}
