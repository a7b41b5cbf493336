package parley.registry.gate;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import parley.messages.classic.Reply;
import parley.messages.classic.Request;
import parley.messages.name.UserName;
import parley.registry.user.ConnectionNotice;
import parley.registry.user.UserRegistry;

/** Each arrow of the stage's diagram. Where time matters the bounds are such that a slow machine can't break them. */
class GateStageTest {
    static final ActorTestKit kit = ActorTestKit.create(Limits.TESTKIT);
    static final Duration AT_ONCE = Duration.ofMillis(50);
    static final Duration NEVER = Duration.ofDays(1);
    static final UserName ALICE = new UserName("alice");
    static final UserName BOB = new UserName("bob");
    static final String ALICE_IS = "10.0.0.7:1005";
    static final String BOB_IS = "10.0.0.7:1003";

    @AfterAll
    static void close() {
        kit.shutdownTestKit();
    }

    @Test
    void quietEndsARequest() {
        probe(Limits.DEFAULTS).sends("client_info:bob").gets(BOB_IS);
        probe(Limits.quietPeriod(NEVER)).sends("client_info:bob").getsNothingFor(AT_ONCE);
    }

    @Test
    void bytesThatComeFasterThanTheQuietPeriodAreOneRequest() {
        var client = probe(Limits.quietPeriod(Duration.ofSeconds(1)));
        for (var piece : List.of("cli", "ent", "_in", "fo:", "bob")) {
            client.sends(piece).getsNothingFor(Duration.ofMillis(300));
        }
        client.gets(BOB_IS);
    }

    @Test
    void afterANewlineQuietEndsNothingAnyMore() {
        probe(Limits.DEFAULTS)
                .sends("client_info:bob\nclient_info:al")
                .gets(BOB_IS)
                .getsNothingFor(Duration.ofMillis(200))
                .sends("ice\n")
                .gets(ALICE_IS);
    }

    @Test
    void wholeWordsNeedNoQuiet() {
        var client = probe(Limits.quietPeriod(NEVER));
        client.sends("list").gets("ListGroups[] from null").sends("members").gets("Members[] from null");
        client.sends("exit").seesTheEnd().isGone();
    }

    @Test
    void theNextRequestWaitsForTheAnswerToTheFirst() throws InterruptedException {
        var client = probe(Limits.DEFAULTS);
        client.desk.fallSilent();
        client.sends("client_info:alice\nlist\nclient_info:bob\n");
        var first = client.desk.sees(OpenDesk.Sought.class);
        client.desk.seesNothing();
        first.replyTo().tell(EchoDesk.at(ALICE));
        var second = client.gets(ALICE_IS).desk.sees(OpenDesk.Asked.class);
        client.desk.seesNothing();
        second.answer().complete(new Reply.Done("two"));
        client.gets("two").desk.sees(OpenDesk.Sought.class).replyTo().tell(EchoDesk.at(BOB));
        client.gets(BOB_IS);
    }

    @Test
    void aLookUpThatIsLateIsBusyAndItsAnswerIsNobodyElses() throws InterruptedException {
        var client = probe(Limits.answer(Duration.ofMillis(200)));
        client.desk.fallSilent();
        client.sends("client_info:alice\n");
        client.desk.sees(OpenDesk.Sought.class).replyTo().tell(EchoDesk.at(ALICE));
        client.gets(ALICE_IS).sends("client_info:alice\n");
        var late = client.desk.sees(OpenDesk.Sought.class);
        client.gets("Error:Registry is busy").sends("client_info:bob\n");
        var next = client.desk.sees(OpenDesk.Asked.class);
        assertThat(next.request()).isEqualTo(new Request.WhereIs(BOB));
        late.replyTo().tell(EchoDesk.at(ALICE));
        client.getsNothingFor(AT_ONCE);
        next.answer().complete(new Reply.Done("bob's"));
        client.gets("bob's");
    }

    @Test
    void nothingIsAskedForAClientThatDoesNotRead() throws InterruptedException {
        var client = new StageProbe(kit.system(), Limits.DEFAULTS, 1);
        client.desk.fallSilent();
        client.sends("list\nlist\nlist\n");
        client.desk.sees(OpenDesk.Asked.class).answer().complete(new Reply.Done("one"));
        client.gets("one");
        client.desk.seesNothing();
        client.reads(1);
        client.desk.sees(OpenDesk.Asked.class);
    }

