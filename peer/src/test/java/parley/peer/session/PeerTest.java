package parley.peer.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parley.messages.group.Policy;
import parley.messages.name.UserName;
import parley.peer.command.GroupInput;
import parley.peer.command.Input;
import parley.peer.link.Inbox;
import parley.peer.talk.Answer;
import parley.peer.talk.Happening;
import parley.peer.talk.Party;

/** Whole peers in one process, over real sockets, with a small registry that does what it is told. */
class PeerTest {
    static final ActorTestKit kit = ActorTestKit.create();

    @TempDir
    Path folder;

    private final List<Person> people = new ArrayList<>();
    FakeRegistry registry;

    @BeforeEach
    void open() throws IOException {
        registry = new FakeRegistry();
    }

    @AfterEach
    void exitAll() throws IOException {
        for (var person : people) {
            person.type(new Input.Exit());
            kit.createTestProbe().expectTerminated(person.peer, Fixtures.LONG);
        }
        registry.close();
    }

    @AfterAll
    static void close() {
        kit.shutdownTestKit();
    }

    /** A peer and who sits before it. */
    private final class Person {
        final Shown screen;
        final UserName name;
        final ActorRef<Peer.Command> peer;

        Person(String name, PeerSettings settings, Shown screen) {
            this.name = new UserName(name);
            this.screen = screen;
            this.peer = kit.spawn(Peer.create(settings, screen));
            people.add(this);
        }

        void type(Input input) {
            peer.tell(new Peer.Run(input));
        }

        void send(String to, String text) {
            type(new Input.SendText(new Input.One(new UserName(to)), text));
        }

        Person signIn() {
            type(new Input.SignIn(name, Fixtures.PASSWORD));
            assertThat(screen.next(Happening.Done.class).answer()).isEqualTo(new Answer.SignedIn(name));
            return this;
        }

        Happening.Failed failure() {
            return screen.next(Happening.Failed.class);
        }
    }

    private Person person(String name) {
        return new Person(name, Fixtures.settings(registry.port(), "127.0.0.1", folder.resolve(name)), new Shown());
    }

    @Test
    void itSaysFirstWhereItListens() {
        var alice = person("alice");
        assertThat(alice.screen.next())
                .isInstanceOfSatisfying(
                        Happening.Ready.class,
                        ready -> assertThat(ready.at().host()).isEqualTo("127.0.0.1"));
    }

    @Test
    void whatOnlyModernGroupsKnowIsAnError() throws Exception {
        var alice = person("alice");
        alice.type(new Input.Create(Fixtures.TEAM, Policy.OPEN));
        alice.type(new Input.Members(Fixtures.TEAM));
        alice.type(new GroupInput.Leave(Fixtures.TEAM));
        assertThat(IntStream.range(0, 3).mapToObj(i -> alice.screen.next(Happening.Failed.class)))
                .extracting(Happening.Failed::command, Happening.Failed::why)
                .containsExactly(
                        tuple("create", "Classic groups have no policy, everybody may join; expected CREATE GROUP"),
                        tuple("members", "Classic groups are shown all at once, expected MEMBERS"),
                        tuple("leave", "Classic groups cannot do that, expected CREATE, JOIN, LIST or MEMBERS"));
    }

    @Test
    void commandsTypedBeforeItIsReadyAreCarriedOutInTheirOrder() throws Exception {
        var alice = person("alice");
        alice.type(new Input.SignUp(alice.name, Fixtures.PASSWORD));
        alice.type(new Input.SignIn(alice.name, Fixtures.PASSWORD));
        alice.type(new Input.ListGroups());
        alice.type(new Input.Create(Fixtures.TEAM));
        alice.type(new Input.Join(Fixtures.LAB));
        alice.type(new Input.ListGroups());
        alice.type(new Input.Members());
        assertThat(IntStream.range(0, 7)
                        .mapToObj(i -> alice.screen.next(Happening.Done.class).answer()))
                .containsExactly(
                        new Answer.SignedUp(alice.name),
                        new Answer.SignedIn(alice.name),
                        new Answer.Groups(List.of()),
                        new Answer.Created(Fixtures.TEAM),
                        new Answer.Joined(Fixtures.LAB, true),
                        new Answer.Groups(List.of(
                                new Answer.Groups.Size(Fixtures.LAB, 1), new Answer.Groups.Size(Fixtures.TEAM, 1))),
                        new Answer.Members(List.of(
                                new Answer.Members.Group(Fixtures.LAB, List.of(alice.name)),
                                new Answer.Members.Group(Fixtures.TEAM, List.of(alice.name)))));
    }

    @Test
    void whatIsTypedAfterASignInIsSentByWhoIsSignedIn() {
        var bob = person("bob").signIn();
        var alice = person("alice");
        alice.type(new Input.SignIn(alice.name, Fixtures.PASSWORD));
        for (int i = 0; i < 20; i++) alice.send("bob", "text " + i);
        for (int i = 0; i < 20; i++) {
            assertThat(bob.screen.next(Happening.TextCame.class))
                    .isEqualTo(new Happening.TextCame(new Party.User(alice.name), "text " + i));
        }
    }

