package parley.registry.journal;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** What happened to one user. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "is")
@JsonSubTypes({
    @JsonSubTypes.Type(value = UserEvent.SignedUp.class, name = "signed-up"),
    @JsonSubTypes.Type(value = UserEvent.Enrolled.class, name = "enrolled"),
    @JsonSubTypes.Type(value = UserEvent.SignedUpModern.class, name = "signed-up-modern"),
    @JsonSubTypes.Type(value = UserEvent.Stated.class, name = "stated")
})
public sealed interface UserEvent extends Stored {
    /**
     * A classic account.
     *
     * @param kind {@code classic}, always
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

    /**
     * A modern account.
     *
     * @param chain all its statements in a row, docs/PROTOCOL.md §2.3, as base64url
     */
    record SignedUpModern(String chain) implements UserEvent {}

    /**
     * The chain has grown; also by its revocation, after which nothing follows.
     *
     * @param row the statements that came to it, as base64url
     */
    record Stated(String row) implements UserEvent {}
}
