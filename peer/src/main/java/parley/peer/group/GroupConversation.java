package parley.peer.group;

import static org.apache.pekko.actor.typed.javadsl.Behaviors.receiveMessage;
import static org.apache.pekko.actor.typed.javadsl.Behaviors.same;

import java.time.Duration;
import java.util.List;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.StashBuffer;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.apache.pekko.util.ByteString;
import parley.messages.directory.Request;
import parley.messages.field.MalformedFields;
import parley.messages.wire.MessageId;
import parley.peer.contact.ContactCommand;
import parley.peer.group.GroupCommand.Alter;
import parley.peer.group.GroupCommand.Asked;
import parley.peer.group.GroupCommand.Came;
import parley.peer.group.GroupCommand.SignedIn;
import parley.peer.store.HeldBack;
import parley.peer.store.Store;

/**
 * One group that is on disk: what we do and say in it, and what its members say.
 *
 * <pre>
 *   loading --Loaded--&gt; open --a step with changes--&gt; storing --Committed--&gt; open
 *      ^  `--NotLoaded--&gt; pausing                        `--CommitFailed--&gt; pausing
 *      `--------- a while later -------´                      nothing of the step has happened
 *
 *   open:  Alter --drafted, signed, append--&gt; taken: stored, and said to whom it concerns --&gt; Altered
 *                     ^                        `--head: fetched, and thought through again, at most 8 times
 *          SignedIn, a place beyond our log --&gt; the log is fetched on from what we know --&gt; what waits is judged again
 * </pre>
 *
 * <b>The commit rule.</b> One step at a time is committed, and nothing that follows from it happens before; so memory is
 * never ahead of the disk. A crash between the commit and what follows repeats that: letters that no cipher has taken
 * go out again, and what is in the inbox is judged again. One question at a time is asked of the registry.
 */
final class GroupConversation {
    record Loaded(StoredCircle stored) implements GroupCommand.Inner {}

    record NotLoaded(String why) implements GroupCommand.Inner {}

    record Stored(Store.Commitment outcome) implements GroupCommand.Inner {}

    record Posted(ContactCommand.Enqueuing outcome) implements GroupCommand.Inner {}

    record PostAgain() implements GroupCommand.Inner {}

    record LookAgain() implements GroupCommand.Inner {}

    /** Commands that wait for the disk. What is said beyond is in the inbox, and looked for there. */
    private static final int HELD_MAX = 10_000;

    /** What comes by our own doing, and must not be lost. */
    private static final int HELD_OF_OURS_MAX = HELD_MAX + 1_000;

    /** How long a disk that refused, or a cipher whose disk did, is left alone. */
    static final Duration DISK_PAUSE = Duration.ofSeconds(5);

    private static final String DISK = "The disk does not take it just now; try again in a moment";

    static Behavior<GroupCommand> create(ByteString id, GroupSurroundings around, ActorRef<? super Groups.Seen> book) {
        return Behaviors.setup(context -> Behaviors.withTimers(timers -> Behaviors.withStash(
                HELD_OF_OURS_MAX, held -> new GroupConversation(id, around, book, context, timers, held).loading())));
    }

    private final ByteString id;
    private final GroupSurroundings around;
    private final ActorRef<? super Groups.Seen> book;
    private final ActorContext<GroupCommand> context;
    private final TimerScheduler<GroupCommand> timers;
    private final HeldBack<GroupCommand> held;
    private final Enquiry enquiry;
    private final ActorRef<Store.Commitment> commitments;
    private final ActorRef<ContactCommand.Enqueuing> enqueued;
    private final Arrivals arrivals = new Arrivals(2 * HELD_MAX);
    private final Posting posting = new Posting();
    private final Amendments amendments = new Amendments();
    private final Lookout lookout = new Lookout();

    private boolean lettersRead;
    private boolean behind;
    private boolean wantsLog;

    private GroupConversation(
            ByteString id,
            GroupSurroundings around,
            ActorRef<? super Groups.Seen> book,
            ActorContext<GroupCommand> context,
            TimerScheduler<GroupCommand> timers,
            StashBuffer<GroupCommand> held) {
        this.id = id;
        this.around = around;
        this.book = book;
        this.context = context;
        this.timers = timers;
        this.held = new HeldBack<>(held);
        this.enquiry = new Enquiry(around, context);
        this.commitments = context.messageAdapter(Store.Commitment.class, Stored::new);
        this.enqueued = context.messageAdapter(ContactCommand.Enqueuing.class, Posted::new);
    }

    private Behavior<GroupCommand> loading() {
        around.store()
                .tell(new Store.Read<GroupCommand>(
                        tables -> StoredCircle.read(id, tables)
                                .<GroupCommand>map(Loaded::new)
                                .orElseGet(() -> new NotLoaded("there is no such group")),
                        NotLoaded::new,
                        context.getSelf()));
        return receiveMessage(command -> switch (command) {
            case Loaded(var stored) -> loaded(stored);
            case NotLoaded(var why) -> pausing();
            case GroupCommand other -> hold(other);
        });
    }