    @Test
    void helpAndWhatCannotBeReadAreAnsweredHere() {
        var alice = person("alice");
        alice.type(new Input.Help("send"));
        alice.type(new Input.Unreadable("", "Unknown command"));
        assertThat(alice.screen.next(Happening.Done.class).answer()).isInstanceOf(Answer.Helped.class);
        assertThat(alice.failure()).isEqualTo(new Happening.Failed("", "Unknown command"));
    }

    @Test
    void nobodySendsBeforeBeingSignedIn() {
        var alice = person("alice");
        alice.send("bob", "hi");
        assertThat(alice.failure()).isEqualTo(new Happening.Failed("send", Operations.NOBODY));
    }

    @Test
    void aSendThatTakesLongIsOvertaken() throws Exception {
        var bob = new Contact(kit);
        bob.verdict = new CompletableFuture<>();
        registry.addresses.put("bob", bob.address().toString());
        var alice = person("alice").signIn();
        alice.send("bob", "slow");
        bob.next();
        alice.type(new Input.ListGroups());
        assertThat(alice.screen.next(Happening.Done.class).command()).isEqualTo("list");
        bob.verdict.complete(new Inbox.Verdict.Kept());
        assertThat(alice.screen.next(Happening.Done.class).command()).isEqualTo("send");
    }

    @Test
    void aGroupHearsATextAndWhoIsOfflineIsMissedByName() {
        var bob = person("bob").signIn();
        var alice = person("alice").signIn();
        registry.groups.put("team", Set.of("alice", "bob", "carol"));
        alice.type(new Input.SendText(new Input.Groups(List.of(Fixtures.TEAM, Fixtures.TEAM)), "hi all"));
        assertThat(bob.screen.next(Happening.TextCame.class))
                .isEqualTo(new Happening.TextCame(Fixtures.TO_TEAM, "hi all"));
        assertThat(alice.screen.next(Happening.Done.class).answer())
                .isEqualTo(new Answer.Sent(List.of(Fixtures.TO_TEAM), 1, List.of("carol")));
    }

    @Test
    void aRegistryThatGoesAwayIsMissedOnceAndCommandsFailAtOnce() throws Exception {
        var alice = person("alice").signIn();
        registry.goAway();
        assertThat(alice.screen.next()).isInstanceOf(Happening.RegistryLost.class);
        alice.type(new Input.ListGroups());
        alice.send("bob", "hi");
        alice.type(new Input.SignIn(alice.name, Fixtures.PASSWORD));
        assertThat(alice.screen.next())
                .isEqualTo(new Happening.Failed(
                        "list", "The registry at 127.0.0.1:%d cannot be reached just now".formatted(registry.port())));
        assertThat(List.of(alice.failure(), alice.failure()))
                .extracting(Happening.Failed::command)
                .containsExactlyInAnyOrder("send", "signin");
        registry.comeBack();
        assertThat(alice.screen.next()).isEqualTo(new Happening.RegistryBack());
        assertThat(registry.nextRequest("signin").split(" ")[1]).isEqualTo("alice");
        alice.type(new Input.Create(Fixtures.TEAM));
        assertThat(alice.screen.next()).isEqualTo(new Happening.Done("create", new Answer.Created(Fixtures.TEAM)));
    }

    @Test
    void aRegistryThatIsNotThereFromTheStartIsMissedToo() throws Exception {
        registry.goAway();
        var alice = person("alice");
        alice.screen.next(Happening.RegistryLost.class);
        registry.comeBack();
        assertThat(alice.screen.next(Happening.RegistryBack.class)).isNotNull();
        alice.signIn();
    }

    /** However often it flaps before it lets her in again, she is told once that it went and once that it is back. */
    @Test
    void aRegistryThatFlapsIsLostOnceAndBackOnce() throws Exception {
        var alice = person("alice").signIn();
        var flaps = new CountDownLatch(3);
        registry.instead = request -> {
            if (!request.startsWith("signin") || flaps.getCount() == 0) return null;
            flaps.countDown();
            hangUp();
            return "too late";
        };
        registry.hangUp();
        assertThat(alice.screen.next()).isInstanceOf(Happening.RegistryLost.class);
        assertThat(flaps.await(20, TimeUnit.SECONDS)).isTrue();
        Happening next = alice.screen.next();
        while (next instanceof Happening.Notice) next = alice.screen.next();
        assertThat(next).isEqualTo(new Happening.RegistryBack());
        alice.type(new Input.ListGroups());
        assertThat(alice.screen.next()).isInstanceOf(Happening.Done.class);
    }

    private void hangUp() {
        try {
            registry.hangUp();
        } catch (IOException unclosed) {
            throw new AssertionError(unclosed);
        }
    }

