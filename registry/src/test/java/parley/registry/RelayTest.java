package parley.registry;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.testkit.javadsl.TestKit;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parley.channel.Expected;
import parley.messages.directory.Code;
import parley.messages.directory.Push;
import parley.messages.directory.RelayAnswer;
import parley.messages.directory.RelayToken;
import parley.messages.directory.Reply;
import parley.messages.directory.Request;
import parley.messages.name.UserName;

/** docs/PROTOCOL.md §13.5 over real TLS and TCP, with the real actors and the real journal. */
class RelayTest {
    private static final int PIECE = 64 * 1024;
    private static final int MEBIBYTE = 1024 * 1024;
    private static final ActorSystem SYSTEM = ActorSystem.create(
            "sides",
            ConfigFactory.parseString("pekko.fail-mixed-versions = off\npekko.test.single-expect-default = 20 s")
                    .withFallback(ConfigFactory.load()));
    private static final AtomicInteger NAMES = new AtomicInteger();

    private static Running generous;

    @TempDir
    static Path data;

    @TempDir
    Path ownData;

    @BeforeAll
    static void start() {
        generous = new Running(
                data,
                Map.of(
                        "parley.registry.relay.bytes-a-second", "10 GiB",
                        "parley.registry.relay.bytes-a-day", "100 GiB",
                        "parley.registry.relay.at-once", "100",
                        "parley.registry.relay.wait", "1 s",
                        "parley.registry.modern.sign-ups-an-hour-nearby", "1000"));
    }

    @AfterAll
    static void stop() {
        generous.close();
        TestKit.shutdownActorSystem(SYSTEM);
    }

    private final List<RelaySocket> open = new ArrayList<>();
    private Running registry;

    @BeforeEach
    void useTheGenerousOne() {
        registry = generous;
    }

    @AfterEach
    void closeAll() {
        for (var socket : open) {
            socket.hears.cancel();
            socket.says.sendComplete();
        }
        if (registry != generous) registry.close();
    }

    @Test
    void whatOneSaysTheOtherHearsUnaltered() throws Exception {
        var pair = new Pair();
        var bytes = random(64 * MEBIBYTE);
        var saying = CompletableFuture.runAsync(() -> say(pair.alice, bytes));
        assertThat(pair.bob.read(bytes.size()).equals(bytes)).isTrue();
        saying.get(20, TimeUnit.SECONDS);
        pair.bob.says.sendNext(ByteString.fromString("thank you"));
        assertThat(pair.alice.read(9).utf8String()).isEqualTo("thank you");
    }

    @Test
    void whoDoesNotReadHoldsTheOtherBack() throws Exception {
        var pair = new Pair();
        var bytes = random(96 * MEBIBYTE);
        var said = new AtomicInteger();
        var saying = CompletableFuture.runAsync(() -> {
            for (int at = 0; at < bytes.size(); at += PIECE) {
                pair.alice.says.sendNext(bytes.slice(at, at + PIECE));
                said.addAndGet(PIECE);
            }
        });
        int before = -1;
        while (before != said.get()) {
            before = said.get();
            assertThat(saying.isDone()).isFalse();
            new CompletableFuture<Void>()
                    .completeOnTimeout(null, 500, TimeUnit.MILLISECONDS)
                    .get();
        }
        // What four buffers of the system and the stages between them hold.
        assertThat(before).isLessThan(40 * MEBIBYTE);
        assertThat(pair.bob.read(bytes.size()).equals(bytes)).isTrue();
        saying.get(20, TimeUnit.SECONDS);
    }

    @Test
    void aLastWordIsPassedOnBehindAllThatWasSaid() throws Exception {
        var pair = new Pair();
        var bytes = random(3 * MEBIBYTE);
        var saying = CompletableFuture.runAsync(() -> {
            say(pair.alice, bytes);
            pair.alice.says.sendComplete();
        });
        assertThat(pair.bob.read(bytes.size()).equals(bytes)).isTrue();
        assertThat(pair.bob.endsInOrder()).isTrue();
        saying.get(20, TimeUnit.SECONDS);
    }

    @Test
    void aConnectionThatBreaksBreaksTheOther() throws Exception {
        var calling = new Pair();
        calling.alice.says.sendError(new IllegalStateException("its machine is gone"));
        assertThat(calling.bob.endsInOrder()).isFalse();
        var called = new Pair();
        called.bob.says.sendError(new IllegalStateException("its machine is gone"));
        assertThat(called.alice.endsInOrder()).isFalse();
    }

