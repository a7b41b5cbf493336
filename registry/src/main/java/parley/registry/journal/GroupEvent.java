package parley.registry.journal;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** What happened to one group. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "is")
@JsonSubTypes({
    @JsonSubTypes.Type(value = GroupEvent.Created.class, name = "created"),
    @JsonSubTypes.Type(value = GroupEvent.Joined.class, name = "joined"),
    @JsonSubTypes.Type(value = GroupEvent.Begun.class, name = "begun"),
    @JsonSubTypes.Type(value = GroupEvent.Appended.class, name = "appended")
})
public sealed interface GroupEvent extends Stored {
    /**
     * @param kind {@code classic}; a modern group is {@link Begun}
     * @param keyHex 24 bytes in hex
     */
    record Created(String kind, String owner, String keyHex) implements GroupEvent {
        @Override
        public String toString() {
            return "Created[%s, %s, redacted]".formatted(kind, owner);
        }
    }

    record Joined(String user) implements GroupEvent {}

    /**
     * A modern group exists.
     *
     * @param entry the first one of its log as docs/PROTOCOL.md §12.1 has it, in base64url
     */
    record Begun(String entry) implements GroupEvent {}

    /** @param entry the next one, as in {@link Begun} */
    record Appended(String entry) implements GroupEvent {}
}
