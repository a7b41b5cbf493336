package parley.registry.user;

import org.apache.pekko.actor.typed.ActorRef;
import parley.messages.name.Address;

/** Where a user is online, and over which connection. In memory only: it ends with the connection, or with us. */
record Presence(Address address, ActorRef<ConnectionNotice> connection) {}
