package parley.peer.file;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parley.messages.identity.IdentityKey;
import parley.messages.identity.RegistryId;
import parley.messages.name.UserName;
import parley.messages.wire.Content;
import parley.messages.wire.Content.FileState.State;
import parley.messages.wire.FileOffer;
import parley.messages.wire.MessageId;
import parley.peer.contact.ContactCommand;
import parley.peer.contact.Effect;
import parley.peer.contact.Inbox;
import parley.peer.store.HistoryFile;
import parley.peer.store.Store;
import parley.peer.stream.Streams;
import parley.peer.talk.FileAnswer;
import parley.peer.talk.FileMail;
import parley.peer.talk.Happening;
import parley.peer.talk.Mail;
import parley.peer.transfer.Partial;

/** Nothing happens before its commit, and nothing is lost by one that fails or by a crash after it. */
class FilesTest {
    private static final ActorTestKit KIT = ActorTestKit.create(
            ConfigFactory.parseString("pekko.loglevel = OFF").withFallback(ConfigFactory.load()));
    private static final UserName BOB = new UserName("bob");
    private static final IdentityKey KEY = new IdentityKey(ByteString.fromArray(
            HexFormat.of().parseHex("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a")));
    private static final MessageId ID = new MessageId(ByteString.fromArray(new byte[16]));
    private static final Ref REF = new Ref(BOB, ID);
    private static final Duration QUIET = Duration.ofMillis(200);

    @TempDir
    private Path folder;

    /** Percent of the disk. */
    private int kept;

    private final PlayedDisk vault = new PlayedDisk();
    private final TestProbe<Store.Command> disk = KIT.createTestProbe();
    private final TestProbe<FileEffect> owner = KIT.createTestProbe();
    private final TestProbe<Streams.Command> streams = KIT.createTestProbe();
    private ActorRef<FilesCommand> files = KIT.system().ignoreRef();

    @AfterAll
    static void shutDown() {
        KIT.shutdownTestKit();
    }

    @BeforeEach
    void begin() {
        files = KIT.spawn(files());
        read();
    }

    @AfterEach
    void stop() {
        KIT.stop(files);
    }

    @Test
    void anOfferOpensNothingBeforeItIsOnDisk() {
        files.tell(new FilesCommand.Came(new Effect.ForFiles(BOB, KEY, new Content.File(ID, big()))));
        var commit = disk.expectMessageClass(Store.Commit.class);
        streams.expectNoMessage(QUIET);
        committed(commit);
        assertThat(streams.expectMessageClass(Streams.Receive.class).lane().file())
                .isEqualTo(ID);
    }

    @Test
    void anOfferThatTheDiskRefusedOpensNothing() {
        files.tell(new FilesCommand.Came(new Effect.ForFiles(BOB, KEY, new Content.File(ID, big()))));
        disk.expectMessageClass(Store.Commit.class).replyTo().tell(new Store.CommitFailed("full"));
        streams.expectNoMessage(QUIET);
        files.tell(new FilesCommand.Look("transfers"));
        assertThat(transfers()).isEmpty();
    }

    @Test
    void aSendIsAnsweredWhenTheCipherHasItWithItsRows() throws IOException {
        var source = Files.writeString(folder.resolve("a.txt"), "hello");
        files.tell(new FilesCommand.Send("send", BOB, source));
        var hand = hand();
        assertThat(hand.contents()).hasSize(2);
        assertThat(hand.befriends()).isTrue();
        // The file, its receiver, and two for the history.
        assertThat(hand.with()).hasSize(4);
        owner.expectNoMessage(QUIET);
        hand.replyTo().tell(new ContactCommand.Handed(BOB, hand.id()));
        assertThat(answer(FileAnswer.Queued.class).id()).isEqualTo(hand.id().toString());
    }

    @Test
    void aSendThatTheCipherRefusedIsRefused() throws IOException {
        var source = Files.writeString(folder.resolve("a.txt"), "hello");
        files.tell(new FilesCommand.Send("send", BOB, source));
        var hand = hand();
        hand.replyTo()
                .tell(new ContactCommand.NotHanded(BOB, hand.id(), ContactCommand.WhyNot.BLOCKED, "bob is blocked"));
        assertThat(told()).isEqualTo(new Happening.Failed("send", "bob is blocked"));
    }

