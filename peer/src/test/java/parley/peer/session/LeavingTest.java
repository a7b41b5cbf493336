package parley.peer.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parley.messages.name.UserName;
import parley.peer.command.Input;
import parley.peer.link.Inbox;
import parley.peer.talk.Answer;
import parley.peer.talk.Happening;

/** However it stands with everybody else, who types EXIT is out within two seconds and nobody is left waiting. */
class LeavingTest {
    static final ActorTestKit kit = ActorTestKit.create();
    static final Duration TWO_SECONDS = Duration.ofSeconds(2);
    static final Happening BYE = new Happening.Done("exit", new Answer.Bye(true));

    @TempDir
    Path folder;

    final Shown screen = new Shown();
    FakeRegistry registry;
    ActorRef<Peer.Command> peer;

    @BeforeEach
    void start() throws IOException {
        registry = new FakeRegistry();
        peer = kit.spawn(Peer.create(Fixtures.settings(registry.port(), "127.0.0.1", folder), screen));
    }

    @AfterEach
    void end() throws IOException {
        registry.close();
    }

    @AfterAll
    static void close() {
        kit.shutdownTestKit();
    }

    private void type(Input input) {
        peer.tell(new Peer.Run(input));
    }

    private void send(String to, String text) {
        type(new Input.SendText(new Input.One(new UserName(to)), text));
    }

    private Contact signedInWithBob() {
        var bob = new Contact(kit);
        registry.addresses.put("bob", bob.address().toString());
        type(new Input.SignIn(Fixtures.ALICE, Fixtures.PASSWORD));
        screen.next(Happening.Done.class);
        return bob;
    }

    private void assertGone() {
        kit.createTestProbe().expectTerminated(peer, TWO_SECONDS);
    }

    @Test
    void theRegistryIsToldAndTheScreenShowsItLast() throws Exception {
        signedInWithBob();
        type(new Input.Exit());
        assertThat(screen.next()).isEqualTo(BYE);
        assertThat(registry.nextRequest("exit")).isEqualTo("exit");
        assertGone();
    }

    @Test
    void aTextTypedBeforeIsDeliveredFirst() throws Exception {
        var bob = signedInWithBob();
        for (int i = 0; i < 3; i++) send("bob", "text " + i);
        type(new Input.Exit());
        for (int i = 0; i < 3; i++) {
            assertThat(bob.next()).isEqualTo("text " + i);
            assertThat(screen.next())
                    .isInstanceOfSatisfying(
                            Happening.Done.class,
                            done -> assertThat(done.command()).isEqualTo("send"));
        }
        assertThat(screen.next()).isEqualTo(BYE);
        assertGone();
    }

    @Test
    void aTextThatCannotBeDeliveredHasFailedOnce() throws Exception {
        var bob = signedInWithBob();
        bob.verdict = new CompletableFuture<>();
        send("bob", "hi");
        send("bob", "hi again");
        bob.next();
        type(new Input.Exit());
        var failed = new Happening.Failed("send", "Stopped before its delivery was confirmed");
        assertThat(List.of(screen.next(), screen.next(), screen.next())).containsExactly(failed, failed, BYE);
        assertGone();
        bob.verdict.complete(new Inbox.Verdict.Kept());
        assertThat(screen.rest()).isEmpty();
    }

    @Test
    void exitTypedTwiceEndsOnceAndWhatIsTypedAfterItFails() {
        var bob = signedInWithBob();
        bob.verdict = new CompletableFuture<>();
        send("bob", "hi");
        type(new Input.Exit());
        type(new Input.Exit());
        type(new Input.ListGroups());
        assertThat(screen.next()).isEqualTo(new Happening.Failed("list", "Too late, the program is ending"));
        assertThat(screen.next(Happening.Done.class)).isEqualTo(BYE);
        assertGone();
        assertThat(screen.rest()).isEmpty();
    }

    @Test
    void aRegistryThatDoesNotAnswerHoldsUpNobody() {
        screen.next(Happening.Ready.class);
        registry.instead = request -> request.startsWith("signin") ? never() : null;
        type(new Input.SignIn(Fixtures.ALICE, Fixtures.PASSWORD));
        type(new Input.ListGroups());
        type(new Input.Exit());
        assertThat(List.of(screen.next(), screen.next(), screen.next()))
                .containsExactly(
                        new Happening.Failed("signin", "Stopped before it was carried out"),
                        new Happening.Failed("list", "Stopped before it was carried out"),
                        BYE);
        assertGone();
    }

    private static String never() {
        try {
            new CountDownLatch(1).await(Fixtures.LONG.toSeconds(), TimeUnit.SECONDS);
            return "welcome";
        } catch (InterruptedException stopped) {
            return "stopped";
        }
    }

    @Test
    void aRegistryThatWasNeverReachedHoldsUpNobody() throws IOException {
        try (var silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var shown = new Shown();
            var other = kit.spawn(
                    Peer.create(Fixtures.settings(silent.getLocalPort(), "127.0.0.1", folder.resolve("other")), shown));
            other.tell(new Peer.Run(new Input.ListGroups()));
            other.tell(new Peer.Run(new Input.Exit()));
            assertThat(shown.next(Happening.Failed.class).command()).isEqualTo("list");
            assertThat(shown.next()).isEqualTo(new Happening.Done("exit", new Answer.Bye(false)));
            kit.createTestProbe().expectTerminated(other, TWO_SECONDS);
        }
        type(new Input.Exit());
        assertGone();
    }

    @Test
    void aLinkThatStaysOpenHoldsUpNobody() throws IOException {
        var at = screen.next(Happening.Ready.class).at();
        try (var stranger = new Socket(at.host(), at.port())) {
            stranger.getOutputStream().write("dhk:".getBytes(StandardCharsets.US_ASCII));
            type(new Input.Exit());
            assertThat(screen.next(Happening.Done.class)).isEqualTo(BYE);
            assertGone();
        }
    }

    @Test
    void aScreenThatStandsStillHoldsUpNobody() {
        screen.next(Happening.Ready.class);
        screen.standStill();
        type(new Input.Exit());
        assertThat(screen.next()).isEqualTo(BYE);
        assertGone();
    }

    @Test
    void nobodyIsLetInAnyMore() {
        var at = screen.next(Happening.Ready.class).at();
        type(new Input.Exit());
        assertThat(screen.next()).isEqualTo(BYE);
        assertGone();
        assertThatThrownBy(() -> new Socket(at.host(), at.port()).close()).isInstanceOf(IOException.class);
    }
}
