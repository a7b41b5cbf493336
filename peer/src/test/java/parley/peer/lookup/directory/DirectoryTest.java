package parley.peer.lookup.directory;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.stream.javadsl.Tcp;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import parley.messages.directory.Code;
import parley.messages.directory.Push;
import parley.messages.directory.Reply;
import parley.messages.directory.Request;
import parley.messages.directory.SignUp;
import parley.messages.identity.IdentityKey;
import parley.messages.identity.RegistryId;
import parley.messages.name.PeerAddress;
import parley.messages.name.UserName;
import parley.messages.settings.Endpoint;

/** Against a socket that plays the registry behind its TLS, one line at a time. */
class DirectoryTest {
    static final ActorTestKit kit = ActorTestKit.create();
    static final Duration LONG = Duration.ofSeconds(30);
    static final Duration SHORT = Duration.ofMillis(100);
    /** Enough for a busy machine, and not too long to wait for. */
    static final Duration SOON = Duration.ofMillis(800);

    static final Request BOB = new Request.WhereIs(new UserName("bob"));
    static final Reply AT = new Reply.At(Optional.of(PeerAddress.parse("10.0.0.7:5000")));

    /** Of RFC 8032 §7.1, tests 1 and 2. */
    static final IdentityKey KEY = key("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");

    static final IdentityKey ANOTHER = key("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c");

    final TestProbe<Directory.Change> owner = kit.createTestProbe();
    final TestProbe<Directory.Answer> asker = kit.createTestProbe();
    /** What the registry at the other end shows, and which pins were held against it. */
    volatile IdentityKey shown = KEY;

    final List<Optional<IdentityKey>> pins = new ArrayList<>();
    ServerSocket registry;

    @BeforeEach
    void listen() throws IOException {
        registry = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        registry.setSoTimeout(5_000);
    }

    @AfterEach
    void unlisten() throws IOException {
        registry.close();
    }

    @AfterAll
    static void close() {
        kit.shutdownTestKit();
    }

    @Test
    void whatShipsCanBeRead() {
        var shipped = ConfigFactory.load().getConfig("parley.peer.modern.registry");
        assertThat(DirectorySettings.of(shipped).wrongKeyRetry()).isEqualTo(Duration.ofMinutes(5));
    }

    @Test
    void theOwnerIsToldWhoGreeted() throws IOException {
        spawn(settings());
        try (var wire = registry.accept()) {
            say(wire, "* hello parley/1 AAECAwQFBgcICQoLDA0ODw invite\n");
            var up = (Directory.Up) owner.receiveMessage();
            assertThat(up.registry()).isEqualTo(new RegistryId(hex("000102030405060708090a0b0c0d0e0f")));
            assertThat(up.signUp()).isEqualTo(SignUp.INVITE);
            assertThat(up.key()).isEqualTo(KEY);
            assertThat(up.here().getPort()).isEqualTo(wire.getPort());
        }
    }

    @Test
    void answersComeInAnyOrder() throws IOException {
        var directory = spawn(settings());
        try (var wire = greeted()) {
            var first = kit.<Directory.Answer>createTestProbe();
            var second = kit.<Directory.Answer>createTestProbe();
            directory.tell(new Directory.Ask(BOB, first.ref()));
            directory.tell(new Directory.Ask(new Request.Collect(7), second.ref()));
            var tag = tag(line(wire), "client_info bob");
            say(wire, tag(line(wire), "collect 7") + " ok\n");
            second.expectMessage(new Directory.Answered(new Reply.Done()));
            first.expectNoMessage(SHORT);
            say(wire, tag + " Error:offline not there\n");
            first.expectMessage(new Directory.Answered(new Reply.Refused(Code.OFFLINE, "not there")));
        }
    }

    @Test
    void pushesComeBetweenAnswersAndHoweverTheyAreCut() throws IOException {
        var directory = spawn(settings());
        try (var wire = greeted()) {
            directory.tell(new Directory.Ask(BOB, asker.ref()));
            var tag = tag(line(wire), "client_info bob");
            var said = "* offline carol\n%s ok 10.0.0.7:5000\n* prekeys 3\n".formatted(tag);
            for (int i = 0; i < said.length(); i++) say(wire, said.substring(i, i + 1));
            owner.expectMessage(new Directory.Pushed(new Push.Offline(new UserName("carol"))));
            owner.expectMessage(new Directory.Pushed(new Push.Prekeys(3)));
            asker.expectMessage(new Directory.Answered(AT));
        }
    }

