package parley.peer.file;

import static org.apache.pekko.actor.typed.javadsl.Behaviors.receiveMessage;
import static org.apache.pekko.actor.typed.javadsl.Behaviors.same;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.StashBuffer;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import parley.messages.name.GroupName;
import parley.messages.wire.Content;
import parley.peer.contact.Effect;
import parley.peer.contact.Inbox;
import parley.peer.store.Change;
import parley.peer.store.HeldBack;
import parley.peer.store.Store;
import parley.peer.talk.FileAnswer;
import parley.peer.talk.Party;

/**
 * The files of one account: those that it sends and those that it is sent.
 *
 * <pre>
 *   loading --Loaded--&gt; open --a step with changes--&gt; storing --Committed--&gt; open
 *      ^  `--NotLoaded--&gt; loading, a while later         `--CommitFailed--&gt; open, and what caused it comes again
 *                                                            nothing of the step has happened
 *
 *   Send --looked at--&gt; Hand, with its rows, to the contact's cipher --Handed--&gt; queued, and answered
 *   what is still to be told --Hand, which strikes it off in the same commit--&gt; told
 * </pre>
 *
 * <b>The commit rule.</b> One step at a time is committed, and nothing that follows from it happens before. A crash
 * between the commit and what follows repeats that: streams are opened, pieces gathered, names taken and posts handed
 * over again, and what is in the inbox is judged again.
 */
public final class Files {
    /** How long a disk that refused, or a cipher whose disk did, is left alone. */
    static final Duration DISK_PAUSE = Duration.ofSeconds(5);

    /** So long waits what overtakes its own offer. */
    private static final Duration MOMENT = Duration.ofMillis(100);

    private static final int HELD_MAX = 10_000;

    private static final String DISK = "The disk does not take it just now; try again in a moment";

    public static Behavior<FilesCommand> create(FilesSurroundings around) {
        return Behaviors.setup(context -> Behaviors.withTimers(
                timers -> Behaviors.withStash(HELD_MAX, held -> new Files(around, context, timers, held).loading())));
    }

    private final FilesSurroundings around;
    private final HeldBack<FilesCommand> held;
    private final Self self;
    private final ActorRef<Store.Commitment> commitments;
    private final Workbench workbench;
    private final Handing handing;
    private final Receiving receiving;
    private final Streaming streaming;
    private final Offering offering;
    private final Strays strays = new Strays();

    private Transfers now = Transfers.NONE;
    private boolean behind;

    private Files(
            FilesSurroundings around,
            ActorContext<FilesCommand> context,
            TimerScheduler<FilesCommand> timers,
            StashBuffer<FilesCommand> held) {
        this.around = around;
        this.held = new HeldBack<>(held);
        this.self = new Self(context, timers);
        this.commitments = context.messageAdapter(Store.Commitment.class, Happened.Stored::new);
        this.workbench = new Workbench(around.own(), around.settings(), around.disk());
        this.handing = new Handing(around, self, workbench);
        this.offering = new Offering(around, self, workbench, handing);
        this.receiving = new Receiving(around, self, workbench);
        this.streaming = new Streaming(around, self);
    }

    // --- beginning ------------------------------------------------------------------------------------------------

    private Behavior<FilesCommand> loading() {
        read();
        return receiveMessage(command -> switch (command) {
            case Happened.Loaded(var transfers, var posts, var inbox) -> {
                now = transfers;
                around.known().become(now);
                posts.forEach(handing::add);
                inbox.forEach(what -> self.tell(new FilesCommand.Came(what)));
                now.goOn().effects().forEach(this::carryOut);
                receiving.lookForRoomLater();
                yield settled();
            }
            case Happened.NotLoaded(var why) -> {
                self.tellAfter(DISK_PAUSE, new Happened.LookAgain());
                yield same();
            }
            case Happened.LookAgain again -> {
                read();
                yield same();
            }
            case FilesCommand other -> hold(other);
        });
    }

