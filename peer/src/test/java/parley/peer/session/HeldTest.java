package parley.peer.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parley.messages.classic.Reply;
import parley.peer.command.Input;
import parley.peer.lookup.Lookup;
import parley.peer.talk.Happening;
import parley.peer.talk.Party;

/** What comes while bob's sign-in is not answered. */
class HeldTest {
    static final ActorTestKit kit = ActorTestKit.create();

    final Shown screen = new Shown();
    final TestProbe<Lookup.Command> lookup = kit.createTestProbe();
    final TestProbe<Optional<Cipher>> introduced = kit.createTestProbe();

    @TempDir
    Path folder;

    ActorRef<Peer.Command> bob;
    Lookup.Ask signIn;

    @AfterAll
    static void close() {
        kit.shutdownTestKit();
    }

    @BeforeEach
    void beginToSignIn() {
        bob = kit.spawn(Peer.create(Fixtures.settings(1, "127.0.0.1", folder), screen, owner -> {
            owner.tell(new Lookup.Up(1, new InetSocketAddress("127.0.0.1", 1)));
            return PlayedLookup.handingTo(lookup.ref());
        }));
        bob.tell(new Peer.Run(new Input.SignIn(Fixtures.BOB, Fixtures.PASSWORD)));
        signIn = lookup.expectMessageClass(Lookup.Ask.class, Fixtures.LONG);
        assertThat(screen.next()).isInstanceOf(Happening.Ready.class);
    }

    private void introduceAlice() {
        bob.tell(new Peer.Introduce(new Party.User(Fixtures.ALICE), introduced.ref()));
    }

    private void welcome() {
        signIn.replyTo().tell(new Lookup.Answered(new Reply.Done("welcome")));
    }

    @Test
    void whoeverComesWaitsToBeIntroduced() {
        introduceAlice();
        introduced.expectNoMessage();
        welcome();
        assertThat(introduced.receiveMessage(Fixtures.LONG)).isPresent();
    }

    @Test
    void strangersCannotKeepCommandsOut() {
        for (int i = 0; i < Held.INTRODUCTIONS_MAX; i++) introduceAlice();
        introduced.expectNoMessage();
        introduceAlice();
        assertThat(introduced.receiveMessage(Fixtures.LONG)).isEmpty();
        bob.tell(new Peer.Run(new Input.Unreadable("sned", "Unknown command sned")));
        welcome();
        assertThat(screen.next(Happening.Failed.class).command()).isEqualTo("sned");
    }

    @Test
    void thereIsAnEndToCommandsThatWaitToo() {
        for (int i = 0; i <= Held.WAITING_MAX; i++) bob.tell(new Peer.Run(new Input.ListGroups()));
        assertThat(screen.next()).isEqualTo(new Happening.Failed("list", "Too many commands at once"));
        assertThat(screen.rest()).isEmpty();
    }
}
