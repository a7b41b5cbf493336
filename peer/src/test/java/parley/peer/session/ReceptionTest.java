package parley.peer.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parley.messages.classic.Origin;
import parley.messages.classic.Sealed;
import parley.messages.name.Address;
import parley.peer.cipher.ContactCipher;
import parley.peer.cipher.OwnKeyPair;
import parley.peer.cipher.Sealing;
import parley.peer.link.Conversation;
import parley.peer.link.Delivery;
import parley.peer.link.Dialler;
import parley.peer.link.Inbox;
import parley.peer.link.Listener;
import parley.peer.link.Outgoing;
import parley.peer.talk.Happening;
import parley.peer.talk.Party;
import parley.peer.transfer.Downloads;

/** What comes in over real links, through real ciphers, into a real folder. */
class ReceptionTest {
    static final ActorTestKit kit = ActorTestKit.create();
    static final OwnKeyPair OURS = OwnKeyPair.create(new SecureRandom());
    static final OwnKeyPair BOBS = OwnKeyPair.create(new SecureRandom());

    final Shown screen = new Shown();
    final AtomicInteger lent = new AtomicInteger();
    final ActorRef<ContactCipher.Command> ourCipher = kit.spawn(ContactCipher.create(OURS));
    final ActorRef<ContactCipher.Command> bobsCipher = kit.spawn(ContactCipher.create(BOBS));
    final Conversation fromBob = new Conversation.WithContact(Fixtures.BOB, BOBS.publicValue());

    @TempDir
    Path folder;

    Downloads downloads;

    @AfterAll
    static void close() {
        kit.shutdownTestKit();
    }

    @BeforeEach
    void open() throws Exception {
        downloads = Downloads.open(kit.system(), Fixtures.TRANSFER, folder)
                .toCompletableFuture()
                .get(5, TimeUnit.SECONDS);
    }

    private CompletionStage<Cipher> introduced(Party party) {
        lent.incrementAndGet();
        return CompletableFuture.completedFuture(
                new Cipher.OfContact(ourCipher, kit.system().scheduler(), lent::decrementAndGet));
    }

    private Reception reception() {
        return new Reception(this::introduced, downloads::offer, screen, System::nanoTime);
    }

    private Sealed sealed(ByteString plain) throws Exception {
        CompletionStage<Sealing> asked = AskPattern.ask(
                bobsCipher,
                replyTo -> new ContactCipher.Seal(OURS.publicValue(), List.of(plain), replyTo),
                Fixtures.LONG,
                kit.system().scheduler());
        return ((Sealing.Done) asked.toCompletableFuture().get(5, TimeUnit.SECONDS))
                .chunks()
                .getFirst();
    }

    private Sealed sealed(String text) throws Exception {
        return sealed(ByteString.fromString(text));
    }

    @Test
    void aTextIsKeptOnlyWhenItIsOnTheScreen() throws Exception {
        screen.standStill();
        var verdict = reception().text(fromBob, 4, sealed("hi  padded")).toCompletableFuture();
        assertThat(screen.next()).isEqualTo(new Happening.TextCame(Fixtures.TO_BOB, "hi  "));
        assertThat(verdict).isNotDone();
        screen.goOn();
        assertThat(verdict).succeedsWithin(5, TimeUnit.SECONDS).isEqualTo(new Inbox.Verdict.Kept());
        assertThat(lent).hasValue(0);
    }

    @Test
    void whatIsNoTextUnderOurKeyIsRefused() throws Exception {
        var notUtf8 = sealed(ByteString.fromArray(new byte[] {(byte) 0xff, (byte) 0xfe}));
        assertThat(reception().text(fromBob, 2, notUtf8).toCompletableFuture())
                .succeedsWithin(5, TimeUnit.SECONDS)
                .isEqualTo(new Inbox.Verdict.Refused("a text that our key does not open"));
        assertThat(screen.rest()).isEmpty();
        assertThat(lent).hasValue(0);
    }