    private void read() {
        around.store()
                .tell(new Store.Read<FilesCommand>(
                        tables -> new Happened.Loaded(
                                FileRows.transfers(tables), FileRows.posts(tables), Inbox.FILES.waiting(tables)),
                        Happened.NotLoaded::new,
                        self.context().getSelf()));
    }

    private Behavior<FilesCommand> hold(FilesCommand command) {
        if (!held.isFull()) held.add(command);
        else if (command instanceof FilesCommand.Asked asked) around.fail(asked.verb(), DISK);
        // It is on disk, and looked for there.
        else if (command instanceof FilesCommand.Came) behind = true;
        return same();
    }

    /** Whatever can be done now is begun. */
    private Behavior<FilesCommand> settled() {
        handing.next(now);
        if (behind && held.isEmpty()) {
            behind = false;
            read();
        }
        return held.letInto(open());
    }

    private Behavior<FilesCommand> open() {
        return receiveMessage(command -> switch (command) {
            case FilesCommand.Asked asked -> asked(asked);
            case FilesCommand.Came came -> came(came);
            case FilesCommand.CameInGroup(var group, var what) -> cameInGroup(group, what);
            case FilesCommand.InMailbox(var contact, var file) -> take(now.inMailbox(new Ref(contact, file)), command);
            case FilesCommand.GaveUp(var contact, var file, var why) ->
                take(now.gaveUp(new Ref(contact, file), why), command);
            case FilesCommand.Online here -> {
                streaming.online(here, now);
                yield same();
            }
            case FilesCommand.Offline(var contact) -> {
                streaming.offline(contact);
                yield same();
            }
            case FilesCommand.Streamed(var change) -> {
                streaming.heard(change, now);
                yield same();
            }
            case Happened happened -> happened(happened);
        });
    }

