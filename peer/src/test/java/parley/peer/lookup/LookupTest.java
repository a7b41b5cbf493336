package parley.peer.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import parley.messages.classic.GroupKey;
import parley.messages.classic.Reply;
import parley.messages.classic.Request;
import parley.messages.name.Address;
import parley.messages.name.GroupName;
import parley.messages.name.Password;
import parley.messages.name.UserName;

/** Against a socket that plays the registry, one step at a time. */
class LookupTest {
    static final ActorTestKit kit = ActorTestKit.create();
    static final Duration LONG = Duration.ofSeconds(30);
    static final Duration SHORT = Duration.ofMillis(50);
    static final Address AT = new Address("10.0.0.7", 5000);
    static final Request BOB = new Request.WhereIs(new UserName("bob"));

    final TestProbe<Lookup.Change> owner = kit.createTestProbe();
    final TestProbe<Lookup.Answer> asker = kit.createTestProbe();
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
    void oneQuestionIsOutAtATime() throws IOException {
        var lookup = spawn(LONG, LONG);
        try (var wire = accepted()) {
            lookup.tell(new Lookup.Ask(BOB, asker.ref()));
            lookup.tell(new Lookup.Ask(new Request.ListGroups(), asker.ref()));
            assertThat(line(wire)).isEqualTo("client_info:bob");
            assertThat(wire.getInputStream().available()).isZero();
            say(wire, "10.0.0.7:5000");
            assertAnswered(new Reply.At(new Address("10.0.0.7", 5000)));
            assertThat(line(wire)).isEqualTo("list");
            say(wire, "Error:No groups");
            assertAnswered(Reply.NO_GROUPS);
        }
    }

    @Test
    void aKeyIsWholeWhenItsLastByteHasCome() throws IOException {
        var lookup = spawn(LONG, LONG);
        var key = ByteString.fromString("0123456789abcdef\n\u0001 :;,xy");
        assertThat(key.size()).isEqualTo(GroupKey.BYTES);
        try (var wire = accepted()) {
            lookup.tell(new Lookup.Ask(new Request.KeyOf(new GroupName("lab")), asker.ref()));
            line(wire);
            wire.getOutputStream().write(key.take(10).toArrayUnsafe());
            wire.getOutputStream().flush();
            asker.expectNoMessage(SHORT);
            wire.getOutputStream().write(key.drop(10).toArrayUnsafe());
            assertAnswered(new Reply.Key(new GroupKey(key)));
        }
    }

    @Test
    void anErrorOfAsManyBytesAsAKeyIsAnError() throws IOException {
        var lookup = spawn(LONG, LONG);
        try (var wire = accepted()) {
            lookup.tell(new Lookup.Ask(new Request.KeyOf(new GroupName("lab")), asker.ref()));
            line(wire);
            say(wire, "Error:Not a member, sorry".substring(0, GroupKey.BYTES));
            assertAnswered(new Reply.Refused("Not a member, sorr"));
        }
    }

    @Test
    void whoeverAsksWhileTheRegistryIsAwayIsToldAtOnce() throws IOException {
        registry.close();
        var lookup = spawn(LONG, LONG);
        assertThat(owner.receiveMessage()).isInstanceOf(Lookup.Down.class);
        lookup.tell(new Lookup.Ask(BOB, asker.ref()));
        assertThat(asker.receiveMessage()).isInstanceOf(Lookup.Unreachable.class);
    }

    @Test
    void aLostConnectionIsToldOnceAndDialledAgain() throws IOException {
        var lookup = spawn(LONG, SHORT);
        try (var wire = accepted()) {
            lookup.tell(new Lookup.Ask(BOB, asker.ref()));
            lookup.tell(new Lookup.Ask(BOB, asker.ref()));
            line(wire);
        }
        assertThat(asker.receiveMessage()).isInstanceOf(Lookup.Unreachable.class);
        assertThat(asker.receiveMessage()).isInstanceOf(Lookup.Unreachable.class);
        assertThat(owner.receiveMessage()).isInstanceOf(Lookup.Down.class);
        try (var again = accepted()) {
            lookup.tell(new Lookup.Ask(BOB, asker.ref()));
            assertThat(line(again)).isEqualTo("client_info:bob");
        }
    }