    @Test
    void whileNobodyIsSignedInNothingIsTaken() throws Exception {
        Reception.Introducer nobody = party -> CompletableFuture.failedFuture(new NotDelivered("nobody is signed in"));
        var reception = new Reception(nobody, downloads::offer, screen, System::nanoTime);
        assertThat(reception.text(fromBob, 2, sealed("hi")).toCompletableFuture())
                .succeedsWithin(5, TimeUnit.SECONDS)
                .isEqualTo(new Inbox.Verdict.Refused("nobody is signed in"));
        assertThat(reception.file(fromBob, "pic.bin").toCompletableFuture())
                .succeedsWithin(5, TimeUnit.SECONDS)
                .isEqualTo(new Inbox.Place.Refused("nobody is signed in"));
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aFileWithoutAPlaceIsRefusedAndItsCipherGivenBack() {
        Reception.Shelf full = path -> CompletableFuture.completedFuture(new Downloads.NoPlace("the disk is full"));
        var reception = new Reception(this::introduced, full, screen, System::nanoTime);
        assertThat(reception.file(fromBob, "pic.bin").toCompletableFuture())
                .succeedsWithin(5, TimeUnit.SECONDS)
                .isEqualTo(new Inbox.Place.Refused("the disk is full"));
        assertThat(lent).hasValue(0);
    }

    /** Links come and go, and the screen stands still: what waits for it must not grow for ever. */
    @Test
    void strangersCannotFillOurMemoryWhileTheScreenStandsStill() throws Exception {
        screen.standStill();
        var reception = reception();
        var text = sealed("hi");
        var waiting = new ArrayList<CompletableFuture<Inbox.Verdict>>();
        for (int i = 0; i < Turnstile.PLACES; i++)
            waiting.add(reception.text(fromBob, 2, text).toCompletableFuture());
        for (int i = 0; i < 1000; i++) {
            assertThat(reception.text(fromBob, 2, text).toCompletableFuture())
                    .isCompletedWithValue(new Inbox.Verdict.Refused("our screen is far behind"));
            assertThat(reception.file(fromBob, "pic.bin").toCompletableFuture())
                    .isCompletedWithValue(new Inbox.Place.Refused("our screen is far behind"));
            reception.dropped(
                    new Inbox.Dropped(new InetSocketAddress("10.0.0.9", 1), Optional.empty(), "no hex", false));
        }
        var shown = new ArrayList<Happening>();
        while (shown.size() < Turnstile.PLACES + Dropping.LINES_MAX) shown.add(screen.next());
        assertThat(screen.rest()).isEmpty();
        screen.goOn();
        for (var verdict : waiting) {
            assertThat(verdict).succeedsWithin(5, TimeUnit.SECONDS).isEqualTo(new Inbox.Verdict.Kept());
        }
        assertThat(reception.text(fromBob, 2, text).toCompletableFuture())
                .succeedsWithin(5, TimeUnit.SECONDS)
                .isEqualTo(new Inbox.Verdict.Kept());
    }

    @Test
    void aFileArrivesByteForByteAndIsToldOnce() throws Exception {
        var content = "x".repeat(100_000);
        try (var listening = listening()) {
            assertThat(sent(listening, chunks(content))).isInstanceOf(Delivery.Delivered.class);
        }
        var came = screen.next(Happening.FileCame.class);
        assertThat(came.path()).hasContent(content).hasParentRaw(folder.toAbsolutePath());
        assertThat(came.from()).isEqualTo(Fixtures.TO_BOB);
        assertThat(came.name()).isEqualTo("pic.bin");
        assertThat(came.bytes()).isEqualTo(100_000);
        assertThat(came.maybePadded()).isTrue();
        assertThat(screen.rest()).isEmpty();
        assertThat(lent).hasValue(0);
    }

    @Test
    void onlyAFileOfAMultipleOfEightBytesMayBePadded() throws Exception {
        try (var listening = listening()) {
            sent(listening, chunks("1234567"));
            assertThat(screen.next(Happening.FileCame.class).maybePadded()).isFalse();
            sent(listening, chunks(""));
            assertThat(screen.next(Happening.FileCame.class).maybePadded()).isFalse();
            sent(listening, chunks("12345678"));
            assertThat(screen.next(Happening.FileCame.class).maybePadded()).isTrue();
        }
    }

    @Test
    void aFileThatBreaksOffIsToldOnceAndLeavesNothing() throws Exception {
        try (var listening = listening()) {
            var half = chunks("x".repeat(50_000)).concat(Source.failed(new IOException("it shrank")));
            assertThat(sent(listening, half)).isEqualTo(new Delivery.Broken("it shrank"));
            var failed = screen.next(Happening.FileFailed.class);
            assertThat(failed.from()).isEqualTo(Fixtures.TO_BOB);
            assertThat(failed.name()).isEqualTo("pic.bin");
            assertThat(failed.why()).startsWith("the connection broke");
        }
        assertThat(screen.rest()).isEmpty();
        assertThat(folder).isEmptyDirectory();
        assertThat(lent).hasValue(0);
    }

    @Test
    void aFileThatOurCipherRefusesIsToldOnceWithTheReason() throws Exception {
        Reception.Introducer deaf = party -> {
            var actor = kit.spawn(ContactCipher.create(OURS));
            kit.stop(actor);
            return introduced(party)
                    .thenApply(
                            cipher -> new Cipher.OfContact(actor, kit.system().scheduler(), cipher::giveBack));
        };
        try (var listening = listening(new Reception(deaf, downloads::offer, screen, System::nanoTime))) {
            assertThat(sent(listening, chunks("x".repeat(50_000)))).isInstanceOf(Delivery.Broken.class);
            assertThat(screen.next())
                    .isEqualTo(new Happening.FileFailed(Fixtures.TO_BOB, "pic.bin", "our own cipher did not answer"));
        }
        assertThat(screen.rest()).isEmpty();
        assertThat(lent).hasValue(0);
    }

    @Test
    void aLinkThatIsDroppedOutsideOfAFileIsToldInOneLine() throws Exception {
        try (var listening = listening();
                var stranger =
                        new Socket("127.0.0.1", listening.listener().address().getPort())) {
            stranger.getOutputStream().write("GET / HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            assertThat(screen.next())
                    .isInstanceOfSatisfying(
                            Happening.Notice.class,
                            notice -> assertThat(notice.text()).startsWith("Dropped a link from 127.0.0.1: "));
        }
        assertThat(screen.rest()).isEmpty();
    }

    private record Listening(Listener listener) implements AutoCloseable {
        @Override
        public void close() {
            listener.close()
                    .toCompletableFuture()
                    .orTimeout(5, TimeUnit.SECONDS)
                    .join();
        }
    }

    private Listening listening() throws Exception {
        return listening(reception());
    }

    private Listening listening(Reception reception) throws Exception {
        return new Listening(Listener.bind(kit.system(), Fixtures.LINKS, "127.0.0.1", 0, OURS.publicValue(), reception)
                .toCompletableFuture()
                .get(5, TimeUnit.SECONDS));
    }

    private Delivery sent(Listening to, Source<List<ByteString>, ?> content) throws Exception {
        var cipher = new Cipher.OfContact(bobsCipher, kit.system().scheduler(), () -> {});
        var file = new Outgoing.File(
                new Origin.User(Fixtures.BOB),
                "pic.bin",
                theirs -> content.mapAsync(1, plain -> cipher.seal(theirs, plain)));
        return Dialler.create(kit.system(), Fixtures.LINKS, BOBS.publicValue())
                .send(new Address("127.0.0.1", to.listener().address().getPort()), file)
                .toCompletableFuture()
                .get(20, TimeUnit.SECONDS);
    }

    private static Source<List<ByteString>, ?> chunks(String content) {
        var chunks = IntStream.range(0, (content.length() + 1023) / 1024)
                .mapToObj(i -> content.substring(i * 1024, Math.min(content.length(), (i + 1) * 1024)))
                .map(chunk -> List.of(ByteString.fromString(chunk)))
                .toList();
        return Source.from(chunks);
    }
}