    @Test
    void whatIsPushedRightBehindTheGreetingIsHeard() throws IOException {
        spawn(settings());
        try (var wire = registry.accept()) {
            say(wire, "* hello parley/1 AAECAwQFBgcICQoLDA0ODw open\n* prekeys 3\n");
            assertThat(owner.receiveMessage()).isInstanceOf(Directory.Up.class);
            owner.expectMessage(new Directory.Pushed(new Push.Prekeys(3)));
        }
    }

    @Test
    void sixtyFourAreOutAndTheOthersWaitInTheirOrder() throws IOException {
        var directory = spawn(settings());
        try (var wire = greeted()) {
            for (int i = 0; i < 70; i++) directory.tell(new Directory.Ask(new Request.Collect(i), asker.ref()));
            var tags = new ArrayList<String>();
            for (int i = 0; i < 64; i++) tags.add(tag(line(wire), "collect " + i));
            asker.expectNoMessage(SHORT);
            assertThat(wire.getInputStream().available()).isZero();
            for (int i = 0; i < 6; i++) {
                say(wire, tags.get(63 - i) + " ok\n");
                tags.add(tag(line(wire), "collect " + (64 + i)));
            }
            assertThat(tags).doesNotHaveDuplicates();
        }
    }

    @Test
    void moreThanCanWaitAreRefused() throws IOException {
        var directory = spawn(settings());
        try (var wire = greeted()) {
            int room = 64 + Questions.WAITING_MAX;
            for (int i = 0; i < room; i++) directory.tell(new Directory.Ask(BOB, asker.ref()));
            asker.expectNoMessage(SHORT);
            directory.tell(new Directory.Ask(BOB, asker.ref()));
            asker.expectMessage(new Directory.Unreachable("Too many requests at once, expected at most " + room));
            assertThat(wire.isConnected()).isTrue();
        }
    }

    @Test
    void whatWasAskedOnALostConnectionIsUnreachableAndTheNextOneBeginsAnew() throws IOException {
        var directory = spawn(settings());
        try (var wire = greeted()) {
            for (int i = 0; i < 70; i++) directory.tell(new Directory.Ask(BOB, asker.ref()));
            line(wire);
        }
        for (int i = 0; i < 70; i++) assertThat(asker.receiveMessage()).isInstanceOf(Directory.Unreachable.class);
        owner.expectMessage(new Directory.Down(
                "The registry at 127.0.0.1:%d closed the connection".formatted(registry.getLocalPort())));
        try (var again = greeted()) {
            directory.tell(new Directory.Ask(BOB, asker.ref()));
            say(again, tag(line(again), "client_info bob") + " ok 10.0.0.7:5000\n");
            asker.expectMessage(new Directory.Answered(AT));
        }
    }

    @Test
    void whoeverAsksWhileTheRegistryIsAwayIsToldAtOnce() throws IOException {
        registry.close();
        var directory = spawn(settings());
        assertThat(owner.receiveMessage()).isInstanceOf(Directory.Down.class);
        directory.tell(new Directory.Ask(BOB, asker.ref()));
        assertThat(asker.receiveMessage()).isInstanceOf(Directory.Unreachable.class);
        owner.expectNoMessage(SHORT);
    }

    @Test
    void theFirstKeyThatGreetedIsThePinFromThenOn() throws IOException {
        spawn(settings());
        registry.accept().close(); // showed its key, and said nothing
        greeted().close();
        registry.accept().close();
        assertThat(pins).containsExactly(Optional.empty(), Optional.empty(), Optional.of(KEY));
    }

    @Test
    void aWrongKeyIsToldEachTimeAndNotTriedAgainSoon() throws IOException {
        var retry = Duration.ofMillis(400);
        spawn(new DirectorySettings(LONG, LONG, LONG, Duration.ofMillis(1), Duration.ofMillis(1), retry), KEY);
        greeted().close();
        owner.receiveMessage();
        shown = ANOTHER;
        registry.accept().close();
        var why =
                "The registry at 127.0.0.1:%d showed %s, expected %s".formatted(registry.getLocalPort(), ANOTHER, KEY);
        owner.expectMessage(new Directory.Down(why));
        long began = System.nanoTime();
        registry.accept().close();
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThan(retry.dividedBy(2));
        owner.expectMessage(new Directory.Down(why));
        shown = KEY;
        greeted().close();
    }