    @Test
    void doneIsSaidWhenTheEndIsOnDiskAndAgainAfterACrash() {
        vault.write(FileRows.put(Post.say(REF, Optional.empty(), State.DONE)));
        crash();
        var first = hand();
        assertThat(first.contents())
                .singleElement()
                .isInstanceOfSatisfying(
                        Content.FileState.class,
                        said -> assertThat(said.state()).isEqualTo(State.DONE));
        assertThat(first.with()).containsExactly(FileRows.posted(Post.say(REF, Optional.empty(), State.DONE)));
        crash();
        assertThat(hand().contents()).hasSize(1);
    }

    @Test
    void piecesBecomeAFileThatIsNamedOnceHoweverOftenItCrashes() throws IOException {
        var offer = new FileOffer(1, true, 5, ByteString.fromArray(new byte[32]), "a.txt");
        vault.write(
                FileRows.put(
                        new CameFile(REF, Optional.empty(), Optional.empty(), offer, new CameFile.Wanted(), Set.of())),
                FileRows.piece(REF, 0, ByteString.fromString("hello")));
        // Whole, planned, and then the program dies before it hears of its commit.
        crash();
        read();
        vault.write(disk.expectMessageClass(Store.Commit.class).changes());
        crash();
        // Named now, and it dies again before that is on disk.
        disk.expectMessageClass(Store.Commit.class);
        assertThat(folder.resolve("a.txt")).hasContent("hello");
        crash();
        committed(disk.expectMessageClass(Store.Commit.class));
        owner.expectMessageClass(FileEffect.Came.class);
        assertThat(vault.history()).singleElement().satisfies(entry -> {
            assertThat(entry.text()).isEqualTo("a.txt");
            assertThat(entry.file())
                    .get()
                    .extracting(HistoryFile::path)
                    .isEqualTo(folder.resolve("a.txt").toString());
        });
        assertThat(hand().contents()).hasSize(1);
        try (var there = Files.list(folder)) {
            assertThat(there).containsExactly(folder.resolve("a.txt"));
        }
    }

    @Test
    void itIsToldThatASmallFileIsInTheMailboxOfWhoIsAway() throws IOException {
        files.tell(new FilesCommand.Send("send", BOB, Files.writeString(folder.resolve("a.txt"), "hello")));
        var hand = hand();
        hand.replyTo().tell(new ContactCommand.Handed(BOB, hand.id()));
        answer(FileAnswer.Queued.class);
        files.tell(new FilesCommand.InMailbox(BOB, hand.id()));
        committed(disk.expectMessageClass(Store.Commit.class));
        assertThat(told()).isEqualTo(new Mail.Moved(hand.id().toString(), Optional.empty(), BOB, Mail.Stage.SENT));
    }

    @Test
    void aPieceThatComesAfterItsFileIsOverIsTakenFromTheInbox() {
        vault.write(FileRows.put(small()));
        crash();
        files.tell(new FilesCommand.Came(new Effect.ForFiles(BOB, KEY, state(State.CANCELLED))));
        committed(disk.expectMessageClass(Store.Commit.class));
        var late = new Content.Piece(MessageId.random(new SecureRandom()), ID, 0, ByteString.fromString("hello"));
        files.tell(new FilesCommand.Came(new Effect.ForFiles(BOB, KEY, late)));
        assertThat(disk.expectMessageClass(Store.Commit.class).changes())
                .containsExactly(Inbox.FILES.taken(BOB, late.id()));
    }

    @Test
    void aPieceThatOvertookItsOfferStaysInTheInbox() {
        var early = new Content.Piece(MessageId.random(new SecureRandom()), ID, 0, ByteString.fromString("hello"));
        files.tell(new FilesCommand.Came(new Effect.ForFiles(BOB, KEY, early)));
        disk.expectNoMessage(QUIET);
    }

    @Test
    void aDiskWithoutRoomPausesAFileAndSaysSo() {
        kept = 100;
        gathers();
        var commit = disk.expectMessageClass(Store.Commit.class);
        committed(commit);
        assertThat(told()).isInstanceOf(FileMail.Held.class);
        assertThat(said()).isEqualTo(State.NO_ROOM);
    }