    private Behavior<GroupCommand> loaded(StoredCircle stored) {
        var moment = around.moment();
        Circle circle;
        try {
            circle = stored.verified(moment.registry(), moment.nowMillis());
        } catch (MalformedFields unreadable) {
            return pausing();
        }
        if (!lettersRead) {
            stored.letters().forEach(posting::add);
            stored.outbox().forEach(posting::end);
        }
        lettersRead = true;
        arrivals.found(stored.inbox());
        return open(circle);
    }

    private Behavior<GroupCommand> pausing() {
        timers.startSingleTimer(new LookAgain(), DISK_PAUSE);
        return receiveMessage(command -> switch (command) {
            case LookAgain now -> loading();
            case Asked asked -> {
                asked.refuse(DISK);
                yield same();
            }
            case GroupCommand other -> hold(other);
        });
    }

    private Behavior<GroupCommand> hold(GroupCommand command) {
        boolean full = held.size() >= HELD_MAX;
        switch (command) {
            case Asked asked when full -> asked.refuse(DISK);
            case Came came when full -> behind = true;
            case SignedIn again when full -> {}
            case GroupCommand other -> {
                if (!held.isFull()) held.add(other);
            }
        }
        return same();
    }

    /** Whatever can be done now is begun. */
    private Behavior<GroupCommand> open(Circle circle) {
        around.known().put(id, circle.log().members().size());
        book.tell(new Groups.Seen(circle.log(), circle.unread().size(), context.getSelf()));
        if (behind && held.isEmpty()) {
            behind = false;
            return loading();
        }
        handOver();
        var ended = posting.ended();
        if (ended.isPresent()) return take(circle.brought(ended.get(), around.moment()), () -> {}, why -> {});
        if (arrivals.waitInInbox()) return hearWhatWaited(circle);
        ask(circle);
        return held.letInto(receiving(circle));
    }

    /** Before anything that came since: what somebody says is heard in his order. */
    private Behavior<GroupCommand> hearWhatWaited(Circle circle) {
        var step = arrivals.judgeSome(circle, around.moment());
        if (step.next().wantsMore()) wantsLog = true;
        return take(step, () -> {}, why -> {});
    }

    private Behavior<GroupCommand> receiving(Circle circle) {
        return receiveMessage(command -> switch (command) {
            case GroupCommand.Write write -> write(write, circle);
            case GroupCommand.WriteFile file -> offer(file, circle);
            case GroupCommand.Found found -> {
                found.refuse("The name %s is taken".formatted(circle.log().name()));
                yield same();
            }
            case Alter alter -> {
                amendments.add(alter);
                ask(circle);
                yield same();
            }
            case GroupCommand.MarkRead(var replyTo) -> {
                int texts = circle.unread().size();
                yield take(
                        circle.read(around.moment()),
                        () -> replyTo.tell(new GroupCommand.Read(texts)),
                        why -> replyTo.tell(new GroupCommand.NotRead(why)));
            }
            case Came(var what) -> {
                if (!arrivals.isNew(what)) yield same();
                var step = circle.came(what, around.moment());
                // Who names what nobody shows must not delay what others name.
                boolean looksAlready = timers.isTimerActive(new LookAgain()) && circle.waitsFor(what.contact());
                if (step.next().waits(what) && !looksAlready) wantsLog = true;
                yield take(step, () -> {}, why -> {});
            }
            case SignedIn now -> {
                lookout.beginAnew();
                wantsLog = true;
                ask(circle);
                yield same();
            }
            case LookAgain now -> {
                wantsLog = circle.wantsMore();
                ask(circle);
                yield same();
            }
            case Enquiry.Fetched(var found) -> fetched(found, circle);
            case Enquiry.Answered(var outcome) -> taken(outcome, circle);
            case Posted(var outcome) -> posted(outcome, circle);
            case PostAgain now -> {
                posting.again();
                handOver();
                yield same();
            }
            case Stored stray -> same();
            case Loaded stray -> same();
            case NotLoaded stray -> same();
            case GroupCommand.Inner ofDiscovery -> same();
        });
    }

    // --- the disk -------------------------------------------------------------------------------------------------

    private interface Failed {
        void because(String why);
    }

    private Behavior<GroupCommand> take(Step step, Runnable done, Failed failed) {
        if (step.changes().isEmpty()) return release(step, done);
        around.store().tell(new Store.Commit(step.changes(), commitments));
        return receiveMessage(command -> switch (command) {
            case Stored(Store.Committed committed) -> release(step, done);
            case Stored(Store.CommitFailed(var why)) -> {
                failed.because(why);
                arrivals.forget();
                // What the registry took meanwhile is there.
                wantsLog = true;
                yield pausing();
            }
            case GroupCommand other -> hold(other);
        });
    }