    @Test
    void whoSignsInAsSomebodyElseLeavesNoSendWithoutItsEnd() throws Exception {
        var bob = new Contact(kit);
        bob.verdict = new CompletableFuture<>();
        registry.addresses.put("bob", bob.address().toString());
        var alice = person("alice").signIn();
        for (int i = 0; i < 5; i++) alice.send("bob", "text " + i);
        bob.next();
        alice.type(new Input.SignIn(Fixtures.CAROL, Fixtures.PASSWORD));
        assertThat(alice.screen.next(Happening.Done.class).answer()).isEqualTo(new Answer.SignedIn(Fixtures.CAROL));
        bob.verdict.complete(new Inbox.Verdict.Kept());
        for (int i = 0; i < 5; i++) {
            assertThat(alice.screen.next(Happening.Done.class).command()).isEqualTo("send");
        }
        assertThat(alice.screen.rest()).isEmpty();
    }

    /** A second session would have a second courier, and its texts would overtake. */
    @Test
    void whoSignsInAgainKeepsTheOrderOfTexts() throws Exception {
        var bob = new Contact(kit);
        bob.verdict = new CompletableFuture<>();
        registry.addresses.put("bob", bob.address().toString());
        var alice = person("alice").signIn();
        alice.send("bob", "first");
        assertThat(bob.next()).isEqualTo("first");
        alice.signIn();
        alice.send("bob", "second");
        assertThat(bob.texts.poll(300, TimeUnit.MILLISECONDS)).isNull();
        bob.verdict.complete(new Inbox.Verdict.Kept());
        assertThat(bob.next()).isEqualTo("second");
    }

    @Test
    void whileNobodyIsSignedInTextsAreRefusedAndTheirSenderKnows() {
        var bob = person("bob");
        var ready = bob.screen.next(Happening.Ready.class);
        registry.addresses.put("bob", ready.at().toString());
        var alice = person("alice").signIn();
        alice.send("bob", "hi");
        assertThat(alice.failure().why()).startsWith("bob: ");
        assertThat(bob.screen.next())
                .isEqualTo(new Happening.Notice(
                        "Dropped a link from 127.0.0.1, who says to be alice: nobody is signed in"));
    }

    /** The registry tells others where bob is before bob has read that he is signed in. */
    @Test
    void whoeverListensEverywhereIsReachedWhereTheRegistrySeesHim() throws Exception {
        var alice = new Person(
                "alice", Fixtures.settings(registry.port(), "0.0.0.0", folder.resolve("alice")), new Shown());
        var at = alice.screen.next(Happening.Ready.class).at();
        assertThat(at.host()).isEqualTo("0.0.0.0");
        alice.signIn();
        assertThat(registry.nextRequest("signin")).endsWith(" 127.0.0.1:" + at.port());
    }

    @Test
    void aPlaceThatIsTakenEndsTheProgramWithAReason() throws IOException {
        try (var taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            assertCannotStart(
                    listen("127.0.0.1", taken.getLocalPort()),
                    "Cannot listen on 127.0.0.1:%d: Address already in use".formatted(taken.getLocalPort()));
        }
    }

    @Test
    void aPlaceThatIsNowhereEndsTheProgramWithAReason() {
        assertCannotStart(
                listen("no-such-host.invalid", 0), "Cannot listen on no-such-host.invalid:0: there is no such host");
    }

    @Test
    void aPlaceThatClassicPeersCannotReachEndsTheProgramWithAReason() {
        assertCannotStart(listen("::1", 0), "Cannot listen on ::1:0: classic peers need an IPv4 address");
    }

    @Test
    void aFolderThatCannotBeUsedEndsTheProgramWithAReason() throws IOException {
        var file = Files.createFile(folder.resolve("file"));
        var settings = Fixtures.settings(registry.port(), "127.0.0.1", file);
        assertCannotStart(settings, "cannot use the download folder %s: ".formatted(file));
    }

    private PeerSettings listen(String host, int port) {
        var some = Fixtures.settings(registry.port(), host, folder.resolve("downloads"));
        return new PeerSettings(
                some.registry(),
                InetSocketAddress.createUnresolved(host, port),
                some.downloads(),
                some.stopTimeout(),
                some.lookup(),
                some.link(),
                some.transfer());
    }

    private void assertCannotStart(PeerSettings settings, String why) {
        // A peer is gone when its last word is shown; this one's is not before the next command has come.
        var screen = new Shown();
        screen.standStill();
        var alice = new Person("alice", settings, screen);
        alice.type(new Input.ListGroups());
        var failed = List.of(alice.failure(), alice.failure());
        screen.goOn();
        assertThat(failed.getFirst().command()).isEqualTo("start");
        assertThat(failed.getFirst().why()).startsWith(why);
        assertThat(failed.getLast()).isEqualTo(new Happening.Failed("list", "The program could not start"));
        kit.createTestProbe().expectTerminated(alice.peer);
    }
}