    @Test
    void whatIsNoRegistryIsLeft() throws IOException {
        spawn(settings());
        var reasons = List.of(
                "220 mail.example ESMTP\n", "* prekeys 3\n", "* hello parley/2 AAECAwQFBgcICQoLDA0ODw open\n", "\n");
        for (var greeting : reasons) {
            try (var wire = registry.accept()) {
                say(wire, greeting);
                assertThat(wire.getInputStream().read()).as(greeting).isEqualTo(-1);
            }
        }
        assertThat(owner.receiveMessage()).isInstanceOf(Directory.Down.class);
        owner.expectNoMessage(SHORT);
    }

    @Test
    void whatCannotBeReadEndsTheConnection() throws IOException {
        spawn(settings());
        var lines = List.of(
                "certainly\n",
                "zz ok\n",
                "zz Error:offline what\n",
                "- Error:syntax what\n",
                "* psst\n",
                "* hello parley/1 AAECAwQFBgcICQoLDA0ODw open\n",
                "x".repeat(98_305));
        for (var line : lines) {
            try (var wire = greeted()) {
                say(wire, line);
                assertThat(((Directory.Down) owner.receiveMessage()).why())
                        .as(line.substring(0, Math.min(20, line.length())))
                        .doesNotContain("cannot be reached", "closed");
            }
        }
    }

    @Test
    void whoPushesMoreThanAMailboxHoldsIsLeft() throws IOException {
        var directory = spawn(settings());
        try (var wire = greeted()) {
            for (int serial = 1; serial <= 1_000; serial++) push(wire, serial);
            push(wire, 1_000); // again: not another one
            for (int i = 0; i < 1_001; i++) assertThat(owner.receiveMessage()).isInstanceOf(Directory.Pushed.class);
            directory.tell(new Directory.Ask(new Request.Ack(List.of(7L)), asker.ref()));
            tag(line(wire), "ack 7");
            push(wire, 1_001);
            assertThat(owner.receiveMessage()).isInstanceOf(Directory.Pushed.class);
            push(wire, 1_002);
            assertThat(((Directory.Down) owner.receiveMessage()).why()).endsWith("pushed more than a mailbox holds");
        }
    }

    private static void push(Socket wire, int serial) throws IOException {
        say(wire, "* envelope %d bob 1700000000000 AQID\n".formatted(serial));
    }

    @Test
    void aSilentRegistryCountsAsAway() throws IOException {
        var directory = spawn(new DirectorySettings(LONG, SOON, LONG, LONG, LONG, LONG));
        try (var wire = greeted()) {
            directory.tell(new Directory.Ask(BOB, asker.ref()));
            line(wire);
            assertThat(((Directory.Unreachable) asker.receiveMessage()).why()).endsWith("did not answer in time");
            assertThat(owner.receiveMessage()).isInstanceOf(Directory.Down.class);
        }
    }

