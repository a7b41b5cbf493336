package parley.proving.broken.peer.cipher;

import parley.proving.broken.peer.talk.Line;

/** A cipher that knows what a screen shows. */
record Curious(Line talk) {}
