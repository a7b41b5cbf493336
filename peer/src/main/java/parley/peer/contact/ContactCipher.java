package parley.peer.contact;

import static org.apache.pekko.actor.typed.javadsl.Behaviors.same;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.StashBuffer;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import parley.messages.name.UserName;
import parley.messages.wire.Content;
import parley.messages.wire.MessageId;
import parley.peer.store.OwnKeys;
import parley.peer.store.Store;
import parley.peer.store.Tables;

/**
 * Owns one contact's keys. No other object ever holds them.
 *
 * <pre>
 *   loading --Loaded--> open --CommitFailed--> stopped, and never restarted: it is read anew from the disk
 *                       open --Leave---------> stopped: nobody, of whom nothing is on disk
 * </pre>
 *
 * <b>The commit rule.</b> Memory runs ahead of the disk, and nothing that follows from a step happens before the step
 * is on disk. Steps are committed, and released, in the order in which they were taken.
 *
 * <pre>
 *            memory                        one commit                                  and only then
 *   Write  ─► next counter, sealed ─► outbox + history + sessions + sealed bytes ─► Written to the writer, Transmit
 *   Bundle ─► session, all sealed  ─► sessions + sealed bytes                    ─► Transmit of each
 *   Open   ─► looked up: seen? ─► opened ─► text + id + sessions + pair spent    ─► Acknowledge, TextOpened
 *                          └─ seen, on disk or in a step before ─────────────────► Acknowledge
 *   Enqueue ─► for a member, sealed ─► outbox + what was given along + sessions ─► Enqueued, Transmit
 *   Open   ─► said in a group       ─► group-inbox + id + sessions + pair spent  ─► Acknowledge, ForGroup
 *   Hand   ─► of a file, all sealed ─► outbox + what was given along + sessions  ─► Handed, Transmit of each
 *   Open   ─► said of a file        ─► file-inbox + id + sessions + pair spent   ─► Acknowledge, ForFiles
 *   refused ─► REPEAT owed ─► the id, and why                                    ─► Acknowledge (mailbox)
 *   Acked, RECEIPT ─► entry gone ─► outbox, mark                                 ─► Withdraw, Reached
 * </pre>
 *
 * A crash between the commit and what follows it repeats that: what the outbox holds goes out again, what was not
 * acknowledged comes again and is known by its id.
 */
public final class ContactCipher {
    record Loaded(Correspondence correspondence) implements ContactCommand.Inner {}

    record NotRead(String why) implements ContactCommand.Inner {}

    record Looked(ContactCommand.Open open, Optional<Seen> seen) implements ContactCommand.Inner {}

    record Stored(Store.Commitment outcome) implements ContactCommand.Inner {}

    record ReceiptsDue() implements ContactCommand.Inner {}

    record RepeatDue() implements ContactCommand.Inner {}

    record BundleDue() implements ContactCommand.Inner {}

    record InboxDue() implements ContactCommand.Inner {}

    record Counted(Inboxes held) implements ContactCommand.Inner {}

    /** Between two looks at how much of the inboxes is still there, while it is filling. */
    private static final Duration INBOX_INTERVAL = Duration.ofSeconds(1);

    /** Commands held while the disk is read. */
    private static final int STASHED_MAX = 10_000;

    public static Behavior<ContactCommand> create(UserName contact, Surroundings around) {
        return Behaviors.setup(context -> Behaviors.withTimers(timers -> Behaviors.withStash(
                STASHED_MAX, stash -> new ContactCipher(contact, around, context, timers, stash).loading())));
    }

    private final UserName contact;
    private final Surroundings around;
    private final ActorContext<ContactCommand> context;
    private final TimerScheduler<ContactCommand> timers;
    private final StashBuffer<ContactCommand> stash;
    private final ActorRef<Store.Commitment> committing;
    private final Commits commits = new Commits();
    private final ChainHold hold = new ChainHold();
    private Correspondence now;
    private Duration retry;

    /** Envelopes that are being looked up. */
    private int lookups;

    private ContactCipher(
            UserName contact,
            Surroundings around,
            ActorContext<ContactCommand> context,
            TimerScheduler<ContactCommand> timers,
            StashBuffer<ContactCommand> stash) {
        this.contact = contact;
        this.around = around;
        this.context = context;
        this.timers = timers;
        this.stash = stash;
        this.committing = context.messageAdapter(Store.Commitment.class, Stored::new);
        this.now = Correspondence.with(contact);
        this.retry = around.settings().bundleRetryMin();
    }