    @Test
    void whatAcceptsAndDoesNotGreetIsNoRegistry() throws IOException {
        spawn(new DirectorySettings(LONG, SOON, LONG, LONG, LONG, LONG));
        try (var wire = registry.accept()) {
            assertThat(((Directory.Down) owner.receiveMessage()).why()).endsWith("did not greet in time");
            assertThat(wire.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void anIdleConnectionIsTriedWithWhatCostsNothing() throws IOException {
        var directory = spawn(new DirectorySettings(LONG, SOON, SHORT, LONG, LONG, LONG));
        try (var wire = greeted()) {
            for (int i = 0; i < 2; i++) say(wire, tag(line(wire), "probe") + " Error:verb no such verb\n");
            directory.tell(new Directory.Ask(BOB, asker.ref()));
            for (var line = line(wire); ; line = line(wire)) {
                if (line.endsWith("client_info bob")) break;
                say(wire, tag(line, "probe") + " Error:verb no such verb\n");
            }
            owner.expectNoMessage(SHORT);
            assertThat(((Directory.Down) owner.receiveMessage()).why()).endsWith("did not answer in time");
        }
    }

    @Test
    void whatAcceptsAndClosesIsMissedOnceAndTriedEverMoreSeldom() throws IOException {
        spawn(new DirectorySettings(LONG, LONG, LONG, Duration.ofMillis(20), LONG, LONG));
        long began = System.nanoTime();
        for (int i = 0; i < 6; i++) registry.accept().close();
        // Half of 20, 40, 80, 160 and 320 ms at least.
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThan(Duration.ofMillis(310));
        assertThat(owner.receiveMessage()).isInstanceOf(Directory.Down.class);
        owner.expectNoMessage(SHORT);
    }

    @Test
    void leavingSaysGoodbyeBehindWhatWasAsked() throws IOException {
        var directory = spawn(settings());
        try (var wire = greeted()) {
            directory.tell(new Directory.Ask(BOB, asker.ref()));
            directory.tell(new Directory.Leave());
            directory.tell(new Directory.Ask(BOB, asker.ref()));
            directory.tell(new Directory.Leave());
            for (int i = 0; i < 2; i++) assertThat(asker.receiveMessage()).isInstanceOf(Directory.Unreachable.class);
            tag(line(wire), "client_info bob");
            say(wire, tag(line(wire), "exit") + " ok\n");
            assertThat(wire.getInputStream().read()).isEqualTo(-1);
        }
        owner.expectTerminated(directory);
    }

    @Test
    void whoLeavesDoesNotWaitForeverForAGoodbye() throws IOException {
        var directory = spawn(new DirectorySettings(LONG, SOON, LONG, LONG, LONG, LONG));
        try (var wire = greeted()) {
            directory.tell(new Directory.Leave());
            owner.expectTerminated(directory);
            tag(line(wire), "exit");
        }
    }

    @Test
    void leavingEndsAtOnceWhileTheRegistryIsAway() throws IOException {
        registry.close();
        var directory = spawn(settings());
        assertThat(owner.receiveMessage()).isInstanceOf(Directory.Down.class);
        directory.tell(new Directory.Leave());
        owner.expectTerminated(directory);
    }

    @Test
    void threeHundredAreAskedAndAnsweredByTheSecond() throws IOException {
        var directory = spawn(settings());
        try (var wire = greeted()) {
            IntStream.range(0, 300)
                    .forEach(i -> directory.tell(new Directory.Ask(new Request.Collect(i), asker.ref())));
            for (int i = 0; i < 300; i++) say(wire, tag(line(wire), "collect " + i) + " ok\n");
            for (int i = 0; i < 300; i++) asker.expectMessage(new Directory.Answered(new Reply.Done()));
        }
    }

    private static DirectorySettings settings() {
        return new DirectorySettings(LONG, LONG, LONG, Duration.ofMillis(10), Duration.ofMillis(10), LONG);
    }

    private ActorRef<Directory.Command> spawn(DirectorySettings settings, IdentityKey... pin) {
        var at = new Endpoint("127.0.0.1", registry.getLocalPort());
        return kit.spawn(Directory.create(
                at, Arrays.stream(pin).findAny(), this::dial, settings, new SplittableRandom(1), owner.ref()));
    }

    /** Plain bytes, with a key that is said to have been shown. */
    private Wire dial(Optional<IdentityKey> pin, Consumer<Wire.Event> events) {
        pins.add(pin);
        var flow = Tcp.get(kit.system())
                .outgoingConnection("127.0.0.1", registry.getLocalPort())
                .mapMaterializedValue(connected -> new StreamWire.Beginning(
                        connected, connected.thenApply(at -> new Wire.Opened(shown, at.localAddress()))));
        return StreamWire.run(
                kit.system(),
                flow,
                event -> events.accept(
                        event instanceof Wire.Opened
                                        && pin.isPresent()
                                        && !pin.get().equals(shown)
                                ? new Wire.WrongKey("showed %s, expected %s".formatted(shown, pin.get()))
                                : event));
    }

    private Socket greeted() throws IOException {
        var wire = registry.accept();
        wire.setSoTimeout(5_000);
        say(wire, "* hello parley/1 AAECAwQFBgcICQoLDA0ODw open\n");
        Directory.Change up;
        do {
            up = owner.receiveMessage();
        } while (up instanceof Directory.Down);
        assertThat(up).isInstanceOf(Directory.Up.class);
        return wire;
    }

    private static void say(Socket wire, String text) throws IOException {
        wire.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
        wire.getOutputStream().flush();
    }

    private static String tag(String line, String rest) {
        assertThat(line).matches("[0-9a-z]{1,16} .*").endsWith(" " + rest);
        return line.substring(0, line.indexOf(' '));
    }

    private static String line(Socket wire) throws IOException {
        var line = new StringBuilder();
        for (int c = wire.getInputStream().read();
                c != '\n';
                c = wire.getInputStream().read()) {
            assertThat(c).as("end of stream after " + line).isNotEqualTo(-1);
            line.append((char) c);
        }
        return line.toString();
    }

    private static IdentityKey key(String hex) {
        return new IdentityKey(hex(hex));
    }

    private static ByteString hex(String digits) {
        return ByteString.fromArray(HexFormat.of().parseHex(digits));
    }
}
