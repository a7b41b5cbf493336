package parley.peer.group;

import static org.apache.pekko.actor.typed.javadsl.Behaviors.receiveMessage;
import static org.apache.pekko.actor.typed.javadsl.Behaviors.same;

import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.StashBuffer;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.apache.pekko.util.ByteString;
import parley.messages.wire.MessageId;
import parley.peer.contact.ContactCommand;
import parley.peer.group.GroupCommand.Alter;
import parley.peer.group.GroupCommand.Came;
import parley.peer.group.GroupCommand.SignedIn;

/**
 * One group that is on disk: what we do and say in it, and what its members say.
 *
 * <pre>
 *   loading --its circle--&gt; open --whatever can be begun is--&gt; receiving
 *                            ^                                     | said, heard, answered: a step with changes
 *                            `-------- on disk -- storing &lt;--------´
 *
 *   open: what the inbox had, and that a content has reached all ciphers, is stored before anything is received
 * </pre>
 *
 * Loading and storing are the {@link Commits}', where also the commit rule is; the log is kept at the registry's by
 * {@link Replication}, and letters are handed to ciphers from {@link Posting}. This actor introduces them to each other.
 */
final class GroupConversation {
    record Posted(ContactCommand.Enqueuing outcome) implements GroupCommand.Inner {}

    record PostAgain() implements GroupCommand.Inner {}

    static Behavior<GroupCommand> create(ByteString id, GroupSurroundings around, ActorRef<? super Groups.Seen> book) {
        return Behaviors.setup(context -> Behaviors.withTimers(timers -> Behaviors.withStash(
                Commits.HELD_OF_OURS_MAX,
                held -> new GroupConversation(id, around, book, context, timers, held).commits.loading())));
    }

    private final ByteString id;
    private final GroupSurroundings around;
    private final ActorRef<? super Groups.Seen> book;
    private final ActorContext<GroupCommand> context;
    private final TimerScheduler<GroupCommand> timers;
    private final ActorRef<ContactCommand.Enqueuing> enqueued;
    private final Commits commits;
    private final Replication replication;
    private final Arrivals arrivals = new Arrivals(2 * Commits.HELD_MAX);
    private final Posting posting = new Posting();

    private boolean lettersRead;

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
        this.enqueued = context.messageAdapter(ContactCommand.Enqueuing.class, Posted::new);
        this.commits = new Commits(id, around, context, timers, held, aftermath());
        this.replication = new Replication(around, context, timers);
    }

    private Commits.Aftermath aftermath() {
        return new Commits.Aftermath() {
            @Override
            public void read(StoredCircle stored) {
                // Once: what is read later is on its way already.
                if (!lettersRead) {
                    stored.letters().forEach(posting::add);
                    stored.outbox().forEach(posting::end);
                }
                lettersRead = true;
                arrivals.found(stored.inbox());
            }

            @Override
            public void follow(Step step) {
                step.letters().forEach(posting::add);
                step.effects().forEach(around.owner()::tell);
            }

            @Override
            public void failed() {
                arrivals.forget();
                // What the registry took meanwhile is there.
                replication.wantLog();
            }

            @Override
            public Behavior<GroupCommand> open(Circle circle) {
                return GroupConversation.this.open(circle);
            }
        };
    }

    /** Whatever can be done now is begun. */
    private Behavior<GroupCommand> open(Circle circle) {
        around.known().put(id, circle.log().members().size());
        book.tell(new Groups.Seen(circle.log(), circle.unread().size(), context.getSelf()));
        if (commits.isBehind()) return commits.catchUp();
        handOver();
        var ended = posting.ended();
        if (ended.isPresent()) return commits.take(circle.brought(ended.get(), around.moment()));
        if (arrivals.waitInInbox()) return hearWhatWaited(circle);
        replication.ask(circle);
        return commits.letInto(receiving(circle));
    }

    /** Before anything that came since: what somebody says is heard in his order. */
    private Behavior<GroupCommand> hearWhatWaited(Circle circle) {
        var step = arrivals.judgeSome(circle, around.moment());
        if (step.next().wantsMore()) replication.wantLog();
        return commits.take(step);
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
                replication.alter(alter);
                replication.ask(circle);
                yield same();
            }
            case GroupCommand.MarkRead read -> {
                int texts = circle.unread().size();
                yield commits.take(
                        circle.read(around.moment()),
                        () -> read.replyTo().tell(new GroupCommand.Read(texts)),
                        read::refuse);
            }
            case Came(var what) -> {
                if (!arrivals.isNew(what)) yield same();
                var step = circle.came(what, around.moment());
                replication.heard(what, circle, step.next());
                yield commits.take(step);
            }
            case SignedIn now -> {
                replication.signedIn();
                replication.ask(circle);
                yield same();
            }
            case Commits.LookAgain now -> {
                replication.lookAgain(circle);
                replication.ask(circle);
                yield same();
            }
            case Enquiry.Fetched(var found) -> commits.take(replication.fetched(found, circle));
            case Enquiry.Answered(var outcome) -> answered(outcome, circle);
            case Posted(var outcome) -> posted(outcome, circle);
            case PostAgain now -> {
                posting.again();
                handOver();
                yield same();
            }
            case Commits.Stored stray -> same();
            case Commits.Loaded stray -> same();
            case Commits.NotLoaded stray -> same();
            case GroupCommand.Inner ofDiscovery -> same();
        });
    }

    private Behavior<GroupCommand> write(GroupCommand.Write write, Circle circle) {
        return switch (circle.wrote(write.text(), MessageId.random(around.random()), around.moment())) {
            case Speaking.Refused(var why) -> {
                write.refuse(why);
                yield same();
            }
            case Speaking.Took(var step, var message, var members) ->
                commits.take(step, () -> write.replyTo().tell(new GroupCommand.Wrote(message, members)), write::refuse);
        };
    }

    private Behavior<GroupCommand> offer(GroupCommand.WriteFile file, Circle circle) {
        return switch (circle.offered(file, around.moment())) {
            case Speaking.Refused(var why) -> {
                file.refuse(why);
                yield same();
            }
            case Speaking.TookFile(var step, var members) ->
                commits.take(
                        step,
                        () -> file.replyTo().tell(new GroupCommand.FileWritten(file.id(), members)),
                        file::refuse);
        };
    }

    /** Whoever wants an entry hears that it is taken when it is on our disk, too. */
    private Behavior<GroupCommand> answered(GroupDesk.Outcome outcome, Circle circle) {
        return switch (replication.answered(outcome, circle)) {
            case Amendments.TookIn(var log, var alter) ->
                commits.take(
                        circle.taken(log, around.moment()),
                        () -> alter.replyTo().tell(new GroupCommand.Altered(log)),
                        alter::refuse);
            case Amendments.NotTakenIn not -> open(circle);
        };
    }

    private void handOver() {
        posting.next(enqueued).forEach(around.owner()::tell);
    }

    private Behavior<GroupCommand> posted(ContactCommand.Enqueuing outcome, Circle circle) {
        return switch (posting.answered(outcome)) {
            case Posting.NotAwaited stray -> same();
            case Posting.Gone gone -> open(circle);
            case Posting.PutOff later -> {
                postLater();
                yield open(circle);
            }
            case Posting.Undeliverable(var letter, var why) ->
                commits.take(circle.refused(letter, why, around.moment()), () -> posting.gone(letter), failed -> {
                    posting.putOff(letter);
                    postLater();
                });
        };
    }

    private void postLater() {
        timers.startSingleTimer(new PostAgain(), Commits.DISK_PAUSE);
    }
}
