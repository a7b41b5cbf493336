package parley.registry.group;

import java.util.List;
import org.apache.pekko.actor.typed.ActorRef;
import parley.messages.group.GroupEntry;
import parley.messages.group.Taking;
import parley.messages.identity.IdentityKey;
import parley.messages.name.UserName;

/**
 * What a modern gate asks the {@link GroupRegistry} of a name, and what it is answered; docs/PROTOCOL.md §12.3.
 *
 * <p>{@code asker} is whom the connection has signed in as, and {@code identity} the present one of that account: nobody
 * brings what another has written.
 */
public final class ModernGroup {
    public sealed interface Command extends GroupRegistry.Command {}

    /** A new group, if nobody has the name, of whichever world. */
    public record Create(UserName asker, IdentityKey identity, GroupEntry first, ActorRef<CreateAnswer> replyTo)
            implements Command {}

    /** The next entry, if the log is still the one that its author has seen. */
    public record Append(UserName asker, IdentityKey identity, GroupEntry next, ActorRef<AppendAnswer> replyTo)
            implements Command {}

    /** @param bytesMax of the entries in a row */
    public record LogOf(UserName asker, int from, int bytesMax, ActorRef<LogAnswer> replyTo) implements Command {}

    public sealed interface CreateAnswer {}

    public sealed interface AppendAnswer {}

    public sealed interface LogAnswer {}

    /** On disk, and in the list if it is to be there. */
    public record Created() implements CreateAnswer {}

    /** A group has the name, of whichever world. */
    public record Taken() implements CreateAnswer {}

    /**
     * On disk, and counted in the list.
     *
     * @param entries of the log, now
     */
    public record Appended(int entries) implements AppendAnswer {}

    /** Another entry was first. */
    public record HeadMoved() implements AppendAnswer {}

    /** {@link Taking.Why#WRONG_SIGNATURE} also if the asker's present identity is not what the entry is signed by. */
    public record Refused(Taking.Why why) implements CreateAnswer, AppendAnswer {}

    /**
     * @param entries that the asker may see, in all
     * @param row from the one asked for on, as many as fit; none beyond the end
     */
    public record Log(int entries, List<GroupEntry> row) implements LogAnswer {}

    /** No such group, or a classic one, or one that is none of the asker's business: nobody learns which. */
    public record Unknown() implements AppendAnswer, LogAnswer {}

    /** The journal did not take it, as on a full disk; worth trying again. */
    public record Busy() implements CreateAnswer, AppendAnswer {}

    private ModernGroup() {}
}
