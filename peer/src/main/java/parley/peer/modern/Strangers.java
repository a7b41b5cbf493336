package parley.peer.modern;

import java.time.Duration;
import java.util.HashSet;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import parley.messages.name.UserName;
import parley.peer.contact.ContactCommand;
import parley.peer.contact.ContactCommand.Needed;
import parley.peer.delivery.Delivery;

/**
 * Senders of whom nothing is known but what the registry calls them: it may have made them up, each with a name of his
 * own. For the session's actor only.
 *
 * <pre>
 *   unknown --named, there is room--&gt; met --has brought something, is wanted by us--&gt; a contact like any other
 *           --named, no room--------&gt; left in the mailbox
 *   met --looked at: needed for nothing, named no more meanwhile--&gt; let go
 *       --half of the room is free, some were left--&gt; collected from the first of those on
 * </pre>
 *
 * How much is kept of those who brought something is {@code Allowance}'s.
 */
final class Strangers {
    /** At once. Each costs five actors and an answer of the registry's; an honest one names few in a second. */
    static final int MET_MAX = 64;

    /** Time for a chain to be fetched, and for what it opens. */
    private static final Duration LOOK_AFTER = Duration.ofSeconds(1);

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final ActorContext<ModernSession.Command> context;
    private final Roster roster;
    private final AtRegistry atRegistry;
    private final Set<UserName> met = new HashSet<>();

    /** Of those who are met: to whom something was told since they were looked at. */
    private final Set<UserName> busy = new HashSet<>();

    private boolean looking;
    private OptionalLong firstLeft = OptionalLong.empty();

    Strangers(ActorContext<ModernSession.Command> context, Roster roster, AtRegistry atRegistry) {
        this.context = context;
        this.roster = roster;
        this.atRegistry = atRegistry;
    }

    /** Whether an envelope of his may be opened now. */
    boolean admits(UserName from, long serial) {
        if (roster.find(from).isEmpty()) {
            if (met.size() == MET_MAX) {
                firstLeft = OptionalLong.of(Math.min(serial, firstLeft.orElse(serial)));
                return false;
            }
            met.add(from);
            lookLater();
        }
        told(from);
        return true;
    }

    /** Something is on its way to his cipher. */
    void told(UserName name) {
        if (met.contains(name)) busy.add(name);
    }

    /** We want something of him: he stays as long as we. */
    void keep(UserName name) {
        met.remove(name);
        busy.remove(name);
    }

    /** Signed in anew, all that waits is collected. */
    void nothingIsLeft() {
        firstLeft = OptionalLong.empty();
    }

    private void lookLater() {
        if (looking) return;
        looking = true;
        context.scheduleOnce(LOOK_AFTER, context.getSelf(), new ModernSession.LookAtStrangers());
    }

    void look() {
        looking = false;
        busy.clear();
        for (var name : met)
            context.ask(
                    Needed.class,
                    roster.meet(name).cipher(),
                    PATIENCE,
                    ContactCommand.IsNeeded::new,
                    (needed, failure) ->
                            new ModernSession.StrangerSeen(name, needed == null ? Needed.FOR_NOW : needed));
        if (!met.isEmpty()) lookLater();
    }

    void seen(UserName name, Needed needed) {
        if (!met.contains(name)) return;
        switch (needed) {
            case YES -> keep(name);
            case FOR_NOW -> {}
            case NO -> {
                if (!busy.contains(name)) letGo(name);
            }
        }
        if (met.size() <= MET_MAX / 2 && firstLeft.isPresent()) {
            atRegistry.collect(firstLeft.getAsLong() - 1);
            firstLeft = OptionalLong.empty();
        }
    }

    private void letGo(UserName name) {
        var member = roster.meet(name);
        roster.forget(name);
        keep(name);
        atRegistry.forget(name);
        member.cipher().tell(new ContactCommand.Leave());
        member.delivery().tell(new Delivery.Leave());
        context.stop(member.writer());
    }
}