    @Test
    void aWrongTokenMeetsNobody() throws Exception {
        var alice = person("alice");
        var bob = person("bob");
        var mallory = person("mallory");
        var token = token();
        var waiting = socket(alice).calls(alice.name, bob.name, token);
        var guessing = socket(bob).calls(bob.name, alice.name, token());
        var other = socket(mallory).calls(mallory.name, alice.name, token);
        assertRefused(guessing.answer(), Code.LATE, "did not come in 1 s");
        assertRefused(other.answer(), Code.LATE, "did not come");
        assertRefused(waiting.answer(), Code.LATE, "did not come");
        assertThat(waiting.endsInOrder()).isTrue();
    }

    @Test
    void whoShowsAnotherKeyIsNobody() throws Exception {
        var alice = person("alice");
        var bob = person("bob");
        var mallory = person("mallory");
        assertRefused(socket(mallory).calls(bob.name, alice.name, token()).answer(), Code.KEY, "chain of " + bob.name);
        var nobody = new UserName("nobody-at-all");
        assertRefused(socket(mallory).calls(nobody, alice.name, token()).answer(), Code.UNKNOWN, "nobody-at-all");
    }

    @Test
    void aKeyThatWasReplacedOrRevokedIsNoneAnyMore() throws Exception {
        var alice = person("alice");
        var before = alice.tlsSecret();
        var next = alice.becomesAnother();
        var directory = directory(before);
        assertThat(directory.ask(new Request.SignIn(alice.name, Optional.empty())))
                .isInstanceOf(Reply.SignedIn.class);
        assertThat(directory.ask(new Request.Publish(next))).isInstanceOf(Reply.Published.class);
        var bob = new UserName("bob");
        assertRefused(socket(before).calls(alice.name, bob, token()).answer(), Code.KEY, "chain of");
        assertRefused(socket(alice).calls(alice.name, bob, token()).answer(), Code.LATE, "did not come");
        assertThat(directory.ask(new Request.Revoke(alice.name, alice.revocation())))
                .isEqualTo(new Reply.Done());
        assertRefused(socket(alice).calls(alice.name, bob, token()).answer(), Code.REVOKED, "ended");
        directory.close();
    }

    @Test
    void whoCallsTwiceForTheSameTakesItsOwnPlace() throws Exception {
        var alice = person("alice");
        var bob = person("bob");
        var token = token();
        var first = socket(alice).calls(alice.name, bob.name, token);
        first.hears.expectNoMessage(Duration.ofMillis(300));
        var second = socket(alice).calls(alice.name, bob.name, token);
        assertRefused(first.answer(), Code.STATE, "called again");
        var joined = socket(bob).calls(bob.name, alice.name, token);
        joined.isJoined();
        second.isJoined();
        // Also when it was joined: its connection may be dead without anybody having noticed.
        var third = socket(alice).calls(alice.name, bob.name, token);
        assertThat(second.endsInOrder()).isFalse();
        assertThat(joined.endsInOrder()).isFalse();
        socket(bob).calls(bob.name, alice.name, token).isJoined();
        third.isJoined();
    }

    @Test
    void whatIsNoCallIsToldSo() throws Exception {
        var alice = person("alice");
        var talking = socket(alice);
        talking.says.sendNext(ByteString.fromString("GET / HTTP/1.1\n"));
        assertRefused(talking.answer(), Code.SYNTAX, "expected relay OWN NAME TOKEN");
        var endless = socket(alice);
        endless.says.sendNext(ByteString.fromString("relay ".repeat(100)));
        assertRefused(endless.answer(), Code.SYNTAX, "at most 96 bytes");
        assertRefused(
                socket(alice).calls(alice.name, alice.name, token()).answer(), Code.SYNTAX, "two names that differ");
    }

    @Test
    void whoSpeaksTooEarlyIsHeardLater() throws Exception {
        var alice = person("alice");
        var bob = person("bob");
        var token = token();
        var waiting = socket(alice).calls(alice.name, bob.name, token);
        waiting.says.sendNext(ByteString.fromString("hello"));
        var late = socket(bob).calls(bob.name, alice.name, token);
        late.isJoined();
        assertThat(late.read(5).utf8String()).isEqualTo("hello");
        waiting.isJoined();
    }

    @Test
    void fiftyAtOnceKeepApart() throws Exception {
        var alice = person("alice");
        var bob = person("bob");
        var pairs = new ArrayList<Pair>();
        for (int i = 0; i < 50; i++) pairs.add(new Pair(alice, bob));
        for (int i = 0; i < 50; i++)
            pairs.get(i).alice.says.sendNext(ByteString.fromString("number %02d".formatted(i)));
        for (int i = 0; i < 50; i++)
            assertThat(pairs.get(i).bob.read(9).utf8String()).isEqualTo("number %02d".formatted(i));
    }