    private Behavior<FilesCommand> happened(Happened happened) {
        return switch (happened) {
            case Happened.Found(var sending, var bytes) -> {
                offering.offer(sending, bytes);
                yield same();
            }
            case Happened.Queued(var sending) -> {
                offering.queued(sending);
                yield release(now.queued(sending.file(), sending.receivers(), sending.posts()));
            }
            case Happened.NotQueued(var sending, var why) -> {
                offering.notQueued(sending, why);
                yield same();
            }
            case Happened.SourceChanged(var file, var why) -> take(now.changed(file, why), happened);
            case Happened.Say(var ref, var state) -> take(now.say(ref, state), happened);
            case Happened.PiecesRead(var post, var bytes) -> {
                handing.pieces(post, bytes);
                yield same();
            }
            case Happened.PiecesNotRead(var post, var changed) -> {
                if (changed.isEmpty()) handing.later(post);
                else {
                    self.tell(new Happened.Dropped(post));
                    self.tell(new Happened.SourceChanged(post.ref().file(), changed.get()));
                }
                yield same();
            }
            case Happened.Posted(var post, var outcome) -> {
                handing.ended(post, outcome);
                yield settled();
            }
            case Happened.Dropped(var post) ->
                take(
                        store(FileRows.posted(post)),
                        () -> handing.gone(post),
                        why -> self.tellAfter(DISK_PAUSE, happened));
            case Happened.PostAgain again -> {
                handing.again();
                yield settled();
            }
            case Happened.Judged(var arrival, var asks) -> {
                receiving.done(arrival.ref());
                var step = now.offered(
                        arrival.ref(), arrival.as(), arrival.group(), arrival.offer(), asks, arrival.taken());
                if (!step.next().knows(arrival.ref())) strays.over(arrival.ref());
                yield take(
                        step,
                        () -> strays.of(arrival.ref()).forEach(stray -> self.tell(new FilesCommand.Came(stray))),
                        why -> self.tellAfter(DISK_PAUSE, happened));
            }
            case Happened.PiecesThere there -> {
                receiving.write(there);
                yield same();
            }
            case Happened.NotGathered(var ref) -> {
                receiving.done(ref);
                self.tellAfter(DISK_PAUSE, new Happened.GatherDue(ref));
                yield same();
            }
            case Happened.GatherDue(var ref) -> {
                now.wanted(ref).filter(CameFile::hasAllPieces).ifPresent(receiving::gather);
                yield same();
            }
            case Happened.Whole(var ref, var sha256) -> {
                receiving.done(ref);
                now.wanted(ref).ifPresent(file -> receiving.plan(file, sha256));
                yield same();
            }
            case Happened.Planned(var ref, var plan, var sha256) -> {
                receiving.done(ref);
                yield take(now.planned(ref, plan, sha256), happened);
            }
            case Happened.Named(var ref, var kept) -> {
                receiving.done(ref);
                yield take(now.named(ref, kept, Math.max(0, around.clock().millis())), happened);
            }
            case Happened.NameTaken(var ref) -> {
                receiving.done(ref);
                now.naming(ref)
                        .ifPresent(naming ->
                                receiving.plan(naming.file(), naming.naming().sha256()));
                yield same();
            }
            case Happened.NotNamed(var ref) -> {
                receiving.done(ref);
                now.naming(ref).ifPresent(naming -> self.tellAfter(DISK_PAUSE, new Happened.NameDue(ref)));
                yield same();
            }
            case Happened.NameDue(var ref) -> {
                now.naming(ref).ifPresent(this::carryOut);
                yield same();
            }
            case Happened.NoRoom(var ref) -> {
                receiving.done(ref);
                receiving.lookForRoomLater();
                yield take(now.noRoom(ref), happened);
            }
            case Happened.RoomDue due -> {
                receiving.lookForRoom(now);
                yield same();
            }
            case Happened.RoomLooked(var ref, var room) -> room ? take(now.roomAgain(ref), happened) : same();
            case Happened.Broken(var ref, var why) -> {
                receiving.done(ref);
                yield take(now.failed(ref, why), happened);
            }
            case Happened.CallDue(var ref) -> {
                streaming.callDue(ref, now);
                yield same();
            }
            case Happened.Relayed(var ref, var outcome) -> {
                streaming.relayed(ref, outcome, now);
                yield same();
            }
            case Happened.Loaded(var transfers, var posts, var inbox) -> {
                inbox.forEach(what -> self.tell(new FilesCommand.Came(what)));
                yield same();
            }
            case Happened.NotLoaded later -> {
                behind = true;
                yield same();
            }
            case Happened.LookAgain stray -> same();
            case Happened.Stored stray -> same();
        };
    }

    // --- the disk -------------------------------------------------------------------------------------------------

    private interface Refused {
        void because(String why);
    }

    /** @param cause comes again if the disk does not take it */
    private Behavior<FilesCommand> take(Step step, FilesCommand cause) {
        return take(step, () -> {}, why -> self.tellAfter(DISK_PAUSE, cause));
    }

    private Behavior<FilesCommand> take(Step step, Runnable then, Refused refused) {
        if (step.changes().isEmpty()) {
            then.run();
            return release(step);
        }
        around.store().tell(new Store.Commit(step.changes(), commitments));
        return receiveMessage(command -> switch (command) {
            case Happened.Stored(Store.Committed committed) -> {
                then.run();
                yield release(step);
            }
            case Happened.Stored(Store.CommitFailed(var why)) -> {
                refused.because(why);
                yield settled();
            }
            case FilesCommand other -> hold(other);
        });
    }

    private Behavior<FilesCommand> release(Step step) {
        for (var ref : now.came().keySet()) if (!step.next().knows(ref)) strays.over(ref);
        now = step.next();
        around.known().become(now);
        streaming.forgetAllBut(now);
        step.posts().forEach(handing::add);
        step.effects().forEach(this::carryOut);
        return settled();
    }

    private Step store(Change change) {
        return new Step(now, List.of(change), List.of(), List.of());
    }