    private Behavior<ContactCommand> loading() {
        var registry = around.keys().chain().registry();
        ask(tables -> {
            around.keys().notSpent(contact, tables);
            return new Loaded(Correspondence.read(contact, registry, tables));
        });
        return Behaviors.receiveMessage(command -> {
            if (command instanceof NotRead(var why)) throw new KeysUnsafe(why);
            if (!(command instanceof Loaded(var read))) {
                stash.stash(command);
                return same();
            }
            now = read;
            now.owe(around.allowance());
            take(now.resumed(around.moment()));
            remind();
            return stash.unstashAll(open());
        });
    }

    private Behavior<ContactCommand> open() {
        return Behaviors.receive(ContactCommand.class)
                .onMessage(ContactCommand.Leave.class, command -> Behaviors.stopped())
                .onMessage(ContactCommand.class, command -> {
                    on(command);
                    remind();
                    return same();
                })
                .onSignal(PostStop.class, stopped -> {
                    now.give(around.allowance());
                    return same();
                })
                .build();
    }

    private void on(ContactCommand command) {
        var moment = around.moment();
        switch (command) {
            case ContactCommand.Write(var text, var replyTo) -> {
                switch (now.written(text, moment)) {
                    case Writing.Wrote(var step, var id) ->
                        take(step, Optional.of(Commits.Asked.toWrite(id, replyTo)), Map.of());
                    case Writing.Refused(var answer) -> commits.refuse(() -> replyTo.tell(answer));
                }
            }
            case ContactCommand.Enqueue(var content, var to, var with, var replyTo) -> {
                switch (now.enqueued(content, to, with, moment)) {
                    case ToMember.Took(var step) ->
                        take(step, Optional.of(Commits.Asked.toEnqueue(contact, content.id(), replyTo)), Map.of());
                    case ToMember.Refused(var answer) -> replyTo.tell(answer);
                }
            }
            case ContactCommand.Hand hand -> {
                switch (now.handed(hand, moment)) {
                    case ToContact.Took(var step) ->
                        take(step, Optional.of(Commits.Asked.toHand(contact, hand.id(), hand.replyTo())), Map.of());
                    case ToContact.Refused(var answer) -> hand.replyTo().tell(answer);
                }
            }
            case ContactCommand.SayReceipts(var what, var ids) -> {
                boolean said = what == Content.Receipt.What.DELIVERED
                        || around.settings().readReceipts();
                if (said) take(now.receiptsSaid(what, ids, moment));
            }
            case ContactCommand.Open open -> {
                lookups++;
                ask(tables -> new Looked(
                        open, Seen.look(tables, contact, open.envelope().id())));
            }
            case ContactCommand.Deposited(var id) -> {
                if (!commits.transmits(id)) take(now.deposited(id, moment));
            }
            case ContactCommand.NotDeposited(var id, var never, var why) ->
                take(now.notDeposited(id, never, why, moment));
            case ContactCommand.Acked(var ids) -> take(now.acked(ids, moment));
            case ContactCommand.RefusedBy(var id, var reason) -> take(now.refused(id, reason, moment));
            case ContactCommand.Bundle(var chain, var pair) -> take(now.bundle(chain, pair, moment));
            case ContactCommand.NoBundle(var never, var why) -> take(now.noBundle(never, why, moment));
            case ContactCommand.ChainSeen(var chain) -> {
                take(now.chainSeen(chain, moment));
                hold.release().forEach(open -> open(open, Optional.empty(), true));
            }
            case ContactCommand.NoChain none -> hold.release().forEach(this::leave);
            case ContactCommand.Accept accept -> take(now.accepted(moment));
            case ContactCommand.Block block -> take(now.blocked(moment));
            case ContactCommand.AcceptIdentity(var seen, var replyTo) -> {
                boolean waits = now.forked()
                        .filter(other -> other.identity().equals(seen))
                        .isPresent();
                if (waits) take(now.identityAccepted(moment));
                replyTo.tell(waits);
            }
            case ContactCommand.MarkRead read -> take(now.read(around.settings().readReceipts(), moment));
            case ContactCommand.SetVerified(var compared, var replyTo) -> {
                boolean theirs = now.chain()
                        .filter(chain -> chain.identity().equals(compared))
                        .isPresent();
                if (theirs) take(now.verified(moment));
                replyTo.tell(theirs);
            }
            case ContactCommand.Ask(var replyTo) -> replyTo.tell(now.status());
            case ContactCommand.IsNeeded(var replyTo) -> replyTo.tell(needed());
            case ContactCommand.Leave stray -> throw new IllegalStateException("left already");
            case ContactCommand.Inner inner -> on(inner);
        }
    }

