package parley.peer.group;

import static org.apache.pekko.actor.typed.javadsl.Behaviors.receiveMessage;
import static org.apache.pekko.actor.typed.javadsl.Behaviors.same;

import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import parley.messages.group.Deed;
import parley.messages.group.GroupLog;
import parley.messages.name.GroupName;
import parley.peer.group.GroupCommand.Alter;
import parley.peer.group.GroupCommand.Asked;
import parley.peer.group.GroupCommand.Came;
import parley.peer.group.GroupCommand.SignedIn;
import parley.peer.store.Store;
import parley.peer.talk.GroupMail;

/**
 * A name whose group is not on disk: somebody said that we are in it, we want to be in it, or it is to be ours.
 *
 * <pre>
 *   idle --Came, Join--&gt; fetching --its log--&gt; we are in it, or were ------------&gt; storing --&gt; draining --End--&gt; gone
 *    ^                     | ^                 we want to be: append --taken in--´
 *    |                     | `-- head ------------------´
 *    |                     `--not shown, named--&gt; idle, looked for again after a while and at each sign-in
 *    `--Found--&gt; creating --taken in--&gt; storing
 *                        `--taken: it may be ours, and its answer was lost--&gt; fetching
 *
 *   who asked is refused, and nobody has named it --NotFound--&gt; draining: the book gets back what still comes
 * </pre>
 *
 * Nothing is on disk before the whole log is, in one commit. What is asked for is a {@link Claim}, what is said are
 * {@link Mentions}: a log is judged for the one, and if that comes to nothing for the others.
 */
final class Discovery {
    record Stored(Store.Commitment outcome) implements GroupCommand.Inner {}

    record Again() implements GroupCommand.Inner {}

    /** The group has its conversation, or there is nothing more to do. */
    record End() implements GroupCommand.Inner {}

    static Behavior<GroupCommand> create(
            GroupName name, GroupSurroundings around, ActorRef<? super Groups.Command> book) {
        return Behaviors.setup(context ->
                Behaviors.withTimers(timers -> new Discovery(name, around, book, context, timers).searching()));
    }

    private final GroupName name;
    private final GroupSurroundings around;
    private final ActorRef<? super Groups.Command> book;
    private final ActorContext<GroupCommand> context;
    private final TimerScheduler<GroupCommand> timers;
    private final Enquiry enquiry;
    private final ActorRef<Store.Commitment> commitments;
    private final Mentions mentions;
    private final Claim claim;
    private final Lookout lookout = new Lookout();

    private Discovery(
            GroupName name,
            GroupSurroundings around,
            ActorRef<? super Groups.Command> book,
            ActorContext<GroupCommand> context,
            TimerScheduler<GroupCommand> timers) {
        this.name = name;
        this.around = around;
        this.book = book;
        this.context = context;
        this.timers = timers;
        this.enquiry = new Enquiry(around, context);
        this.mentions = new Mentions(name);
        this.claim = new Claim(name, around);
        this.commitments = context.messageAdapter(Store.Commitment.class, Stored::new);
    }

    private Behavior<GroupCommand> searching() {
        return receiveMessage(command -> {
            var next = search(command);
            return isIdle() && next.equals(Behaviors.<GroupCommand>same()) ? ending() : next;
        });
    }

    private Behavior<GroupCommand> search(GroupCommand command) {
        return switch (command) {
            case GroupCommand.Found found -> {
                if (claim.make(found, enquiry.isOpen())) enquiry.toTake(claim.found(found.policy()));
                yield same();
            }
            case Alter alter -> {
                if (!(alter.deed() instanceof Deed.Join)) alter.refuse(Reasons.notIn(name));
                else if (claim.make(alter, enquiry.isOpen())) look();
                yield same();
            }
            case Asked other -> {
                other.refuse(Reasons.notIn(name));
                yield same();
            }
            case Came(var what) -> {
                mentions.add(what);
                if (!timers.isTimerActive(new Again())) look();
                yield same();
            }
            case SignedIn now -> {
                lookout.beginAnew();
                if (!mentions.isEmpty()) look();
                yield same();
            }
            case Again now -> {
                if (!mentions.isEmpty()) look();
                yield same();
            }
            case Enquiry.Fetched(var found) -> shown(found);
            case Enquiry.Answered(var outcome) -> answered(outcome);
            case Stored stray -> same();
            case End end -> Behaviors.stopped();
            case GroupCommand.Inner stray -> same();
        };
    }