    private void carryOut(FileEffect effect) {
        switch (effect) {
            case FileEffect.ToContact toContact -> around.owner().tell(toContact);
            case FileEffect.Tell tell -> around.owner().tell(tell);
            case FileEffect.Came came -> around.owner().tell(came);
            case FileEffect.Open(var ref) -> streaming.open(ref, now);
            case FileEffect.Meet(var ref) -> streaming.meet(ref, now);
            case FileEffect.Shut(var ref, var why) -> streaming.shut(ref, why);
            case FileEffect.Gather(var file) -> receiving.gather(file);
            case FileEffect.Name(var file, var naming) -> receiving.name(file, naming);
            case FileEffect.Discard(var ref) -> receiving.discard(ref);
        }
    }

    // --- commands -------------------------------------------------------------------------------------------------

    private Behavior<FilesCommand> asked(FilesCommand.Asked asked) {
        switch (asked) {
            case FilesCommand.Send(var verb, var to, var path) -> offering.look(verb, new Party.User(to), path, now);
            case FilesCommand.SendToGroup(var verb, var group, var path) ->
                offering.look(verb, new Party.Group(group), path, now);
            case FilesCommand.Look(var verb) ->
                around.done(verb, Telling.all(now, streaming.passed(), streaming.running()));
            case FilesCommand.Alter alter -> {
                return alter(alter);
            }
        }
        return same();
    }

    private Behavior<FilesCommand> alter(FilesCommand.Alter alter) {
        var called = now.called(alter.id());
        if (called.size() != 1) {
            around.fail(
                    alter.verb(),
                    called.isEmpty()
                            ? "No file that is under way is called %s, expected one that TRANSFERS shows"
                                    .formatted(alter.id())
                            : "%d files begin with %s, expected more digits".formatted(called.size(), alter.id()));
            return same();
        }
        var id = called.getFirst();
        var answer = new FileAnswer.Changed(id.toString(), now.nameOf(id));
        var step = switch (alter.how()) {
            case PAUSE -> now.pause(id);
            case RESUME, ACCEPT -> now.resume(id);
            case CANCEL -> now.cancel(id);
        };
        return take(step, () -> around.done(alter.verb(), answer), why -> around.fail(alter.verb(), why));
    }

    // --- what is said to us ---------------------------------------------------------------------------------------

    private Behavior<FilesCommand> came(FilesCommand.Came came) {
        var what = came.what();
        var ref = new Ref(what.contact(), what.content().file());
        return switch (what.content()) {
            case Content.File(var id, var offer) -> {
                var arrival = new Happened.Arrival(ref, Optional.empty(), Optional.empty(), offer, taken(what));
                receiving.judge(arrival, now, streaming.passed());
                yield same();
            }
            case Content.Piece piece
            when now.knows(ref) -> {
                strays.taken(ref, piece.id());
                yield take(now.piece(ref, piece, taken(what)), came);
            }
            case Content.Piece late
            when strays.isOver(ref) -> {
                strays.taken(ref, late.id());
                yield take(store(taken(what)), came);
            }
            case Content.Piece stray ->
                strays.add(ref, what)
                        .map(oldest -> take(store(taken(oldest)), came))
                        .orElseGet(Behaviors::same);
            case Content.FileState(var id, var file, var state) -> {
                if (!offering.isUnderWay(file)) yield take(now.said(ref, state, taken(what)), came);
                self.tellAfter(MOMENT, came);
                yield same();
            }
        };
    }

    private static Change taken(Effect.ForFiles what) {
        return Inbox.FILES.taken(what.contact(), what.content().id());
    }

    private Behavior<FilesCommand> cameInGroup(GroupName group, Effect.ForGroup what) {
        if (what.content() instanceof Content.GroupFile(var id, var place, var offer)) {
            var ref = new Ref(what.contact(), id);
            var taken = Inbox.GROUPS.taken(what.contact(), id);
            var arrival = new Happened.Arrival(ref, Optional.of(what.identity()), Optional.of(group), offer, taken);
            receiving.judge(arrival, now, streaming.passed());
        }
        return same();
    }
}