    @Test
    void nothingIsReadWhileAnAnswerIsWaitedFor() throws InterruptedException {
        var read = new AtomicInteger();
        var desk = new OpenDesk();
        desk.fallSilent();
        var visit = Limits.door(Limits.DEFAULTS)
                .admit(InetAddress.getLoopbackAddress())
                .orElseThrow();
        Source.repeat(ByteString.fromString("list\n"))
                .take(10_000)
                .map(piece -> {
                    read.incrementAndGet();
                    return piece;
                })
                .via(new GateStage(desk, Limits.DEFAULTS, visit))
                .runWith(Sink.ignore(), kit.system());
        var asked = desk.sees(OpenDesk.Asked.class);
        desk.seesNothing();
        assertThat(read).hasValue(1);
        asked.answer().complete(new Reply.Done("one"));
        desk.sees(OpenDesk.Asked.class);
        desk.seesNothing();
        assertThat(read).hasValue(2);
    }

    @Test
    void anAnswerThatDoesNotComeIsBusyAndTheConnectionStays() throws InterruptedException {
        var client = probe(Limits.DEFAULTS);
        client.desk.fallSilent();
        client.sends("list\n");
        client.desk.sees(OpenDesk.Asked.class).answer().completeExceptionally(new TimeoutException("late"));
        client.gets("Error:Registry is busy");
        client.sends("list\n");
        client.desk.sees(OpenDesk.Asked.class).answer().complete(new Reply.Done("here"));
        client.gets("here");
    }

    @Test
    void nonsenseIsAnsweredAndTheConnectionStays() {
        probe(Limits.DEFAULTS)
                .sends("hello\n")
                .gets("Error:Invalid command")
                .sends("signin alice\n")
                .gets("Error:Expected signin NAME PASSWORD IP and port")
                .sends("client_info:white space\n")
                .gets("Error:Bad user name, expected 1 to 32 of a-z 0-9 _ . -")
                .sends("list\n")
                .gets("ListGroups[] from null");
    }

    @Test
    void afterTenTimesNonsenseEachAnswerTakesTwiceAsLong() {
        var client = probe(Limits.DEFAULTS);
        for (int i = 0; i < 10; i++) client.sends("hello\n").gets("Error:Invalid command");
        long before = System.nanoTime();
        for (int i = 0; i < 5; i++) client.sends("hello\n").gets("Error:Invalid command");
        assertThat(Duration.ofNanos(System.nanoTime() - before))
                .isGreaterThanOrEqualTo(Duration.ofMillis(20 + 40 + 80 + 160 + 320));
    }

    /** Unforgiven, the second ten would take twenty seconds. */
    @Test
    void oneValidRequestIsForgivenEverything() {
        var client = probe(new GateLimits(Duration.ofMillis(20), NEVER, NEVER, 10, NEVER, 16, 256, 20_000));
        for (int round = 0; round < 3; round++) {
            for (int i = 0; i < 10; i++) client.sends("hello\n").gets("Error:Invalid command");
            client.sends("list\n").gets("ListGroups[] from null");
        }
    }

    @Test
    void delaysOfNonsenseEndAtTheLongest() {
        var limits = new GateLimits(Duration.ofMillis(20), NEVER, NEVER, 0, Duration.ofMillis(25), 16, 256, 20_000);
        var client = probe(limits);
        for (int i = 0; i < 40; i++) client.sends("hello\n").gets("Error:Invalid command");
    }

    @Test
    void moreThan4096BytesWithoutAnEndAreRefusedAndTheConnectionCloses() {
        probe(Limits.quietPeriod(NEVER))
                .sends("a".repeat(4096))
                .getsNothingFor(AT_ONCE)
                .sends("a")
                .gets("Error:Request too long, expected at most 4096 bytes")
                .seesTheEnd()
                .closesItsSide();
    }

    @Test
    void aLineOf4096BytesIsReadAndALongerOneIsNot() {
        probe(Limits.DEFAULTS)
                .sends("a".repeat(4096) + "\n")
                .gets("Error:Invalid command")
                .sends("list\n" + "a".repeat(4097) + "\nlist\n")
                .gets("ListGroups[] from null")
                .gets("Error:Request too long, expected at most 4096 bytes")
                .seesTheEnd();
    }

    @Test
    void whoGoesOnSendingAfterTheEndIsReadForAWhileAndThenCut() {
        var client = probe(Limits.DEFAULTS)
                .sends("a".repeat(5000))
                .gets("Error:Request too long, expected at most 4096 bytes");
        client.seesTheEnd().sends("a".repeat(5000)).sends("a".repeat(5000)).isGone();
    }

    @Test
    void whoAsksNothingIsClosedWithoutAWord() {
        probe(Limits.firstRequest(Duration.ofMillis(100))).seesTheEnd().isGone();
    }

