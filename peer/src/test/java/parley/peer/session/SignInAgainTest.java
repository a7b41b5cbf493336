package parley.peer.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.ManualTime;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parley.peer.command.Input;
import parley.peer.talk.Happening;

/** A registry that is back but lets nobody in. Time is ours here. */
class SignInAgainTest {
    final ActorTestKit kit = ActorTestKit.create(ManualTime.config());
    final ManualTime time = ManualTime.get(kit.system());
    final Shown screen = new Shown();

    @TempDir
    Path folder;

    FakeRegistry registry;
    ActorRef<Peer.Command> peer;

    @BeforeEach
    void signInAndBeRefused() throws Exception {
        registry = new FakeRegistry();
        peer = kit.spawn(Peer.create(Fixtures.settings(registry.port(), "127.0.0.1", folder), screen));
        peer.tell(new Peer.Run(new Input.SignIn(Fixtures.ALICE, Fixtures.PASSWORD)));
        screen.next(Happening.Done.class);
        registry.nextRequest("signin");
        registry.instead = request -> request.startsWith("signin alice") ? "Error:Too many attempts" : null;
        registry.hangUp();
        assertThat(screen.next()).isInstanceOf(Happening.RegistryLost.class);
        reconnect();
        assertRefused();
    }

    @AfterEach
    void close() throws IOException {
        registry.close();
        kit.shutdownTestKit();
    }

    private void reconnect() {
        time.timePasses(Fixtures.LOOKUP.reconnectMax());
    }

    private void assertRefused() throws InterruptedException {
        assertThat(registry.nextRequest()).startsWith("signin alice");
        assertThat(screen.next()).isEqualTo(new Happening.Notice("Not signed in again: Too many attempts"));
    }

    @Test
    void itIsTriedEverMoreSeldom() throws Exception {
        for (var pause : new Duration[] {Duration.ofSeconds(5), Duration.ofSeconds(10), Duration.ofSeconds(20)}) {
            time.timePasses(pause.minusMillis(1));
            assertThat(registry.requests.poll(50, TimeUnit.MILLISECONDS)).isNull();
            time.timePasses(Duration.ofMillis(1));
            assertRefused();
        }
        registry.instead = request -> null;
        time.timePasses(Duration.ofSeconds(40));
        assertThat(screen.next()).isEqualTo(new Happening.RegistryBack());
    }

    @Test
    void whoSignsInAsSomebodyElseIsNotSignedInAgain() throws Exception {
        peer.tell(new Peer.Run(new Input.SignIn(Fixtures.BOB, Fixtures.PASSWORD)));
        assertThat(registry.nextRequest()).startsWith("signin bob");
        assertThat(screen.next()).isEqualTo(new Happening.RegistryBack());
        assertThat(screen.next()).isInstanceOf(Happening.Done.class);
        time.timePasses(Standing.PAUSE_MAX);
        // In so long a time the connection is probed, or lost and made anew; what must not come is alice.
        for (var request = registry.requests.poll(100, TimeUnit.MILLISECONDS);
                request != null;
                request = registry.requests.poll(100, TimeUnit.MILLISECONDS)) {
            assertThat(request).doesNotStartWith("signin alice");
        }
        assertThat(screen.rest()).noneMatch(happening -> happening instanceof Happening.Notice);
    }

    @Test
    void aNewConnectionIsANewChanceAtOnce() throws Exception {
        registry.instead = request -> null;
        registry.hangUp();
        // The lookup has to notice before it can wait.
        var list = new Peer.Run(new Input.ListGroups());
        peer.tell(list);
        while (screen.next() instanceof Happening.Done) peer.tell(list);
        reconnect();
        assertThat(screen.next()).isEqualTo(new Happening.RegistryBack());
        time.timePasses(Standing.PAUSE_MAX);
        assertThat(screen.rest()).isEmpty();
    }
}