    private void on(ContactCommand.Inner inner) {
        switch (inner) {
            case Looked(var open, var seen) -> {
                lookups--;
                open(open, seen, false);
            }
            case Stored(Store.Committed done) -> around.keys().spent(commits.committed(done, around.owner()::tell));
            case Stored(Store.CommitFailed(var why)) -> {
                commits.failed(why);
                // Stop, never restart: memory is ahead of a disk that has not followed.
                throw new KeysUnsafe(why);
            }
            case NotRead(var why) -> throw new KeysUnsafe(why);
            case ReceiptsDue due -> take(now.told(false, around.moment()));
            case RepeatDue due -> {}
            case BundleDue due -> take(now.askedAgain(around.moment()));
            case InboxDue due -> ask(tables -> new Counted(Inboxes.count(contact, tables)));
            case Counted(var held) -> take(now.counted(held, around.moment()));
            case Loaded again -> throw new IllegalStateException("read twice");
        }
    }

    private void open(ContactCommand.Open open, Optional<Seen> stored, boolean chainIsFresh) {
        var id = open.envelope().id();
        var seen = stored.or(() -> commits.seen(id));
        switch (now.opened(open.envelope(), open.path(), seen, chainIsFresh, around.moment())) {
            case Opening.Done(var step, var opened) ->
                take(
                        step,
                        Optional.empty(),
                        opened.map(kind -> Map.of(id, kind)).orElse(Map.of()));
            case Opening.AwaitsChain awaits -> {
                if (!hold.add(open)) leave(open);
                else if (hold.asks()) follow(List.of(new Effect.NeedChain(contact)));
            }
        }
    }

    private ContactCommand.Needed needed() {
        if (!now.isNobody()) return ContactCommand.Needed.YES;
        boolean idle = lookups == 0 && commits.isEmpty() && hold.isEmpty();
        return idle ? ContactCommand.Needed.NO : ContactCommand.Needed.FOR_NOW;
    }

    private void leave(ContactCommand.Open open) {
        follow(List.of(new Effect.Leave(contact, open.envelope().id(), open.path())));
    }

    private void take(Step step) {
        take(step, Optional.empty(), Map.of());
    }

    private void take(Step step, Optional<Commits.Asked> asked, Map<MessageId, Seen> opened) {
        now = step.next();
        if (step.changes().isEmpty()) {
            follow(step.effects());
            return;
        }
        commits.add(step.effects(), asked, opened, OwnKeys.spentBy(step.changes()));
        around.store().tell(Store.Commit.buildingOn(step.changes(), committing));
    }

    private void follow(List<Effect> effects) {
        commits.follow(effects, around.owner()::tell);
    }

    /** What is owed is told after a while, and what could not be opened at once but once a minute. */
    private void remind() {
        var settings = around.settings();
        if (now.owesRepeat() && !timers.isTimerActive(RepeatDue.class)) {
            timers.startSingleTimer(RepeatDue.class, new RepeatDue(), settings.repeatInterval());
            take(now.told(true, around.moment()));
        }
        if (now.owesReceipts() && !timers.isTimerActive(ReceiptsDue.class))
            timers.startSingleTimer(ReceiptsDue.class, new ReceiptsDue(), settings.receiptDelay());
        if (now.inboxes().isFilling() && !timers.isTimerActive(InboxDue.class))
            timers.startSingleTimer(InboxDue.class, new InboxDue(), INBOX_INTERVAL);
        if (!now.wantsBundle()) retry = settings.bundleRetryMin();
        else if (!timers.isTimerActive(BundleDue.class)) {
            timers.startSingleTimer(BundleDue.class, new BundleDue(), retry);
            var doubled = retry.multipliedBy(2);
            retry = doubled.compareTo(settings.bundleRetryMax()) < 0 ? doubled : settings.bundleRetryMax();
        }
    }

    private void ask(Function<Tables, ContactCommand> query) {
        around.store().tell(new Store.Read<ContactCommand>(query, NotRead::new, context.getSelf()));
    }
}
