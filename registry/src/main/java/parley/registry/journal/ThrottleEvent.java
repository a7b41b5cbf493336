package parley.registry.journal;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** What happened to the sign-ins from one source address. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "is")
@JsonSubTypes({
    @JsonSubTypes.Type(value = ThrottleEvent.Failed.class, name = "failed"),
    @JsonSubTypes.Type(value = ThrottleEvent.Forgiven.class, name = "forgiven")
})
public sealed interface ThrottleEvent extends Stored {
    /**
     * @param account whose password was wrong, or {@code *} once there are too many to tell apart
     * @param atMillis since 1970
     */
    record Failed(String account, long atMillis) implements ThrottleEvent {}

    record Forgiven(String account) implements ThrottleEvent {}
}
