package parley.registry.group;

import java.util.List;
import org.apache.pekko.actor.typed.ActorRef;
import parley.messages.name.GroupName;

public final class GroupDirectory {
    public sealed interface Command {}

    /** From {@code GroupRegistry}: what is older than what is known is answered, not kept. */
    record Announce(GroupName group, int members, long revision, ActorRef<Announced> replyTo) implements Command {}

    record Announced() {}

    /** The groups of this slice in the order of names, no more than {@code bytesMax} bytes could hold. */
    record First(int bytesMax, ActorRef<Sizes> replyTo) implements Command {}

    record Sizes(List<Size> sizes) {}

    /** One group of the list. */
    public record Size(GroupName group, int members) {}

    private GroupDirectory() {}
}