    @Test
    void absenceIsToldOnceHoweverOftenItIsTried() throws IOException {
        int port = registry.getLocalPort();
        registry.close();
        spawn(LONG, Duration.ofMillis(10));
        assertThat(owner.receiveMessage()).isInstanceOf(Lookup.Down.class);
        owner.expectNoMessage(Duration.ofMillis(300));
        registry = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
        accepted().close();
    }

    @Test
    void anAnswerThatFitsNoQuestionEndsTheConnection() throws IOException {
        var lookup = spawn(LONG, LONG);
        try (var wire = accepted()) {
            lookup.tell(new Lookup.Ask(BOB, asker.ref()));
            line(wire);
            say(wire, "certainly");
            assertThat(asker.receiveMessage()).isInstanceOf(Lookup.Unreachable.class);
            assertThat(owner.receiveMessage()).isInstanceOf(Lookup.Down.class);
            assertThat(wire.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void whatWasNotAskedForEndsTheConnection() throws IOException {
        spawn(LONG, LONG);
        try (var wire = accepted()) {
            say(wire, "psst");
            assertThat(owner.receiveMessage()).isInstanceOf(Lookup.Down.class);
        }
    }

    @Test
    void aSilentRegistryCountsAsAway() throws IOException {
        var lookup = spawn(SHORT, LONG);
        try (var wire = accepted()) {
            lookup.tell(new Lookup.Ask(BOB, asker.ref()));
            line(wire);
            assertThat(asker.receiveMessage()).isInstanceOf(Lookup.Unreachable.class);
            assertThat(owner.receiveMessage()).isInstanceOf(Lookup.Down.class);
        }
    }

    @Test
    void anIdleConnectionIsProbed() throws IOException {
        spawn(new LookupSettings(LONG, LONG, SHORT, LONG, LONG));
        try (var wire = accepted()) {
            assertThat(line(wire)).isEqualTo("members");
            say(wire, "team:[alice,bob]");
            assertThat(line(wire)).isEqualTo("members");
        }
    }

    @Test
    void whatAcceptsAndSaysNothingIsNoRegistry() throws IOException {
        var lookup = spawn(SHORT, LONG);
        try (var wire = greeted()) {
            lookup.tell(new Lookup.Ask(BOB, asker.ref()));
            assertThat(asker.receiveMessage()).isInstanceOf(Lookup.Unreachable.class);
            assertThat(owner.receiveMessage())
                    .isEqualTo(new Lookup.Down(
                            "The registry at 127.0.0.1:%d did not answer in time".formatted(registry.getLocalPort())));
            assertThat(wire.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void whatSpeaksBeforeItIsAskedIsNoRegistry() throws IOException {
        spawn(LONG, LONG);
        try (var wire = registry.accept()) {
            say(wire, "220 mail.example ESMTP");
            assertThat(owner.receiveMessage()).isInstanceOf(Lookup.Down.class);
        }
    }

    @Test
    void whatAcceptsAndClosesIsMissedOnceAndTriedEverMoreSeldom() throws IOException {
        spawn(new LookupSettings(LONG, LONG, LONG, Duration.ofMillis(20), LONG));
        long began = System.nanoTime();
        for (int i = 0; i < 6; i++) registry.accept().close();
        // Half of 20, 40, 80, 160 and 320 ms at least.
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThan(Duration.ofMillis(310));
        assertThat(owner.receiveMessage()).isInstanceOf(Lookup.Down.class);
        owner.expectNoMessage(SHORT);
    }

    @Test
    void aReplyLongerThanAnyEndsTheConnection() throws IOException {
        var lookup = spawn(LONG, LONG);
        try (var wire = accepted()) {
            lookup.tell(new Lookup.Ask(new Request.ListGroups(), asker.ref()));
            line(wire);
            say(wire, "group:1" + ",group:1".repeat(128));
            assertThat(((Lookup.Unreachable) asker.receiveMessage()).why())
                    .endsWith("sent an answer of more than the 1024 bytes it may have");
        }
    }

    @Test
    void leavingSaysGoodbye() throws IOException {
        var lookup = spawn(LONG, LONG);
        try (var wire = accepted()) {
            lookup.tell(new Lookup.Leave());
            assertThat(line(wire)).isEqualTo("exit");
            assertThat(wire.getInputStream().read()).isEqualTo(-1);
            owner.expectTerminated(lookup);
        }
    }

    @Test
    void whoLeavesKeepsNobodyWaiting() throws IOException {
        var lookup = spawn(LONG, LONG);
        try (var wire = accepted()) {
            lookup.tell(new Lookup.Ask(BOB, asker.ref()));
            lookup.tell(new Lookup.Leave());
            lookup.tell(new Lookup.Leave());
            lookup.tell(new Lookup.Ask(BOB, asker.ref()));
            assertThat(asker.receiveMessage()).isInstanceOf(Lookup.Unreachable.class);
            assertThat(line(wire)).isEqualTo("client_info:bob");
            assertThat(line(wire)).isEqualTo("exit");
            owner.expectTerminated(lookup);
        }
    }

    @Test
    void leavingBeforeAnyAnswerSaysGoodbyeToo() throws IOException {
        var lookup = spawn(LONG, LONG);
        try (var wire = greeted()) {
            lookup.tell(new Lookup.Leave());
            assertThat(line(wire)).isEqualTo("exit");
            owner.expectTerminated(lookup);
        }
    }

    @Test
    void leavingWhileTheRegistryIsAwayEndsAtOnce() throws IOException {
        registry.close();
        var lookup = spawn(LONG, LONG);
        assertThat(owner.receiveMessage()).isInstanceOf(Lookup.Down.class);
        lookup.tell(new Lookup.Leave());
        owner.expectTerminated(lookup);
    }

    @Test
    void leavingWhileDiallingEndsAtOnceAndHangsUp() throws IOException {
        var lookup = spawn(LONG, LONG);
        lookup.tell(new Lookup.Leave());
        owner.expectTerminated(lookup);
        registry.setSoTimeout(500);
        try (var wire = registry.accept()) {
            wire.setSoTimeout(5_000);
            assertThat(wire.getInputStream().readAllBytes()).asString().isIn("", "members\nexit\n");
        } catch (SocketTimeoutException | SocketException hungUp) {
            assertThat(hungUp.getMessage()).isIn("Accept timed out", "Connection reset");
        }
    }

    /** The stage of Pekko's TCP that still connects has nobody to say goodbye to, and fails with a fault of its own. */
    @Test
    void whoHangsUpWhileDiallingMakesNobodyFail() {
        var at = InetSocketAddress.createUnresolved("127.0.0.1", registry.getLocalPort());
        for (int i = 0; i < 20; i++) {
            var wire =
                    RegistryWire.dial(kit.system(), at, new LookupSettings(LONG, LONG, LONG, LONG, LONG), bytes -> {});
            wire.hangUp();
            assertThat(wire.opened()).succeedsWithin(Duration.ofSeconds(10));
        }
    }

    @Test
    void nothingSecretIsPrinted() {
        var password = new Password("canary-7");
        var ask = new Lookup.Ask(new Request.SignIn(new UserName("bob"), password, AT), asker.ref());
        assertThat(ask.toString()).contains("redacted").doesNotContain("canary");
    }

    private ActorRef<Lookup.Command> spawn(Duration answer, Duration reconnect) {
        return spawn(new LookupSettings(LONG, answer, LONG, reconnect, reconnect));
    }

    private ActorRef<Lookup.Command> spawn(LookupSettings settings) {
        var at = InetSocketAddress.createUnresolved("127.0.0.1", registry.getLocalPort());
        return kit.spawn(Lookup.create(at, settings, new SplittableRandom(1), owner.ref()));
    }

    /** A connection whose first question was answered. */
    private Socket accepted() throws IOException {
        var wire = greeted();
        say(wire, "Error:Not signed in");
        var up = owner.receiveMessage();
        assertThat(up).isInstanceOf(Lookup.Up.class);
        assertThat(((Lookup.Up) up).here().getPort()).isEqualTo(wire.getPort());
        return wire;
    }

    private Socket greeted() throws IOException {
        var wire = registry.accept();
        wire.setSoTimeout(5_000);
        assertThat(line(wire)).isEqualTo("members");
        return wire;
    }

    private void assertAnswered(Reply reply) {
        assertThat(List.of(asker.receiveMessage())).containsExactly(new Lookup.Answered(reply));
    }

    private static void say(Socket wire, String text) throws IOException {
        wire.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
        wire.getOutputStream().flush();
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
}
