package parley.peer.group;

import static org.apache.pekko.actor.typed.javadsl.Behaviors.receiveMessage;
import static org.apache.pekko.actor.typed.javadsl.Behaviors.same;

import java.util.List;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;
import parley.messages.directory.Code;
import parley.messages.directory.Reply;
import parley.messages.directory.Request;
import parley.messages.group.Deed;
import parley.messages.group.EntryDraft;
import parley.messages.group.GroupEntry;
import parley.messages.group.GroupLog;
import parley.messages.group.Policy;
import parley.messages.group.Taking;
import parley.messages.name.GroupName;
import parley.messages.name.UserName;
import parley.peer.contact.Inbox;
import parley.peer.group.GroupCommand.Alter;
import parley.peer.group.GroupCommand.Asked;
import parley.peer.group.GroupCommand.Came;
import parley.peer.group.GroupCommand.SignedIn;
import parley.peer.store.Change;
import parley.peer.store.Store;
import parley.peer.talk.GroupMail;

/**
 * A name whose group is not on disk: somebody said that we are in it, we want to be in it, or it is to be ours.
 *
 * <pre>
 *   idle --Came, Join--&gt; fetching --its log--&gt; we are in it, or were ----------------&gt; storing --&gt; entered
 *    ^                     | ^                 we want to be: JOIN, append --taken---´
 *    |                     | `-- head ----------------------´
 *    |                     `--not shown, named--&gt; idle, looked for again after a while and at each sign-in
 *    `--Found--&gt; creating --taken in--&gt; storing --&gt; entered
 *                        `--taken: it may be ours, and its answer was lost--&gt; fetching
 *
 *   who asked is refused, and nobody has named it --NotFound--&gt; ending: the book gets back what still comes --End--&gt; gone
 * </pre>
 *
 * Nothing is on disk before the whole log is, in one commit. Who asked is answered once.
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
    private final Lookout lookout = new Lookout();

    private @Nullable Asked asked;
    private @Nullable GroupLog known;
    private @Nullable GroupEntry entry;
    private int tries;

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
                if (wasFree(found)) create(found.policy());
                yield same();
            }
            case Alter alter -> {
                if (!(alter.deed() instanceof Deed.Join)) alter.refuse(notIn());
                else if (wasFree(alter)) look();
                yield same();
            }
            case Asked other -> {
                other.refuse(notIn());
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
        return asked == null && !enquiry.isOpen() && mentions.isOver();
    }

    private Behavior<GroupCommand> ending() {
        book.tell(new Groups.NotFound(name, context.getSelf()));
        return receiveMessage(command -> switch (command) {
            case End end -> Behaviors.stopped();
            case Asked late -> {
                book.tell(new Groups.To(name, late));
                yield same();
            }
            case Came(var what) -> {
                book.tell(new Groups.Came(what));
                yield same();
            }
            case GroupCommand other -> same();
        });
    }

    /** One at a time; the first one is answered before another is taken. */
    private boolean wasFree(Asked next) {
        // A log that is on its way serves who wants to join as well.
        if (asked != null || (enquiry.isOpen() && next instanceof GroupCommand.Found)) {
            next.refuse("The registry is being asked about %s; try again in a moment".formatted(name));
            return false;
        }
        asked = next;
        tries = 0;
        return true;
    }

    private String notIn() {
        return "You are not in %s, expected a group that you are in".formatted(name);
    }

    private void refuse(String why) {
        var waiting = asked;
        asked = null;
        if (waiting != null) waiting.refuse(why);
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
                refuse(
                        asked instanceof GroupCommand.Found
                                ? "The name %s is taken".formatted(name)
                                : "There is no group %s that you could join".formatted(name));
                warnOnce(from -> GroupMail.Trouble.hidden(name, from));
                yield waiting();
            }
            case Logbook.Wrong wrong -> {
                refuse("What the registry hands out for %s is no group".formatted(name));
                warnOnce(from -> GroupMail.Trouble.noHistory(name, from));
                yield waiting();
            }
            case Logbook.Away(var why) -> {
                refuse(why);
                if (lookout.wasInVain()) warnOnce(from -> GroupMail.Trouble.hidden(name, from));
                yield waiting();
            }
        };
    }

    private void warnOnce(Function<UserName, GroupMail> trouble) {
        mentions.warning(trouble).ifPresent(this::tell);
    }

    private Behavior<GroupCommand> waiting() {
        if (!mentions.isEmpty()) timers.startSingleTimer(new Again(), lookout.pause());
        return same();
    }

    private Behavior<GroupCommand> whole(GroupLog log) {
        known = log;
        var moment = around.moment();
        var held = log.member(moment.own());
        boolean here = held.filter(member -> member.identity().equals(moment.identity()))
                .isPresent();
        boolean was = held.isPresent() || log.endedAt(moment.own()).isPresent();
        return switch (asked) {
            case GroupCommand.Found found -> {
                if (here && log.entries().getFirst().draft().author().equals(moment.own())) yield enter(log);
                refuse("The name %s is taken".formatted(name));
                yield notOurs(log, was);
            }
            case Alter join -> {
                if (here) yield enter(log);
                var why = log.wouldRefuse(moment.own(), moment.identity(), join.deed());
                if (why.isPresent()) {
                    refuse(Reasons.of(why.get(), join.deed(), log));
                    yield notOurs(log, was);
                }
                var draft = log.draft(moment.own(), moment.identity(), join.deed(), moment.nowMillis());
                ask(around.keys().signed(draft), true);
                yield same();
            }
            case null -> notOurs(log, was);
            case Asked other -> throw new IllegalStateException("never kept");
        };
    }

    /** Somebody named it: we take it in if we are in it, or were, and it is the one that he named. */
    private Behavior<GroupCommand> notOurs(GroupLog log, boolean was) {
        if (mentions.isEmpty()) return same();
        return was && mentions.mean(log) ? enter(log) : drop(log);
    }

    private void create(Policy policy) {
        var moment = around.moment();
        var salt = new byte[Deed.Create.SALT_BYTES];
        around.random().nextBytes(salt);
        var deed = new Deed.Create(name, policy, ByteString.fromArrayUnsafe(salt));
        ask(around.keys().signed(EntryDraft.first(moment.own(), moment.identity(), deed, moment.nowMillis())), false);
    }

    private void ask(GroupEntry signed, boolean append) {
        entry = signed;
        enquiry.toTake(append ? new Request.AppendToLog(name, signed) : new Request.CreateGroup(name, signed));
    }

    private Behavior<GroupCommand> answered(GroupDesk.Outcome outcome) {
        enquiry.ended();
        switch (outcome) {
            case GroupDesk.Answered(Reply.Done well) -> {
                return enterWith(
                        entry == null
                                ? new Taking.Refused(Taking.Why.WRONG_KIND)
                                : GroupLog.begin(around.moment().registry(), name, entry));
            }
            case GroupDesk.Answered(Reply.Appended well) -> {
                return enterWith(
                        entry == null || known == null
                                ? new Taking.Refused(Taking.Why.WRONG_KIND)
                                : known.append(entry));
            }
            case GroupDesk.Answered other -> refuse("The registry answered something else than was asked");
            case GroupDesk.Refused(var code, var why) -> {
                // Taken may be what was asked for before, on a connection that was lost before the answer.
                boolean again = code == Code.HEAD || (code == Code.TAKEN && asked instanceof GroupCommand.Found);
                if (again && ++tries < Amendments.TRIES_MAX) look();
                else refuse(why);
            }
            case GroupDesk.Unreachable(var why) ->
                refuse(why + ". If it was done all the same, the same command finds it so");
        }
        return same();
    }

    private Behavior<GroupCommand> enterWith(Taking taking) {
        if (taking instanceof Taking.Longer(var log)) return enter(log);
        refuse("The registry says what cannot be: it took an entry that the group does not allow");
        return same();
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
                if (asked instanceof Alter alter) alter.replyTo().tell(new GroupCommand.Altered(log));
                if (asked instanceof GroupCommand.Found found) found.replyTo().tell(new GroupCommand.Altered(log));
                asked = null;
                yield entered();
            }
            case Store.CommitFailed(var why) -> {
                refuse(why);
                waiting();
                yield isIdle() ? ending() : searching();
            }
        });
    }

    /** Of a group that is none of ours, or another than was named. */
    private Behavior<GroupCommand> drop(GroupLog log) {
        mentions.warningOfAnother(log).ifPresent(this::tell);
        List<Change> changes = mentions.drop().stream()
                .map(what -> Inbox.GROUPS.taken(what.contact(), what.content().id()))
                .toList();
        around.store().tell(new Store.Commit(changes, commitments));
        // What could not be deleted is found again at the next start.
        return storing(outcome -> isIdle() ? ending() : searching());
    }

    private interface Then {
        Behavior<GroupCommand> of(Store.Commitment outcome);
    }

    private Behavior<GroupCommand> storing(Then then) {
        return receiveMessage(command -> switch (command) {
            case Stored(var outcome) -> then.of(outcome);
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

    /** What is heard now is in the inbox, where the conversation looks first. */
    private Behavior<GroupCommand> entered() {
        return receiveMessage(command -> switch (command) {
            case End end -> Behaviors.stopped();
            case Asked early -> {
                early.refuse("%s is just being opened; try again in a moment".formatted(name));
                yield same();
            }
            case GroupCommand other -> same();
        });
    }

    private void tell(GroupMail mail) {
        around.owner().tell(new GroupEffect.Tell(mail));
    }
}