    @Test
    void whoAskedOnceMayBeSilent() {
        probe(Limits.firstRequest(Duration.ofMillis(300)))
                .sends("list")
                .gets("ListGroups[] from null")
                .getsNothingFor(Duration.ofMillis(600));
    }

    @Test
    void bytesThatNeverBecomeARequestAreNoFirstRequest() {
        var limits = new GateLimits(NEVER, Duration.ofMillis(200), NEVER, 10, NEVER, 16, 256, 20_000);
        probe(limits).sends("client_").sends("info").seesTheEnd().isGone();
    }

    @Test
    void exitClosesWithoutAnAnswer() {
        probe(Limits.DEFAULTS).sends("exit\nlist\n").seesTheEnd().isGone();
    }

    @Test
    void signingInIsStateOfTheConnection() throws InterruptedException {
        var client = probe(Limits.DEFAULTS).signsInAs("alice");
        var asked = client.desk.sees(OpenDesk.SigningIn.class);
        assertThat(asked.source()).isEqualTo("127.0.0.1");
        client.sends("members\n").gets("Members[] from alice");
        client.sends("signin bob wrong 10.0.0.7:41233\n").gets("Error:Wrong name or password");
        client.sends("members\n").gets("Members[] from alice");
    }

    @Test
    void whoSignsInAsAnotherIsSignedOutAsTheFirst() throws InterruptedException {
        var client = probe(Limits.DEFAULTS).signsInAs("alice");
        var asked = client.desk.sees(OpenDesk.SigningIn.class);
        client.signsInAs("alice");
        client.desk.sees(OpenDesk.SigningIn.class);
        client.signsInAs("bob");
        client.desk.sees(OpenDesk.SigningIn.class);
        assertThat(client.desk.sees(OpenDesk.SignedOut.class))
                .isEqualTo(new OpenDesk.SignedOut(ALICE, asked.connection()));
        client.sends("members\n").gets("Members[] from bob");
    }

    @Test
    void whoIsSupersededIsToldNothingAndIsNobody() throws InterruptedException {
        var client = probe(Limits.DEFAULTS).signsInAs("alice");
        var connection = client.desk.sees(OpenDesk.SigningIn.class).connection();
        connection.tell(new ConnectionNotice.Superseded(BOB));
        connection.tell(new ConnectionNotice.Superseded(ALICE));
        client.getsNothingFor(AT_ONCE).sends("members\n").gets("Members[] from null");
    }

    @Test
    void whoSignsInIsAStrangerNoLongerAndWhoIsSupersededIsOneAgain() throws InterruptedException {
        var client = probe(Limits.admitting(16, 1, 100));
        assertThat(client.door.admit(InetAddress.getLoopbackAddress())).isEmpty();
        client.signsInAs("alice");
        client.door.admit(InetAddress.getLoopbackAddress()).orElseThrow().over();
        client.desk.sees(OpenDesk.SigningIn.class).connection().tell(new ConnectionNotice.Superseded(ALICE));
        client.sends("members\n").gets("Members[] from null");
        assertThat(client.door.admit(InetAddress.getLoopbackAddress())).isEmpty();
    }

    @Test
    void aNoticeAboutAnEarlierUserIsNoLongerOurs() throws InterruptedException {
        var client = probe(Limits.DEFAULTS).signsInAs("alice").signsInAs("bob");
        var connection = client.desk.sees(OpenDesk.SigningIn.class).connection();
        connection.tell(new ConnectionNotice.Superseded(ALICE));
        connection.tell(new ConnectionNotice.Forgotten(ALICE));
        client.getsNothingFor(AT_ONCE).sends("members\n").gets("Members[] from bob");
    }

    @Test
    void supersededJustBeforeItSignsInAgainItIsSignedIn() throws InterruptedException {
        var client = probe(Limits.DEFAULTS).signsInAs("alice");
        client.desk.sees(OpenDesk.SigningIn.class);
        client.desk.fallSilent();
        client.sends("signin alice secret 10.0.0.7:41233\n");
        var again = client.desk.sees(OpenDesk.SigningIn.class);
        again.connection().tell(new ConnectionNotice.Superseded(ALICE));
        again.replyTo().tell(new UserRegistry.SignedIn());
        client.gets("Signin successful").sends("members\n");
        var asked = client.desk.sees(OpenDesk.Asked.class);
        asked.answer().complete(new Reply.Done("done"));
        client.gets("done");
    }

    @Test
    void whomTheRegistryForgotIsAnsweredAndClosed() throws InterruptedException {
        var client = probe(Limits.DEFAULTS).signsInAs("alice");
        var connection = client.desk.sees(OpenDesk.SigningIn.class).connection();
        client.desk.fallSilent();
        client.sends("list\n");
        var asked = client.desk.sees(OpenDesk.Asked.class);
        connection.tell(new ConnectionNotice.Forgotten(ALICE));
        client.getsNothingFor(AT_ONCE);
        asked.answer().complete(new Reply.Done("answered"));
        client.gets("answered").seesTheEnd().isGone();
    }