    @Test
    void aShareIsHeldAgainstItsLimits() throws Exception {
        registry = new Running(
                ownData,
                Map.of(
                        "parley.registry.relay.bytes-a-second", "1 MiB",
                        "parley.registry.relay.bytes-a-day", "3 MiB",
                        "parley.registry.relay.at-once", "2"));
        var alice = person("alice");
        var bob = person("bob");
        var pair = new Pair(alice, bob);
        var second = socket(alice).calls(alice.name, bob.name, token());
        second.hears.expectNoMessage(Duration.ofMillis(300));
        assertRefused(socket(alice).calls(alice.name, bob.name, token()).answer(), Code.RATE, "2 relays at once");

        long begun = System.nanoTime();
        var bytes = random(2 * MEBIBYTE);
        var saying = CompletableFuture.runAsync(() -> say(pair.alice, bytes));
        assertThat(pair.bob.read(bytes.size()).equals(bytes)).isTrue();
        saying.get(20, TimeUnit.SECONDS);
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThan(Duration.ofMillis(1_500));

        say(pair.alice, bytes.take(MEBIBYTE + PIECE));
        assertThat(pair.bob.bytesUntilCut()).isBetween(MEBIBYTE - PIECE, MEBIBYTE);
        assertThat(pair.alice.endsInOrder()).isFalse();
        assertRefused(
                socket(bob).calls(bob.name, alice.name, token()).answer(), Code.RATE, "The 3 MiB of a day are used up");
    }

    @Test
    void whereItIsSwitchedOffItIsSaid() throws Exception {
        registry = new Running(ownData, Map.of("parley.registry.relay.enabled", "off"));
        var alice = person("alice");
        assertRefused(
                socket(alice).calls(alice.name, new UserName("bob"), token()).answer(), Code.OFF, "does not relay");
    }

    @Test
    void aRelayInWhichNothingMovesIsEnded() throws Exception {
        registry = new Running(ownData, Map.of("parley.registry.relay.silence", "1 s"));
        var pair = new Pair();
        assertThat(pair.alice.endsInOrder()).isFalse();
        assertThat(pair.bob.endsInOrder()).isFalse();
    }

    @Test
    void aRegistryThatStopsEndsItsRelays() throws Exception {
        registry = new Running(ownData);
        var pair = new Pair();
        assertThat(registry.registry.stop()).succeedsWithin(Duration.ofSeconds(20));
        assertThat(pair.alice.endsInOrder()).isFalse();
        assertThat(pair.bob.endsInOrder()).isFalse();
    }

    /** Two who are joined. */
    private final class Pair {
        final RelaySocket alice;
        final RelaySocket bob;

        Pair() throws Exception {
            this(person("alice"), person("bob"));
        }

        Pair(Person one, Person other) {
            var token = token();
            alice = socket(one).calls(one.name, other.name, token);
            bob = socket(other).calls(other.name, one.name, token);
            alice.isJoined();
            bob.isJoined();
        }
    }

    private static void say(RelaySocket socket, ByteString bytes) {
        for (int at = 0; at < bytes.size(); at += PIECE) socket.says.sendNext(bytes.slice(at, at + PIECE));
    }

    private RelaySocket socket(Person person) {
        return socket(person.tlsSecret());
    }

    private RelaySocket socket(ByteString tlsSeed) {
        var socket = new RelaySocket(SYSTEM, registry.modern, tlsSeed);
        open.add(socket);
        return socket;
    }

    /** Somebody with an account. */
    private Person person(String name) throws Exception {
        int number = NAMES.incrementAndGet();
        var look = directory(new Person("nobody", number).tlsSecret());
        var hello = (Push.Hello) look.push();
        look.close();
        var person = new Person(hello.registry(), name + number, number);
        var socket = directory(person.tlsSecret());
        assertThat(socket.ask(new Request.SignUp(person.name, person.chain.statements(), Optional.empty())))
                .isEqualTo(new Reply.Done());
        socket.close();
        return person;
    }

    private ModernSocket directory(ByteString tlsSeed) {
        return new ModernSocket(SYSTEM, registry.modern, tlsSeed, new Expected.Anybody());
    }

    private static RelayToken token() {
        return new RelayToken(random(RelayToken.BYTES));
    }

    private static ByteString random(int count) {
        var bytes = new byte[count];
        new Random(NAMES.incrementAndGet()).nextBytes(bytes);
        return ByteString.fromArrayUnsafe(bytes);
    }

    private static void assertRefused(RelayAnswer answer, Code code, String text) {
        assertThat(answer).isInstanceOfSatisfying(RelayAnswer.Refused.class, refused -> {
            assertThat(refused.code()).isEqualTo(code);
            assertThat(refused.text()).contains(text);
        });
    }
}
