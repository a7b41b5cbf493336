package parley.peer.file;

import static org.apache.pekko.actor.typed.javadsl.Behaviors.receiveMessage;
import static org.apache.pekko.actor.typed.javadsl.Behaviors.same;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.StashBuffer;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;
import parley.messages.identity.IdentityKey;
import parley.messages.name.GroupName;
import parley.messages.name.PeerAddress;
import parley.messages.name.UserName;
import parley.messages.wire.Content;
import parley.messages.wire.FileOffer;
import parley.messages.wire.MessageId;
import parley.peer.contact.ContactCommand;
import parley.peer.contact.ContactCommand.WhyNot;
import parley.peer.contact.Effect;
import parley.peer.contact.Inbox;
import parley.peer.store.Change;
import parley.peer.store.Store;
import parley.peer.stream.Lane;
import parley.peer.stream.Streams;
import parley.peer.talk.Answer;
import parley.peer.talk.FileAnswer;
import parley.peer.talk.Happening;
import parley.peer.talk.Party;
import parley.peer.transfer.FileNames;
import parley.peer.transfer.FinalName;

/**
 * The files of one account: those that it sends and those that it is sent.
 *
 * <pre>
 *   loading --Loaded--&gt; open --a step with changes--&gt; storing --Committed--&gt; open
 *      ^  `--NotLoaded--&gt; pausing                        `--CommitFailed--&gt; open, and what caused it comes again
 *      `--------- a while later -------´                      nothing of the step has happened
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
    public sealed interface Command {}

    /** Answered, as all commands of the user, with one happening that names {@code verb}. */
    public record Send(String verb, UserName to, Path path) implements Command {}

    public record SendToGroup(String verb, GroupName group, Path path) implements Command {}

    public record Look(String verb) implements Command {}

    /** @param id or the beginning of one */
    public record Alter(String verb, How how, String id) implements Command {}

    public enum How {
        PAUSE,
        RESUME,
        CANCEL,
        ACCEPT
    }

    /** Said by a contact; it is in the inbox. */
    public record Came(Effect.ForFiles what) implements Command {}

    /** Offered by a member; it is in the groups' inbox. */
    public record CameInGroup(GroupName group, Effect.ForGroup what) implements Command {}

    /** That one will never be able to read an offer or a piece. */
    public record GaveUp(UserName contact, MessageId file, String why) implements Command {}

    /** @param at where he can be called, if he can */
    public record Online(UserName contact, Optional<PeerAddress> at) implements Command {}

    public record Offline(UserName contact) implements Command {}

    private record Loaded(Transfers transfers, List<Post> posts, List<Effect.ForFiles> inbox) implements Command {}

    private record NotLoaded(String why) implements Command {}

    private record LookAgain() implements Command {}

    private record Stored(Store.Commitment outcome) implements Command {}

    /** What becomes of streams. */
    public record Streamed(Streams.Change change) implements Command {}

    /** Something outside came to its end; what follows is decided now. */
    private record Then(Runnable step) implements Command {}

    private record Queued(Sending sending, Map<Ref, Receiver> to, List<Post> posts) implements Command {}

    private record Offered(Arrival arrival, Optional<String> asks) implements Command {}

    private record Gathered(Ref ref, String sha256) implements Command {}

    private record Planned(Ref ref, FinalName.Plan plan, String sha256) implements Command {}

    private record Named(Ref ref, FileEffect.Kept kept) implements Command {}

    private record NoRoom(Ref ref) implements Command {}

    private record RoomAgain(Ref ref) implements Command {}

    private record Broken(Ref ref, String why) implements Command {}

    private record SourceChanged(MessageId file, String why) implements Command {}

    private record PostEnded(Post post, ContactCommand.Handing outcome) implements Command {}

    private record Dropped(Post post) implements Command {}

    private record PostAgain() implements Command {}

    private record CallDue(Ref ref) implements Command {}

    private record RoomDue() implements Command {}

    /** A file on its way into the outbox. */
    private record Sending(String verb, SentFile file, Party to) {}

    private record Arrival(
            Ref ref, Optional<IdentityKey> as, Optional<GroupName> group, FileOffer offer, Change taken) {}

    /** How long a disk that refused, or a cipher whose disk did, is left alone. */
    private static final Duration DISK_PAUSE = Duration.ofSeconds(5);

    /** How often it is looked whether there is room again. */
    private static final Duration ROOM_PAUSE = Duration.ofSeconds(15);

    /** What overtook its own offer waits so long. */
    private static final Duration MOMENT = Duration.ofMillis(100);

    private static final int HELD_MAX = 10_000;

    /** Times that a file may come otherwise than its sender said. */
    private static final int WRONG_MAX = 2;

    private static final String DISK = "The disk does not take it just now; try again in a moment";

    public static Behavior<Command> create(FilesSurroundings around) {
        return Behaviors.setup(context -> Behaviors.withTimers(
                timers -> Behaviors.withStash(HELD_MAX, held -> new Files(around, context, timers, held).loading())));
    }

    private final FilesSurroundings around;
    private final ActorContext<Command> context;
    private final TimerScheduler<Command> timers;
    private final StashBuffer<Command> held;
    private final ActorRef<Streams.Command> streams;
    private final ActorRef<Store.Commitment> commitments;
    private final Workbench workbench;
    private final Calls calls;
    private final Posting posting = new Posting();
    private final Strays strays = new Strays();

    /** Offers that the cipher may have on disk, of which we were not told yet. */
    private final Set<MessageId> offering = new HashSet<>();

    private final Set<Ref> opened = new HashSet<>();
    private final Set<Ref> running = new HashSet<>();
    /** Wholly sent; its receiver has yet to say so on paper. */
    private final Set<Ref> arrived = new HashSet<>();

    private final Set<Ref> working = new HashSet<>();
    private final Map<Ref, Long> passed = new HashMap<>();
    private final Map<Ref, Long> serials = new HashMap<>();
    private final Map<Ref, Integer> wrong = new HashMap<>();
    private Transfers now = Transfers.NONE;
    private long serial;
    private boolean behind;

    private Files(
            FilesSurroundings around,
            ActorContext<Command> context,
            TimerScheduler<Command> timers,
            StashBuffer<Command> held) {
        this.around = around;
        this.context = context;
        this.timers = timers;
        this.held = held;
        this.streams = around.streams();
        this.commitments = context.messageAdapter(Store.Commitment.class, Stored::new);
        this.workbench = new Workbench(around.own(), around.settings(), around.disk());
        this.calls =
                new Calls(around.settings().retryMin(), around.settings().retryMax(), RandomGenerator.getDefault());
    }

    // --- beginning ------------------------------------------------------------------------------------------------

    private Behavior<Command> loading() {
        read();
        return receiveMessage(command -> switch (command) {
            case Loaded(var transfers, var posts, var inbox) -> {
                now = transfers;
                around.known().become(now);
                posts.forEach(posting::add);
                inbox.forEach(what -> context.getSelf().tell(new Came(what)));
                now.goOn().effects().forEach(this::carryOut);
                yield settled();
            }
            case NotLoaded(var why) -> {
                timers.startSingleTimer(new LookAgain(), DISK_PAUSE);
                yield same();
            }
            case LookAgain again -> {
                read();
                yield same();
            }
            case Command other -> hold(other);
        });
    }

    private void read() {
        around.store()
                .tell(new Store.Read<Command>(
                        tables -> new Loaded(
                                FileRows.transfers(tables), FileRows.posts(tables), Inbox.FILES.waiting(tables)),
                        NotLoaded::new,
                        context.getSelf()));
    }

    private Behavior<Command> hold(Command command) {
        if (!held.isFull()) held.stash(command);
        else
            switch (command) {
                case Send(var verb, var to, var path) -> fail(verb, DISK);
                case SendToGroup(var verb, var group, var path) -> fail(verb, DISK);
                case Look(var verb) -> fail(verb, DISK);
                case Alter(var verb, var how, var id) -> fail(verb, DISK);
                // It is on disk, and looked for there.
                case Command other -> behind = true;
            }
        return same();
    }

    /** Whatever can be done now is begun. */
    private Behavior<Command> settled() {
        handOver();
        if (behind && held.isEmpty()) {
            behind = false;
            read();
        }
        return held.unstashAll(open());
    }

    private Behavior<Command> open() {
        return receiveMessage(command -> switch (command) {
            case Send(var verb, var to, var path) -> send(verb, new Party.User(to), path);
            case SendToGroup(var verb, var group, var path) -> send(verb, new Party.Group(group), path);
            case Look(var verb) -> {
                done(verb, Telling.all(now, passed, running));
                yield same();
            }
            case Alter alter -> alter(alter);
            case Came came -> came(came);
            case CameInGroup(var group, var what) -> cameInGroup(group, what);
            case GaveUp(var contact, var file, var why) -> take(now.gaveUp(new Ref(contact, file), why), command);
            case Online(var contact, var at) -> online(contact, at);
            case Offline(var contact) -> {
                calls.online(contact, Optional.empty());
                yield same();
            }
            case Streamed(var change) -> streamed(change);
            case Then(var step) -> {
                step.run();
                yield same();
            }
            case Queued(var sending, var to, var posts) -> {
                offering.remove(sending.file.id());
                var step = now.queued(sending.file, to, posts);
                done(sending.verb, answer(sending, to.size()));
                yield release(step);
            }
            case Offered(var arrival, var asks) -> {
                working.remove(arrival.ref);
                yield take(
                        now.offered(arrival.ref, arrival.as, arrival.group, arrival.offer, asks, arrival.taken),
                        command,
                        () -> strays.of(arrival.ref)
                                .forEach(stray -> context.getSelf().tell(new Came(stray))));
            }
            case Gathered(var ref, var sha256) -> {
                working.remove(ref);
                var file = now.came().get(ref);
                if (file != null && file.isWanted()) plan(file, sha256);
                yield same();
            }
            case Planned(var ref, var plan, var sha256) -> {
                working.remove(ref);
                yield take(now.planned(ref, plan, sha256), command);
            }
            case Named(var ref, var kept) -> {
                working.remove(ref);
                yield take(now.named(ref, kept), command);
            }
            case NoRoom(var ref) -> {
                working.remove(ref);
                timers.startSingleTimer(new RoomDue(), ROOM_PAUSE);
                yield take(now.noRoom(ref), command);
            }
            case RoomAgain(var ref) -> take(now.roomAgain(ref), command);
            case Broken(var ref, var why) -> {
                working.remove(ref);
                yield take(now.failed(ref, why), command);
            }
            case SourceChanged(var file, var why) -> take(now.changed(file, why), command);
            case PostEnded(var post, var outcome) -> posted(post, outcome);
            case Dropped(var post) -> {
                posting.gone(post);
                yield take(new Step(now, List.of(FileRows.posted(post)), List.of(), List.of()), command);
            }
            case PostAgain again -> {
                posting.again();
                handOver();
                yield same();
            }
            case CallDue(var ref) -> {
                call(ref);
                yield same();
            }
            case RoomDue due -> {
                lookForRoom();
                yield same();
            }
            case Loaded(var transfers, var posts, var inbox) -> {
                inbox.forEach(what -> context.getSelf().tell(new Came(what)));
                yield same();
            }
            case NotLoaded later -> {
                behind = true;
                yield same();
            }
            case LookAgain stray -> same();
            case Stored stray -> same();
        });
    }

    // --- the disk -------------------------------------------------------------------------------------------------

    /** @param cause comes again if the disk does not take it */
    private Behavior<Command> take(Step step, Command cause) {
        return take(step, cause, () -> {});
    }

    private Behavior<Command> take(Step step, Command cause, Runnable then) {
        return take(step, then, why -> timers.startSingleTimer(cause, cause, DISK_PAUSE));
    }

    private interface Refused {
        void because(String why);
    }

    private Behavior<Command> take(Step step, Runnable then, Refused refused) {
        if (step.changes().isEmpty()) {
            then.run();
            return release(step);
        }
        around.store().tell(new Store.Commit(step.changes(), commitments));
        return receiveMessage(command -> switch (command) {
            case Stored(Store.Committed committed) -> {
                then.run();
                yield release(step);
            }
            case Stored(Store.CommitFailed(var why)) -> {
                refused.because(why);
                yield settled();
            }
            case Command other -> hold(other);
        });
    }

    private Behavior<Command> release(Step step) {
        now = step.next();
        around.known().become(now);
        passed.keySet().removeIf(ref -> !now.isUnderWay(ref));
        serials.keySet().removeIf(ref -> !now.isUnderWay(ref));
        step.posts().forEach(posting::add);
        step.effects().forEach(this::carryOut);
        return settled();
    }

    // --- what we send ---------------------------------------------------------------------------------------------

    private Behavior<Command> send(String verb, Party to, Path path) {
        if (!now.hasRoomToSend()) {
            fail(verb, "Too many files wait to be sent already");
            return same();
        }
        var absolute = path.toAbsolutePath().normalize();
        pipe(
                workbench.look(absolute),
                source -> new Then(() -> offer(verb, to, absolute, source)),
                failure -> new Then(() -> fail(verb, "%s: %s".formatted(path, Workbench.why(failure)))));
        return same();
    }

    private void offer(String verb, Party to, Path path, Workbench.Source source) {
        var name = path.getFileName();
        var key = new byte[FileOffer.KEY_BYTES];
        around.random().nextBytes(key);
        var offer = new FileOffer(
                Math.max(0, around.clock().millis()),
                source.bytes().isPresent(),
                source.stamp().size(),
                ByteString.fromArrayUnsafe(key),
                FileNames.safe(name == null ? "" : name.toString()));
        var id = MessageId.random(around.random());
        offering.add(id);
        switch (to) {
            case Party.User(var user) -> {
                var file = new SentFile(id, offer, path, source.stamp(), Optional.empty(), 1, 0, false);
                toContact(new Sending(verb, file, to), user, source.bytes().orElse(List.of()));
            }
            case Party.Group(var group) -> toGroup(verb, group, id, offer, path, source);
        }
    }

    private void toContact(Sending sending, UserName user, List<ByteString> bytes) {
        var file = sending.file;
        var to = Map.of(new Ref(user, file.id()), new Receiver(Optional.empty(), true));
        var contents = new ArrayList<Content.OfFile>();
        contents.add(new Content.File(file.id(), file.offer()));
        contents.addAll(pieces(file.id(), bytes));
        hand(user, contents, Optional.empty(), true, Transfers.rows(file, to, List.of()), outcome -> switch (outcome) {
            case ContactCommand.Handed well -> new Queued(sending, to, List.of());
            case ContactCommand.NotHanded(var contact, var message, var why, var text) ->
                new Then(() -> {
                    offering.remove(file.id());
                    fail(sending.verb, text);
                });
        });
    }

    private void toGroup(
            String verb, GroupName group, MessageId id, FileOffer offer, Path path, Workbench.Source source) {
        pipe(
                around.groups().write(group, id, offer, members -> {
                    var addressed = Addressed.of(id, offer, path, source.stamp(), group, members);
                    return Transfers.rows(addressed.file(), addressed.receivers(), addressed.posts());
                }),
                outcome -> switch (outcome) {
                    case FilesSurroundings.GroupPost.Written(var members) -> {
                        var addressed = Addressed.of(id, offer, path, source.stamp(), group, members);
                        yield new Queued(
                                new Sending(verb, addressed.file(), new Party.Group(group)),
                                addressed.receivers(),
                                addressed.posts());
                    }
                    case FilesSurroundings.GroupPost.NotWritten(var why) ->
                        new Then(() -> {
                            offering.remove(id);
                            fail(verb, why);
                        });
                },
                failure -> new Then(() -> fail(verb, Workbench.why(failure))));
    }

    private List<Content.Piece> pieces(MessageId file, List<ByteString> bytes) {
        var pieces = new ArrayList<Content.Piece>();
        for (var some : bytes)
            pieces.add(new Content.Piece(MessageId.random(around.random()), file, pieces.size(), some));
        return pieces;
    }

    private static FileAnswer answer(Sending sending, int members) {
        var offer = sending.file.offer();
        return new FileAnswer.Queued(sending.file.id().toString(), sending.to, members, offer.name(), offer.size());
    }

    // --- what others are told -------------------------------------------------------------------------------------

    private void handOver() {
        for (var post : posting.next())
            switch (post.what()) {
                case Post.Say(var state) ->
                    hand(
                            post,
                            List.of(new Content.FileState(
                                    MessageId.random(around.random()),
                                    post.ref().file(),
                                    state)));
                case Post.Pieces() -> {
                    var file = now.sent().get(post.ref().file());
                    if (file == null) context.getSelf().tell(new Dropped(post));
                    else
                        pipe(
                                workbench.pieces(file),
                                bytes -> new Then(() -> hand(post, pieces(file.id(), bytes))),
                                failure -> new Then(() -> unread(post, failure)));
                }
            }
    }

    private void hand(Post post, List<? extends Content.OfFile> contents) {
        var ref = post.ref();
        if (contents.isEmpty()) context.getSelf().tell(new Dropped(post));
        else
            hand(
                    ref.with(),
                    List.copyOf(contents),
                    post.as(),
                    false,
                    List.of(FileRows.posted(post)),
                    outcome -> new PostEnded(post, outcome));
    }

    private void unread(Post post, Throwable failure) {
        if (Workbench.isChange(failure)) {
            context.getSelf().tell(new Dropped(post));
            context.getSelf().tell(new SourceChanged(post.ref().file(), Workbench.why(failure)));
        } else {
            later(post);
        }
    }

    private void later(Post post) {
        posting.putOff(post);
        timers.startSingleTimer(new PostAgain(), DISK_PAUSE);
    }

    private Behavior<Command> posted(Post post, ContactCommand.Handing outcome) {
        switch (outcome) {
            case ContactCommand.Handed well -> posting.gone(post);
            case ContactCommand.NotHanded(var contact, var message, var why, var text) -> {
                boolean passes = why == WhyNot.STORE_FAILED
                        || why == WhyNot.OUTBOX_FULL
                        || (why == WhyNot.IDENTITY_NOT_ACCEPTED && post.what() instanceof Post.Say);
                if (passes) later(post);
                else {
                    context.getSelf().tell(new Dropped(post));
                    if (post.what() instanceof Post.Pieces)
                        context.getSelf().tell(new GaveUp(contact, post.ref().file(), text));
                }
            }
        }
        return settled();
    }

    private void hand(
            UserName to,
            List<Content.OfFile> contents,
            Optional<IdentityKey> as,
            boolean befriends,
            List<Change> with,
            Function<ContactCommand.Handing, Command> ended) {
        var self = context.getSelf();
        ActorRef<ContactCommand.Handing> answer = context.spawnAnonymous(receiveMessage(outcome -> {
            self.tell(ended.apply(outcome));
            return Behaviors.stopped();
        }));
        around.owner()
                .tell(new FileEffect.ToContact(to, new ContactCommand.Hand(contents, as, befriends, with, answer)));
    }

    // --- what is said to us ---------------------------------------------------------------------------------------

    private Behavior<Command> came(Came came) {
        var what = came.what();
        var ref = new Ref(what.contact(), what.content().file());
        var taken = Inbox.FILES.taken(what.contact(), what.content().id());
        return switch (what.content()) {
            case Content.File(var id, var offer) -> {
                judge(new Arrival(ref, Optional.empty(), Optional.empty(), offer, taken));
                yield same();
            }
            case Content.Piece piece
            when now.knows(ref) -> {
                strays.taken(ref, piece.id());
                yield take(now.piece(ref, piece, taken), came);
            }
            case Content.Piece piece ->
                strays.add(ref, what)
                        .map(oldest -> take(
                                new Step(
                                        now,
                                        List.of(Inbox.FILES.taken(
                                                oldest.contact(),
                                                oldest.content().id())),
                                        List.of(),
                                        List.of()),
                                came,
                                () -> {}))
                        .orElseGet(Behaviors::same);
            case Content.FileState(var id, var file, var state) -> {
                if (offering.contains(file)) {
                    timers.startSingleTimer(came, came, MOMENT);
                    yield same();
                }
                yield take(now.said(ref, state, taken), came);
            }
        };
    }

    private Behavior<Command> cameInGroup(GroupName group, Effect.ForGroup what) {
        if (what.content() instanceof Content.GroupFile(var id, var place, var offer))
            judge(new Arrival(
                    new Ref(what.contact(), id),
                    Optional.of(what.identity()),
                    Optional.of(group),
                    offer,
                    Inbox.GROUPS.taken(what.contact(), id)));
        return same();
    }

    /** Twice at the same time would be asked twice. */
    private void judge(Arrival arrival) {
        if (!working.add(arrival.ref)) return;
        long size = arrival.offer.size();
        pipe(
                workbench.hasRoomFor(size),
                room -> new Offered(arrival, asks(size, room)),
                failure -> new Offered(arrival, Optional.of("the download folder cannot be used")));
    }

    private Optional<String> asks(long size, boolean room) {
        var settings = around.settings();
        if (size > settings.askAbove()) return Optional.of("bigger than what comes without a question");
        if (!room)
            return Optional.of("less than %d %% of the disk would stay free".formatted(settings.diskKeptFreePercent()));
        return Optional.empty();
    }

    // --- commands -------------------------------------------------------------------------------------------------

    private Behavior<Command> alter(Alter alter) {
        var called = now.called(alter.id);
        if (called.size() != 1) {
            fail(
                    alter.verb,
                    called.isEmpty()
                            ? "No file that is under way is called %s, expected one that TRANSFERS shows"
                                    .formatted(alter.id)
                            : "%d files begin with %s, expected more digits".formatted(called.size(), alter.id));
            return same();
        }
        var id = called.getFirst();
        var answer = new FileAnswer.Changed(id.toString(), now.nameOf(id));
        var step = switch (alter.how) {
            case PAUSE -> now.pause(id);
            case RESUME, ACCEPT -> now.resume(id);
            case CANCEL -> now.cancel(id);
        };
        return take(step, () -> done(alter.verb, answer), why -> fail(alter.verb, why));
    }

    // --- what follows ---------------------------------------------------------------------------------------------

    private void carryOut(FileEffect effect) {
        switch (effect) {
            case FileEffect.ToContact toContact -> around.owner().tell(toContact);
            case FileEffect.Tell tell -> around.owner().tell(tell);
            case FileEffect.Open(var ref) -> open(ref);
            case FileEffect.Shut(var ref, var why) -> shut(ref, why);
            case FileEffect.Gather(var file) -> gather(file);
            case FileEffect.Plan(var file, var sha256) -> plan(file, sha256);
            case FileEffect.Name(var file, var naming) -> name(file, naming);
            case FileEffect.Discard(var ref) -> workbench.discard(ref);
        }
    }

    private void gather(CameFile file) {
        var ref = file.ref();
        if (!working.add(ref)) return;
        around.store()
                .tell(new Store.Read<Command>(
                        tables -> {
                            var pieces = new ArrayList<ByteString>();
                            for (int index = 0; index < file.offer().pieces(); index++)
                                pieces.add(FileRows.piece(ref, index, tables));
                            return new Then(() -> pipe(
                                    workbench.hasRoomFor(file.offer().size()).thenCompose(room -> {
                                        if (!room) throw new Workbench.Failed("no room");
                                        return workbench.gather(ref, pieces);
                                    }),
                                    sha256 -> new Gathered(ref, sha256),
                                    failure -> new NoRoom(ref)));
                        },
                        why -> new NoRoom(ref),
                        context.getSelf()));
    }

    private void plan(CameFile file, String sha256) {
        var ref = file.ref();
        if (!working.add(ref)) return;
        pipe(
                workbench.plan(file),
                plan -> new Planned(ref, plan, sha256),
                failure -> new Broken(ref, Workbench.why(failure)));
    }

    private void name(CameFile file, CameFile.Naming naming) {
        var ref = file.ref();
        if (!working.add(ref)) return;
        pipe(
                workbench.name(file, naming.plan()),
                kept -> kept.<Command>map(where -> new Named(ref, where))
                        .orElseGet(() -> new Then(() -> {
                            working.remove(ref);
                            plan(file, naming.sha256());
                        })),
                failure -> Workbench.isChange(failure)
                        ? new Broken(ref, Workbench.why(failure))
                        : new Then(() -> {
                            working.remove(ref);
                            var again = new Then(() -> name(file, naming));
                            timers.startSingleTimer(again, again, DISK_PAUSE);
                        }));
    }

    private void lookForRoom() {
        for (var file : now.came().values()) {
            if (!(file.state() instanceof CameFile.NoRoom)) continue;
            timers.startSingleTimer(new RoomDue(), ROOM_PAUSE);
            pipe(
                    workbench.hasRoomForRest(file),
                    room -> room ? new RoomAgain(file.ref()) : new Then(() -> {}),
                    failure -> new Then(() -> {}));
        }
    }

    // --- streams --------------------------------------------------------------------------------------------------

    private void open(Ref ref) {
        if (!now.isOpen(ref)) return;
        var theirs = now.came().get(ref);
        arrived.remove(ref);
        if (opened.add(ref)) {
            if (theirs != null) {
                streams.tell(new Streams.Receive(
                        lane(ref, false, theirs.offer()),
                        around.settings().folder(),
                        around.settings().diskKeptFreePercent()));
            } else {
                var ours = now.sent().get(ref.file());
                streams.tell(new Streams.Send(lane(ref, true, ours.offer()), ours.path(), ours.stamp()));
            }
        }
        callIn(ref, calls.first(theirs == null));
    }

    private Lane lane(Ref ref, boolean weSend, FileOffer offer) {
        return new Lane(around.registry(), around.own(), ref.with(), weSend, ref.file(), offer.key(), offer.size());
    }

    private void shut(Ref ref, FileEffect.Shut.Why why) {
        timers.cancel(new CallDue(ref));
        calls.forget(ref);
        running.remove(ref);
        arrived.remove(ref);
        wrong.remove(ref);
        if (opened.remove(ref))
            streams.tell(new Streams.Close(
                    ref.with(),
                    ref.file(),
                    switch (why) {
                        case PAUSED -> Streams.Closing.PAUSED;
                        case CANCELLED -> Streams.Closing.CANCELLED;
                        case DECLINED -> Streams.Closing.DECLINED;
                        case NOT_NOW -> Streams.Closing.NOT_NOW;
                    }));
    }

    private void callIn(Ref ref, Duration delay) {
        if (calls.at(ref.with()).isPresent()) timers.startSingleTimer(new CallDue(ref), delay);
    }

    private void call(Ref ref) {
        if (!opened.contains(ref) || running.contains(ref) || arrived.contains(ref)) return;
        calls.at(ref.with()).ifPresent(at -> streams.tell(new Streams.Call(ref.with(), ref.file(), at)));
    }

    private Behavior<Command> online(UserName contact, Optional<PeerAddress> at) {
        calls.online(contact, at);
        for (var ref : opened)
            if (ref.with().equals(contact)) callIn(ref, calls.first(now.sent().containsKey(ref.file())));
        return same();
    }

    private Behavior<Command> streamed(Streams.Change change) {
        var ref = new Ref(change.with(), change.file());
        if (!opened.contains(ref)) return same();
        switch (change) {
            case Streams.Began began -> {
                running.add(ref);
                calls.began(ref);
            }
            case Streams.Progress(var with, var file, var bytes) -> {
                passed.put(ref, bytes);
                around.owner()
                        .tell(new FileEffect.Tell(
                                Telling.progress(serials.computeIfAbsent(ref, first -> ++serial), now, ref, bytes)));
            }
            case Streams.Whole(var with, var file, var sha256) -> {
                running.remove(ref);
                var theirs = now.came().get(ref);
                if (theirs == null) arrived.add(ref);
                else {
                    shut(ref, FileEffect.Shut.Why.NOT_NOW);
                    plan(theirs, sha256);
                }
            }
            case Streams.Ended(var with, var file, var why, var text) -> {
                return ended(ref, why, text);
            }
        }
        return same();
    }

    private Behavior<Command> ended(Ref ref, Streams.Why why, String text) {
        running.remove(ref);
        boolean weSend = now.sent().containsKey(ref.file());
        switch (why) {
            case NOT_REACHED, CUT, BROKEN, NOT_NOW -> callIn(ref, calls.failed(ref));
            case PAUSED -> {
                if (!weSend) {
                    around.owner()
                            .tell(new FileEffect.Tell(
                                    Telling.held(now.came().get(ref), "%s has paused it".formatted(ref.with()))));
                    callIn(ref, around.settings().retryMax());
                }
            }
            case CHANGED -> {
                if (weSend)
                    return take(
                            now.changed(ref.file(), "it was changed or is gone"), new SourceChanged(ref.file(), text));
            }
            case NO_ROOM -> {
                if (!weSend) {
                    shut(ref, FileEffect.Shut.Why.NOT_NOW);
                    timers.startSingleTimer(new RoomDue(), ROOM_PAUSE);
                    return take(now.noRoom(ref), new NoRoom(ref));
                }
            }
            case WRONG -> {
                if (!weSend && wrong.merge(ref, 1, Integer::sum) > WRONG_MAX)
                    return take(
                            now.failed(ref, "what came is not what was announced"),
                            new Broken(ref, "what came is not what was announced"));
                callIn(ref, calls.failed(ref));
            }
            // What was said in the stream is said in a content, too, which decides.
            case CANCELLED, DECLINED, CLOSED -> {}
        }
        return same();
    }

    // --- ends -----------------------------------------------------------------------------------------------------

    private <T> void pipe(CompletionStage<T> work, Function<T, Command> well, Function<Throwable, Command> failed) {
        context.pipeToSelf(
                work,
                (T result, @Nullable Throwable failure) ->
                        failure == null ? well.apply(result) : failed.apply(failure));
    }

    private void done(String verb, Answer answer) {
        around.owner().tell(new FileEffect.Tell(new Happening.Done(verb, answer)));
    }

    private void fail(String verb, String why) {
        around.owner().tell(new FileEffect.Tell(new Happening.Failed(verb, why)));
    }
}
