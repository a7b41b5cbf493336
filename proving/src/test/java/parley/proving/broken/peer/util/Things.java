package parley.proving.broken.peer.util;

/** A drawer. */
record Things(int many) {}
