package parley.proving.broken.messages.wire;

import org.apache.pekko.actor.typed.ActorRef;
import parley.proving.broken.messages.name.Name;

/** A message that carries an actor, and the other half of a circle. */
public record Letter(Name to, ActorRef<Name> reply) {}
