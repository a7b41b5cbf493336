package parley.peer.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import parley.messages.classic.Reply;
import parley.messages.classic.Request;
import parley.messages.name.Address;
import parley.messages.name.UserName;
import parley.peer.cipher.OwnKeyPair;
import parley.peer.link.Inbox;
import parley.peer.talk.Answer;
import parley.peer.talk.Happening;
import parley.peer.talk.Party;

/** A session with real links to contacts, and an actor that plays the registry. */
class SessionTest {
    static final ActorTestKit kit = ActorTestKit.create();
    static final OwnKeyPair KEYS = OwnKeyPair.create(new SecureRandom());

    final Shown screen = new Shown();
    final Contact bob = new Contact(kit);
    final Map<UserName, Address> online = new ConcurrentHashMap<>(Map.of(Fixtures.BOB, bob.address()));
    final ActorRef<Session.Command> session = session(PlayedLookup.replying(kit, this::reply));

    @AfterAll
    static void close() {
        kit.shutdownTestKit();
    }

    private Reply reply(Request request) {
        return switch (request) {
            case Request.WhereIs(var user) when online.containsKey(user) -> new Reply.At(online.get(user));
            case Request.WhereIs(var user) -> new Reply.Refused("User %s is not online".formatted(user));
            case Request.WhereAre(var group, var user) -> new Reply.Refused("Not a member of " + group);
            default -> throw new AssertionError(request);
        };
    }

    private ActorRef<Session.Command> session(PlayedLookup lookup) {
        var packing = Fixtures.packing(kit, KEYS.publicValue(), screen);
        return kit.spawn(Session.create(Fixtures.ALICE, new Session.Tools(lookup.registry, packing, screen, KEYS)));
    }

    private void send(Party to, String text) {
        session.tell(new Session.Send("send", List.of(to), new Parcel.Text(text)));
    }

    @Test
    void aTextArrivesAndItsSenderIsToldSo() throws Exception {
        send(Fixtures.TO_BOB, "hi");
        assertThat(bob.next()).isEqualTo("hi");
        assertThat(screen.next())
                .isEqualTo(new Happening.Done("send", new Answer.Sent(List.of(Fixtures.TO_BOB), 1, List.of())));
    }

    @Test
    void textsToOneContactKeepTheirOrder() throws Exception {
        for (int i = 0; i < 30; i++) send(Fixtures.TO_BOB, "text " + i);
        for (int i = 0; i < 30; i++) {
            assertThat(bob.next()).isEqualTo("text " + i);
            assertThat(screen.next()).isInstanceOf(Happening.Done.class);
        }
    }

    @Test
    void aContactWhoIsSlowDoesNotHoldUpAnother() throws Exception {
        var carol = new Contact(kit);
        online.put(Fixtures.CAROL, carol.address());
        bob.verdict = new CompletableFuture<>();
        send(Fixtures.TO_BOB, "slow");
        bob.next();
        send(new Party.User(Fixtures.CAROL), "quick");
        assertThat(carol.next()).isEqualTo("quick");
        assertThat(screen.next())
                .isEqualTo(new Happening.Done(
                        "send", new Answer.Sent(List.of(new Party.User(Fixtures.CAROL)), 1, List.of())));
        bob.verdict.complete(new Inbox.Verdict.Kept());
        assertThat(screen.next()).isInstanceOf(Happening.Done.class);
    }

    @Test
    void whoTakesATextAndThenBreaksOffHasNotReceivedIt() throws Exception {
        bob.verdict.obtrudeValue(new Inbox.Verdict.Refused("full"));
        send(Fixtures.TO_BOB, "hi");
        assertThat(screen.next())
                .isInstanceOfSatisfying(
                        Happening.Failed.class,
                        failed -> assertThat(failed.why()).startsWith("bob: "));
    }

    @Test
    void whoIsOfflineOrUnknownIsSaidSo() {
        send(new Party.User(Fixtures.CAROL), "hi");
        assertThat(screen.next()).isEqualTo(new Happening.Failed("send", "User carol is not online"));
    }

    @Test
    void whoIsNotWhereHeIsSaidToBeIsNamed() {
        bob.unlisten();
        send(Fixtures.TO_BOB, "hi");
        assertThat(screen.next())
                .isInstanceOfSatisfying(
                        Happening.Failed.class,
                        failed -> assertThat(failed.why()).startsWith("bob: no connection"));
    }

    @Test
    void nobodySendsToHimself() {
        send(new Party.User(Fixtures.ALICE), "hi");
        assertThat(screen.next())
                .isEqualTo(new Happening.Failed("send", "You are alice yourself, expected somebody else"));
    }

    @Test
    void aGroupThatOneIsNotInSaysSo() {
        send(Fixtures.TO_TEAM, "hi");
        assertThat(screen.next()).isEqualTo(new Happening.Failed("send", "Not a member of team"));
    }

