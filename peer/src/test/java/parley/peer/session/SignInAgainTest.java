package parley.peer.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.ManualTime;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parley.messages.classic.Reply;
import parley.messages.classic.Request;
import parley.peer.command.Input;
import parley.peer.lookup.Lookup;
import parley.peer.talk.Happening;

/** A registry that is back but lets nobody in. Its connection is ours to play, and so is the time. */
class SignInAgainTest {
    static final Reply REFUSAL = new Reply.Refused("Too many attempts");

    final ActorTestKit kit = ActorTestKit.create(ManualTime.config());
    final ManualTime time = ManualTime.get(kit.system());
    final Shown screen = new Shown();
    final TestProbe<Lookup.Command> lookup = kit.createTestProbe();
    final BlockingQueue<ActorRef<Lookup.Change>> owner = new LinkedBlockingQueue<>();

    @TempDir
    Path folder;

    ActorRef<Peer.Command> peer;
    ActorRef<Lookup.Change> connection;

    @BeforeEach
    void signInAndBeRefused() throws Exception {
        peer = kit.spawn(Peer.create(Fixtures.settings(1, "127.0.0.1", folder), screen, changes -> {
            owner.add(changes);
            return PlayedLookup.handingTo(lookup.ref());
        }));
        connection = owner.poll(10, TimeUnit.SECONDS);
        connection.tell(up(1));
        peer.tell(new Peer.Run(new Input.SignIn(Fixtures.ALICE, Fixtures.PASSWORD)));
        answerSignIn(new Reply.Done("welcome"));
        screen.next(Happening.Done.class);
        connection.tell(new Lookup.Down("gone"));
        assertThat(screen.next()).isEqualTo(new Happening.RegistryLost("gone"));
        connection.tell(up(2));
        assertRefused();
    }

    @AfterEach
    void close() {
        kit.shutdownTestKit();
    }

    private static Lookup.Up up(int connection) {
        return new Lookup.Up(connection, new InetSocketAddress("127.0.0.1", 1000 + connection));
    }

    private Request.SignIn answerSignIn(Reply reply) {
        var ask = lookup.expectMessageClass(Lookup.Ask.class, Fixtures.LONG);
        ask.replyTo().tell(new Lookup.Answered(reply));
        return (Request.SignIn) ask.request();
    }

    private void assertRefused() {
        assertThat(answerSignIn(REFUSAL).user()).isEqualTo(Fixtures.ALICE);
        assertThat(screen.next()).isEqualTo(new Happening.Notice("Not signed in again: Too many attempts"));
    }

    @Test
    void itIsTriedEverMoreSeldom() {
        for (var pause : new Duration[] {Duration.ofSeconds(5), Duration.ofSeconds(10), Duration.ofSeconds(20)}) {
            time.timePasses(pause.minusMillis(1));
            lookup.expectNoMessage();
            time.timePasses(Duration.ofMillis(1));
            assertRefused();
        }
        time.timePasses(Duration.ofSeconds(40));
        answerSignIn(new Reply.Done("welcome"));
        assertThat(screen.next()).isEqualTo(new Happening.RegistryBack());
    }

    @Test
    void whoSignsInAsSomebodyElseIsNotSignedInAgain() {
        peer.tell(new Peer.Run(new Input.SignIn(Fixtures.BOB, Fixtures.PASSWORD)));
        assertThat(answerSignIn(new Reply.Done("welcome")).user()).isEqualTo(Fixtures.BOB);
        assertThat(screen.next()).isEqualTo(new Happening.RegistryBack());
        assertThat(screen.next()).isInstanceOf(Happening.Done.class);
        time.timePasses(Standing.PAUSE_MAX);
        lookup.expectNoMessage();
        assertThat(screen.rest()).isEmpty();
    }

    @Test
    void aNewConnectionIsANewChanceAtOnce() {
        connection.tell(new Lookup.Down("gone"));
        connection.tell(up(3));
        assertThat(answerSignIn(new Reply.Done("welcome")).user()).isEqualTo(Fixtures.ALICE);
        assertThat(screen.next()).isEqualTo(new Happening.RegistryBack());
        time.timePasses(Standing.PAUSE_MAX);
        lookup.expectNoMessage();
        assertThat(screen.rest()).isEmpty();
    }
}