    @Test
    void aSignInThatIsNotDecidedIsBusyAndTheConnectionCloses() throws InterruptedException {
        var client = probe(Limits.answer(Duration.ofMillis(100)));
        client.desk.fallSilent();
        client.sends("signin alice secret 10.0.0.7:41233\nlist\n");
        var asked = client.desk.sees(OpenDesk.SigningIn.class);
        client.gets("Error:Registry is busy").seesTheEnd();
        assertThat(client.desk.sees(OpenDesk.SignedOut.class))
                .isEqualTo(new OpenDesk.SignedOut(ALICE, asked.connection()));
        asked.replyTo().tell(new UserRegistry.SignedIn());
        client.isGone();
    }

    @Test
    void theConnectionsReferenceEndsWithTheConnectionHoweverItEnds() throws InterruptedException {
        var ways = List.<Consumer<StageProbe>>of(
                client -> client.sends("exit\n"), StageProbe::closesItsSide, StageProbe::breaks);
        for (var way : ways) {
            var client = probe(Limits.DEFAULTS).signsInAs("alice");
            var connection = client.desk.sees(OpenDesk.SigningIn.class).connection();
            way.accept(client);
            kit.createTestProbe().expectTerminated(connection, Duration.ofSeconds(5));
        }
    }

    @Test
    void drainingAnswersWhatWasReceivedAndThenCloses() throws InterruptedException {
        var client = probe(Limits.DEFAULTS);
        client.desk.fallSilent();
        client.sends("list\nmembers\nclient_info:half of a requ");
        var first = client.desk.sees(OpenDesk.Asked.class);
        var drained = client.door.drain();
        client.getsNothingFor(AT_ONCE);
        first.answer().complete(new Reply.Done("one"));
        client.gets("one");
        client.desk.sees(OpenDesk.Asked.class).answer().complete(new Reply.Done("two"));
        client.gets("two").seesTheEnd().closesItsSide();
        assertThat(drained).succeedsWithin(Duration.ofSeconds(5));
    }

    @Test
    void drainingWaitsNoLongerThanItMay() throws InterruptedException {
        var client = probe(Limits.DEFAULTS);
        client.desk.fallSilent();
        client.sends("list\nmembers\n");
        var first = client.desk.sees(OpenDesk.Asked.class);
        var drained = client.door.drain();
        client.gets("Error:Registry is busy").seesTheEnd();
        first.answer().complete(new Reply.Done("late"));
        assertThat(drained).succeedsWithin(Duration.ofSeconds(5));
    }

    @Test
    void aSignInThatDrainingGivesUpIsSignedOut() throws InterruptedException {
        var client = probe(Limits.answer(NEVER));
        client.desk.fallSilent();
        client.sends("signin alice secret 10.0.0.7:41233\n");
        var asked = client.desk.sees(OpenDesk.SigningIn.class);
        client.door.drain();
        client.gets("Error:Registry is busy").seesTheEnd();
        assertThat(client.desk.sees(OpenDesk.SignedOut.class))
                .isEqualTo(new OpenDesk.SignedOut(ALICE, asked.connection()));
    }

    @Test
    void drainingDoesNotWaitForAClientThatDoesNotRead() {
        var client = new StageProbe(kit.system(), Limits.firstRequest(NEVER), 0);
        client.sends("list\n").getsNothingFor(AT_ONCE);
        assertThat(client.door.drain()).succeedsWithin(Duration.ofSeconds(5));
    }

    @Test
    void drainingTakesWhatWasWaitingForQuietAsARequest() {
        var client = probe(Limits.quietPeriod(NEVER))
                .sends("client_info:b")
                .getsNothingFor(AT_ONCE)
                .sends("ob");
        client.getsNothingFor(AT_ONCE);
        var drained = client.door.drain();
        client.gets(BOB_IS).seesTheEnd();
        assertThat(drained).succeedsWithin(Duration.ofSeconds(5));
    }

    @Test
    void aConnectionThatComesWhileDrainingIsClosed() {
        var client = probe(Limits.DEFAULTS);
        assertThat(client.door.drain()).succeedsWithin(Duration.ofSeconds(5));
        assertThat(client.door.admit(InetAddress.getLoopbackAddress())).isEmpty();
    }

    private static StageProbe probe(GateLimits limits) {
        return new StageProbe(kit.system(), limits);
    }
}