    @Test
    void aFileThatIsNotThereIsNoFile() {
        session.tell(new Session.Send("send", List.of(Fixtures.TO_BOB), new Parcel.File(Path.of("/no/such/file"))));
        assertThat(screen.next())
                .isEqualTo(new Happening.Failed("send", "Cannot send the file: no such file or folder"));
    }

    @Test
    void aTextThatIsTooLongIsRefused() {
        send(Fixtures.TO_BOB, "ä".repeat(Packing.TEXT_BYTES_MAX / 2 + 1));
        assertThat(screen.next())
                .isEqualTo(new Happening.Failed(
                        "send", "The text has 61442 bytes, expected at most 61440; longer ones go as a file"));
    }

    @Test
    void whileTheRegistryIsAwaySendingFailsAtOnce() {
        var alone = session(PlayedLookup.unreachable(kit));
        alone.tell(new Session.Send("send", List.of(Fixtures.TO_BOB), new Parcel.Text("hi")));
        assertThat(screen.next()).isEqualTo(new Happening.Failed("send", "The registry is away"));
    }

    @Test
    void whoFinishesCarriesEverythingToItsEndAndTakesNothingNew() throws Exception {
        bob.verdict = new CompletableFuture<>();
        for (int i = 0; i < 3; i++) send(Fixtures.TO_BOB, "text " + i);
        bob.next();
        session.tell(new Session.Finish());
        session.tell(new Session.Finish());
        send(Fixtures.TO_BOB, "too late");
        assertThat(screen.next()).isEqualTo(new Happening.Failed("send", "alice is no longer signed in"));
        bob.verdict.complete(new Inbox.Verdict.Kept());
        for (int i = 0; i < 3; i++) assertThat(screen.next()).isInstanceOf(Happening.Done.class);
        kit.createTestProbe().expectTerminated(session);
        assertThat(screen.rest()).isEmpty();
    }

    @Test
    void whoFinishesWithNothingUnderWayIsGoneAtOnce() {
        session.tell(new Session.Finish());
        kit.createTestProbe().expectTerminated(session);
    }

    @Test
    void whoFinishesWaitsForTheLinksThatUseItsCiphers() {
        var link = kit.<Optional<Cipher>>createTestProbe();
        session.tell(new Session.Introduce(Fixtures.TO_BOB, link.ref()));
        var cipher = link.receiveMessage().orElseThrow();
        session.tell(new Session.Finish());
        session.tell(new Session.Introduce(Fixtures.TO_BOB, link.ref()));
        link.receiveMessage().orElseThrow().giveBack();
        cipher.giveBack();
        link.expectTerminated(session);
    }

    @Test
    void whoAbortsTellsOfEachCommandOnceThatItFailed() throws Exception {
        bob.verdict = new CompletableFuture<>();
        for (int i = 0; i < 5; i++) send(Fixtures.TO_BOB, "text " + i);
        bob.next();
        session.tell(new Session.Finish());
        session.tell(new Session.Abort());
        kit.createTestProbe().expectTerminated(session);
        bob.verdict.complete(new Inbox.Verdict.Kept());
        assertThat(screen.rest())
                .hasSize(5)
                .containsOnly(new Happening.Failed("send", "Stopped before its delivery was confirmed"));
    }

    /** Whatever is asked of it, in whatever order, each command ends once. */
    @Test
    void eachCommandEndsOnce() {
        long seed = System.nanoTime();
        var random = new SplittableRandom(seed);
        var parties = List.<Party>of(
                Fixtures.TO_BOB,
                new Party.User(Fixtures.CAROL),
                new Party.User(Fixtures.ALICE),
                Fixtures.TO_TEAM,
                new Party.Group(Fixtures.LAB));
        int commands = 200;
        int finishedAt = random.nextInt(commands);
        for (int i = 0; i < commands; i++) {
            var to = parties.stream().filter(any -> random.nextBoolean()).toList();
            var some = to.isEmpty() ? List.of(Fixtures.TO_BOB) : to;
            session.tell(new Session.Send("send " + i, some, new Parcel.Text("x")));
            if (i == finishedAt) session.tell(new Session.Finish());
        }
        session.tell(random.nextBoolean() ? new Session.Finish() : new Session.Abort());
        kit.createTestProbe().expectTerminated(session);
        var ended = screen.rest().stream().map(SessionTest::verb).toList();
        var begun =
                IntStream.rangeClosed(0, finishedAt).mapToObj(i -> "send " + i).toList();
        assertThat(ended).as("seed %d", seed).doesNotHaveDuplicates().containsAll(begun);
    }

    private static String verb(Happening ended) {
        return switch (ended) {
            case Happening.Done(var verb, var answer) -> verb;
            case Happening.Failed(var verb, var why) -> verb;
            default -> throw new AssertionError(ended);
        };
    }
}
