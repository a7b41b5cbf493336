package parley.registry.journal;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** What happened to one user. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "is")
@JsonSubTypes({
    @JsonSubTypes.Type(value = UserEvent.SignedUp.class, name = "signed-up"),
    @JsonSubTypes.Type(value = UserEvent.Enrolled.class, name = "enrolled")
})
public sealed interface UserEvent extends Stored {
    /**
     * @param kind {@code classic}; other kinds follow
     * @param passwordHash Argon2id as a PHC string
     */
    record SignedUp(String kind, String passwordHash) implements UserEvent {
        @Override
        public String toString() {
            return "SignedUp[" + kind + ", redacted]";
        }
    }

    /** A group counts the user among its members. */
    record Enrolled(String group) implements UserEvent {}
}