    @Test
    void aDiskThatFailsOtherwiseEndsAFileAndSaysWhy() throws IOException {
        Files.createDirectories(
                Partial.path(folder, new UserName("alice"), BOB, ID).resolve("not empty"));
        gathers();
        committed(disk.expectMessageClass(Store.Commit.class));
        assertThat(told()).isInstanceOf(FileMail.Failed.class);
        assertThat(said()).isEqualTo(State.FAILED);
    }

    /** All its pieces are there. */
    private void gathers() {
        vault.write(FileRows.put(small()), FileRows.piece(REF, 0, ByteString.fromString("hello")));
        crash();
        read();
    }

    private static CameFile small() {
        var offer = new FileOffer(1, true, 5, ByteString.fromArray(new byte[32]), "a.txt");
        return new CameFile(REF, Optional.empty(), Optional.empty(), offer, new CameFile.Wanted(), Set.of(0));
    }

    private static Content.FileState state(State state) {
        return new Content.FileState(MessageId.random(new SecureRandom()), ID, state);
    }

    private State said() {
        return ((Content.FileState) hand().contents().getFirst()).state();
    }

    @Test
    void aSourceThatChangedIsReportedWhenItsTurnComes() throws IOException {
        var source = Files.writeString(folder.resolve("a.bin"), "x".repeat(300_000));
        files.tell(new FilesCommand.Send("send", BOB, source));
        var hand = hand();
        hand.replyTo().tell(new ContactCommand.Handed(BOB, hand.id()));
        answer(FileAnswer.Queued.class);
        streams.expectMessageClass(Streams.Send.class);
        files.tell(new FilesCommand.Streamed(new Streams.Ended(BOB, hand.id(), Streams.Why.CHANGED, "")));
        committed(disk.expectMessageClass(Store.Commit.class));
        var told = new ArrayList<FileEffect>();
        told.add(owner.receiveMessage());
        told.add(owner.receiveMessage());
        assertThat(told)
                .anyMatch(effect -> effect instanceof FileEffect.Tell(FileMail.Failed failed))
                .anyMatch(effect -> effect instanceof FileEffect.ToContact);
    }

    /** The program dies, and is there again with what is on disk. */
    private void crash() {
        KIT.stop(files);
        files = KIT.spawn(files());
        read();
    }

    /** The store answers a look at its tables. */
    private void read() {
        if (disk.receiveMessage() instanceof Store.Read<?> read) answer(read);
    }

    private <T> void answer(Store.Read<T> read) {
        read.replyTo().tell(read.query().apply(vault));
    }

    private void committed(Store.Commit commit) {
        vault.write(commit.changes());
        commit.replyTo().tell(new Store.Committed(Map.of(), Set.of(), Map.of()));
    }

    private ContactCommand.Hand hand() {
        var effect = owner.expectMessageClass(FileEffect.ToContact.class);
        return (ContactCommand.Hand) effect.command();
    }

    private Happening told() {
        return owner.expectMessageClass(FileEffect.Tell.class).happening();
    }

    private <A extends FileAnswer> A answer(Class<A> kind) {
        return kind.cast(((Happening.Done) told()).answer());
    }

    private List<FileAnswer.Transfer> transfers() {
        return answer(FileAnswer.Transfers.class).transfers();
    }

    private static FileOffer big() {
        return new FileOffer(1, false, 1 << 20, ByteString.fromArray(new byte[32]), "a.bin");
    }

    private Behavior<FilesCommand> files() {
        return parley.peer.file.Files.create(new FilesSurroundings(
                new UserName("alice"),
                new RegistryId(ByteString.fromArray(new byte[RegistryId.BYTES])),
                disk.ref(),
                KnownFiles.read(vault),
                streams.ref(),
                (group, id, offer, with) ->
                        CompletableFuture.completedFuture(new FilesSurroundings.GroupPost.NotWritten("no group")),
                (with, token) ->
                        CompletableFuture.completedFuture(new FilesSurroundings.Relay.NotConnected(false, "no relay")),
                owner.ref(),
                KIT.system().executionContext()::execute,
                new SecureRandom(),
                InstantSource.system(),
                new FilesSettings(
                        folder,
                        kept,
                        1 << 18,
                        1L << 30,
                        Duration.ofSeconds(5),
                        Duration.ofMinutes(5),
                        Duration.ofSeconds(15))));
    }
}