    private boolean isIdle() {
        return !claim.isMade() && !enquiry.isOpen() && mentions.isOver();
    }

    private Behavior<GroupCommand> ending() {
        book.tell(new Groups.NotFound(name, context.getSelf()));
        return Draining.giveBack(name, book);
    }

    // --- the registry ---------------------------------------------------------------------------------------------

    private void look() {
        if (!enquiry.isOpen()) enquiry.forAllOf(name);
    }

    private Behavior<GroupCommand> shown(Logbook.Found found) {
        enquiry.ended();
        return switch (found) {
            case Logbook.Whole(var log) -> whole(log);
            case Logbook.NotThere none -> {
                claim.notShown();
                mentions.warningOfHidden().ifPresent(this::tell);
                yield waiting();
            }
            case Logbook.Wrong wrong -> {
                claim.refuse("What the registry hands out for %s is no group".formatted(name));
                mentions.warningOfNoHistory().ifPresent(this::tell);
                yield waiting();
            }
            case Logbook.Away(var why) -> {
                claim.refuse(why);
                if (lookout.wasInVain()) mentions.warningOfHidden().ifPresent(this::tell);
                yield waiting();
            }
        };
    }

    private Behavior<GroupCommand> waiting() {
        if (!mentions.isEmpty()) timers.startSingleTimer(new Again(), lookout.pause());
        return same();
    }

    private Behavior<GroupCommand> whole(GroupLog log) {
        return switch (claim.judge(log)) {
            case Claim.Ours ours -> enter(log);
            case Claim.Entry(var request) -> {
                enquiry.toTake(request);
                yield same();
            }
            case Claim.Unclaimed none -> named(log);
        };
    }

    /** If somebody named it, we take it in if we are in it, or were, and it is the one that he named. */
    private Behavior<GroupCommand> named(GroupLog log) {
        if (mentions.isEmpty()) return same();
        var own = around.keys().chain().name();
        boolean was = log.member(own).isPresent() || log.endedAt(own).isPresent();
        if (was && mentions.mean(log)) return enter(log);
        if (!mentions.knowMoreThan(log)) return drop(log);
        // It may be that we came in by what is not shown: nothing of it is thrown away.
        mentions.warningOfHidden().ifPresent(this::tell);
        return waiting();
    }

    private Behavior<GroupCommand> answered(GroupDesk.Outcome outcome) {
        enquiry.ended();
        return switch (claim.answered(outcome)) {
            case Claim.Ours(var log) -> enter(log);
            case Claim.Overtaken again -> {
                look();
                yield same();
            }
            case Claim.Unclaimed refused -> same();
        };
    }

    // --- the disk -------------------------------------------------------------------------------------------------

    private Behavior<GroupCommand> enter(GroupLog log) {
        var step = Circle.begin(log, around.moment());
        around.store().tell(new Store.Commit(step.changes(), commitments));
        return storing(outcome -> switch (outcome) {
            case Store.Committed done -> {
                around.known().put(log.id(), log.members().size());
                book.tell(new Groups.Entered(name, log, context.getSelf()));
                step.effects().forEach(around.owner()::tell);
                claim.granted(log);
                yield Draining.refuse(name);
            }
            case Store.CommitFailed(var why) -> {
                claim.refuse(why);
                waiting();
                yield isIdle() ? ending() : searching();
            }
        });
    }

    /** Of a group that is none of ours, or another than was named. */
    private Behavior<GroupCommand> drop(GroupLog log) {
        mentions.warningOfAnother(log).ifPresent(this::tell);
        around.store().tell(new Store.Commit(mentions.drop(), commitments));
        // What could not be deleted is found again at the next start.
        return storing(outcome -> isIdle() ? ending() : searching());
    }

    private Behavior<GroupCommand> storing(Function<Store.Commitment, Behavior<GroupCommand>> then) {
        return receiveMessage(command -> switch (command) {
            case Stored(var outcome) -> then.apply(outcome);
            case Asked late -> {
                late.refuse("%s is being written to the disk; try again in a moment".formatted(name));
                yield same();
            }
            case Came(var what) -> {
                mentions.add(what);
                timers.startSingleTimer(new Again(), Lookout.MIN);
                yield same();
            }
            case GroupCommand other -> same();
        });
    }

    private void tell(GroupMail mail) {
        around.owner().tell(new GroupEffect.Tell(mail));
    }
}
