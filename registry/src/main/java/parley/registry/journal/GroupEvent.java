package parley.registry.journal;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** What happened to one group. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "is")
@JsonSubTypes({
    @JsonSubTypes.Type(value = GroupEvent.Created.class, name = "created"),
    @JsonSubTypes.Type(value = GroupEvent.Joined.class, name = "joined")
})
public sealed interface GroupEvent extends Stored {
    /**
     * @param kind {@code classic}; other kinds follow
     * @param keyHex 24 bytes in hex
     */
    record Created(String kind, String owner, String keyHex) implements GroupEvent {
        @Override
        public String toString() {
            return "Created[%s, %s, redacted]".formatted(kind, owner);
        }
    }

    record Joined(String user) implements GroupEvent {}
}
