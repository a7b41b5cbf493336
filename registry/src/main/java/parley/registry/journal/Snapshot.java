package parley.registry.journal;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What replaces a run of events. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "is")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Snapshot.OfUser.class, name = "user"),
    @JsonSubTypes.Type(value = Snapshot.OfModernUser.class, name = "modern-user"),
    @JsonSubTypes.Type(value = Snapshot.OfGroup.class, name = "group"),
    @JsonSubTypes.Type(value = Snapshot.OfModernGroup.class, name = "modern-group"),
    @JsonSubTypes.Type(value = Snapshot.OfSlice.class, name = "slice"),
    @JsonSubTypes.Type(value = Snapshot.OfThrottle.class, name = "throttle")
})
public sealed interface Snapshot extends Stored {
    /** @param account none for a name that nobody has signed up; a classic one otherwise */
    record OfUser(@Nullable Account account, List<String> groups) implements Snapshot {}

    /** As in {@link UserEvent.SignedUp}. */
    record Account(String kind, String passwordHash) {
        @Override
        public String toString() {
            return "Account[" + kind + ", redacted]";
        }
    }

    /** As in {@link UserEvent.SignedUpModern}, with all that was stated since. */
    record OfModernUser(String chain, List<String> groups) implements Snapshot {}

    /**
     * As in {@link GroupEvent.Created}.
     *
     * @param members in the order in which they joined, the owner first
     */
    record OfGroup(String kind, String keyHex, List<String> members, long revision) implements Snapshot {
        @Override
        public String toString() {
            return "OfGroup[%s, redacted, %s, %d]".formatted(kind, members, revision);
        }
    }

    /** @param log all entries in a row, each behind its length of two bytes, in base64url; 3.3 MB at most */
    record OfModernGroup(String log) implements Snapshot {}

    record OfSlice(List<Count> counts) implements Snapshot {}

    /** As in {@link DirectoryEvent.Counted}. */
    record Count(String group, int members, long revision) {}

    record OfThrottle(List<Failures> failures) implements Snapshot {}

    /** @param lastMillis when the last one was, since 1970 */
    record Failures(String account, int count, long lastMillis) {}
}
