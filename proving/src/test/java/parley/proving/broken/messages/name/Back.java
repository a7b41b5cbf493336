package parley.proving.broken.messages.name;

import parley.proving.broken.messages.wire.Letter;

/** Names that know what carries them: half of a circle. */
record Back(Letter there) {}
