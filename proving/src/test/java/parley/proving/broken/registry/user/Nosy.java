package parley.proving.broken.registry.user;

import parley.proving.broken.registry.gate.Sleepy;

/** A user that knows the gate it is asked through. */
record Nosy(Sleepy gate) {}
