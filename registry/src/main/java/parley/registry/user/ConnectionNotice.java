package parley.registry.user;

import parley.messages.name.UserName;

/** What a connection that signed in is told later, without having asked. In both cases it is that user no longer. */
public sealed interface ConnectionNotice {
    /** The same user signed in over another connection. */
    record Superseded(UserName user) implements ConnectionNotice {}

    /** The registry forgot who is online here; close the connection, so that the peer signs in again. */
    record Forgotten(UserName user) implements ConnectionNotice {}
}