    private Behavior<GroupCommand> release(Step step, Runnable done) {
        done.run();
        step.letters().forEach(posting::add);
        step.effects().forEach(around.owner()::tell);
        return open(step.next());
    }

    // --- what we say ----------------------------------------------------------------------------------------------

    private Behavior<GroupCommand> write(GroupCommand.Write write, Circle circle) {
        return switch (circle.wrote(write.text(), MessageId.random(around.random()), around.moment())) {
            case Speaking.Refused(var why) -> {
                write.refuse(why);
                yield same();
            }
            case Speaking.Took(var step, var message, var members) ->
                take(step, () -> write.replyTo().tell(new GroupCommand.Wrote(message, members)), write::refuse);
        };
    }

    private Behavior<GroupCommand> offer(GroupCommand.WriteFile file, Circle circle) {
        return switch (circle.offered(file, around.moment())) {
            case Speaking.Refused(var why) -> {
                file.refuse(why);
                yield same();
            }
            case Speaking.TookFile(var step, var members) ->
                take(step, () -> file.replyTo().tell(new GroupCommand.FileWritten(file.id(), members)), file::refuse);
        };
    }

    private void handOver() {
        for (var letter : posting.next())
            around.owner()
                    .tell(new GroupEffect.ToContact(
                            letter.to(),
                            new ContactCommand.Enqueue(
                                    letter.content(), letter.identity(), List.of(Rows.posted(letter)), enqueued)));
    }

    private Behavior<GroupCommand> posted(ContactCommand.Enqueuing outcome, Circle circle) {
        var answered = posting.answered(outcome.id(), outcome.contact());
        if (answered.isEmpty()) return same();
        var letter = answered.get();
        return switch (outcome) {
            case ContactCommand.Enqueued well -> {
                posting.gone(letter);
                yield open(circle);
            }
            case ContactCommand.NotEnqueued(var contact, var message, var why, var text) ->
                switch (why) {
                    case STORE_FAILED, OUTBOX_FULL -> {
                        posting.putOff(letter);
                        timers.startSingleTimer(new PostAgain(), DISK_PAUSE);
                        yield open(circle);
                    }
                    case BLOCKED, IDENTITY_NOT_ACCEPTED, REVOKED, TOO_LONG, NOT_TEXT ->
                        take(circle.refused(letter, text, around.moment()), () -> posting.gone(letter), failed -> {
                            posting.putOff(letter);
                            timers.startSingleTimer(new PostAgain(), DISK_PAUSE);
                        });
                };
        };
    }

    // --- the registry ---------------------------------------------------------------------------------------------

    /** First what is missing, then what is to be altered. */
    private void ask(Circle circle) {
        if (enquiry.isOpen()) return;
        if (wantsLog) {
            wantsLog = false;
            enquiry.forMoreOf(circle.log());
            return;
        }
        amendments
                .next(circle.log(), around.moment(), around.keys())
                .ifPresent(entry ->
                        enquiry.toTake(new Request.AppendToLog(circle.log().name(), entry)));
    }

    private Behavior<GroupCommand> taken(GroupDesk.Outcome outcome, Circle circle) {
        enquiry.ended();
        return switch (amendments.answered(outcome, circle.log())) {
            case Amendments.TookIn(var log, var alter) ->
                take(
                        circle.taken(log, around.moment()),
                        () -> alter.replyTo().tell(new GroupCommand.Altered(log)),
                        alter::refuse);
            case Amendments.NotTakenIn(var wants) -> {
                wantsLog |= wants;
                yield open(circle);
            }
        };
    }

    private Behavior<GroupCommand> fetched(Logbook.Found found, Circle circle) {
        enquiry.ended();
        var moment = around.moment();
        return switch (found) {
            case Logbook.Whole(var log) -> {
                if (log.size() > circle.log().size())
                    yield looked(circle.grown(log, moment).then(next -> complete(next, moment)));
                yield looked(complete(circle, moment));
            }
            case Logbook.NotThere none -> looked(complete(circle, moment));
            case Logbook.Wrong wrong ->
                // Who is no member any more is shown less than he knows, and that is right.
                looked(circle.isMember(moment) ? circle.invented(moment) : complete(circle, moment));
            case Logbook.Away(var why) -> {
                amendments.outOfReach(why);
                // Once, it may just be away.
                yield looked(lookout.wasInVain() ? complete(circle, moment) : Step.nothing(circle));
            }
        };
    }

    /** What came while the log was on its way may be newer than that: it is fetched again before anybody is warned. */
    private Step complete(Circle circle, Moment moment) {
        return wantsLog ? Step.nothing(circle) : circle.complete(moment);
    }

    private Behavior<GroupCommand> looked(Step step) {
        if (step.next().wantsMore()) {
            timers.startSingleTimer(new LookAgain(), lookout.pause());
        } else {
            lookout.beginAnew();
            timers.cancel(new LookAgain());
        }
        return take(step, () -> {}, why -> {});
    }
}
