package parley.registry.gate.modern;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import java.time.Duration;
import java.util.Optional;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import parley.messages.directory.Code;
import parley.messages.directory.Limits;
import parley.messages.directory.Reply;
import parley.messages.directory.Request;
import parley.messages.name.PeerAddress;
import parley.messages.name.UserName;
import parley.registry.mailbox.Mailbox;
import parley.registry.user.ConnectionNotice;
import parley.registry.user.ModernUser;

class ConnectionTest {
    private static final ActorTestKit KIT = ActorTestKit.create(
            "connection",
            ConfigFactory.parseString("pekko { fail-mixed-versions = off, test.single-expect-default = 10 s }"));
    private static final Duration SOON = Duration.ofMillis(150);
    private static final Duration LATE = Duration.ofSeconds(5);
    private static final UserName BOB = new UserName("bob");
    private static final Reply AT = new Reply.At(Optional.of(PeerAddress.parse("10.0.0.7:7")));

    private final PeerProbe peer = new PeerProbe(KIT.system(), PeerProbe.LIMITS);

    @AfterAll
    static void close() {
        KIT.shutdownTestKit();
    }

    @Test
    void nothingIsSaidBeforeTheHandshakeAndHelloRightAfterIt() {
        peer.reads(1).hearsNothing();
        peer.shakesHands().hears(PeerProbe.HELLO);
    }

    @Test
    void aHandshakeThatTakesTooLongIsCut() {
        new PeerProbe(KIT.system(), PeerProbe.limits(SOON, LATE, LATE)).isCut();
    }

    @Test
    void whoAsksNothingIsLetGo() {
        var silent = new PeerProbe(KIT.system(), PeerProbe.limits(LATE, SOON, LATE)).arrives();
        silent.hearsTheEnd().closes();
    }

    @Test
    void nonsenseIsNoFirstRequest() {
        var fool = new PeerProbe(KIT.system(), PeerProbe.limits(LATE, SOON, LATE)).arrives();
        fool.says("what\n").reads(2).hears("what Error:syntax expected a verb, found the end of the line\n");
        fool.hearsTheEnd();
    }

    @Test
    void whoAskedOnceMayBeSilent() throws Exception {
        var quiet = new PeerProbe(KIT.system(), PeerProbe.limits(LATE, SOON, LATE)).arrives();
        quiet.says("a client_info bob\n");
        quiet.desk.sees(OpenModernDesk.Question.class).answer().complete(AT);
        quiet.reads(2).hears("a ok 10.0.0.7:7\n").hearsNothing().hearsNothing();
    }

    @Test
    void answersComeWhenTheyAreReady() throws Exception {
        peer.arrives().says("a client_info bob\nb client_info carol\n");
        var first = peer.desk.sees(OpenModernDesk.Question.class);
        var second = peer.desk.sees(OpenModernDesk.Question.class);
        assertThat(first.request()).isEqualTo(new Request.WhereIs(BOB));
        assertThat(first.asker().shown()).isEqualTo(peer.key);
        second.answer().complete(AT);
        peer.reads(2).hears("b ok 10.0.0.7:7\n");
        first.answer().completeExceptionally(new IllegalStateException("too late"));
        peer.hears("a Error:busy The registry is busy, try again\n");
    }

    @Test
    void whatCannotBeReadCostsNothingButItself() throws Exception {
        peer.arrives().says("a fly me\nb client_info bob\n").reads(2).hears("a Error:verb no such verb\n");
        peer.desk.sees(OpenModernDesk.Question.class).answer().complete(AT);
        peer.hears("b ok 10.0.0.7:7\n");
    }

    @Test
    void aLineThatIsTooLongEndsTheConnection() {
        peer.arrives().reads(2).says("x".repeat(Limits.LINE_BYTES_MAX));
        peer.hears("- Error:syntax expected lines of at most 98304 bytes\n").hearsTheEnd();
    }

    @Test
    void nobodyHasMoreThanSixtyFourRequestsUnanswered() throws Exception {
        var lines = new StringBuilder();
        for (int i = 0; i < Limits.UNANSWERED_MAX + 1; i++) lines.append("a%d client_info bob\n".formatted(i));
        peer.arrives().says(lines.toString());
        var first = peer.desk.sees(OpenModernDesk.Question.class);
        for (int i = 1; i < Limits.UNANSWERED_MAX; i++) peer.desk.sees(OpenModernDesk.Question.class);
        peer.desk.seesNothing();
        first.answer().complete(AT);
        peer.desk.sees(OpenModernDesk.Question.class);
    }

    /** Each may bring a whole line of statements; three of them are more than a connection may have buffered. */
    @Test
    void answersThatWouldNotFitTheBufferAreNotAskedFor() throws Exception {
        peer.arrives().says("a chain bob 0\nb chain bob 0\nc chain bob 0\nd chain bob 0\n");
        for (int i = 0; i < 3; i++) peer.desk.sees(OpenModernDesk.Question.class);
        peer.desk.seesNothing();
    }

    /** However little each brings: what it has not read counts. */
    @Test
    void whoDoesNotReadIsNotAnsweredForEver() throws Exception {
        peer.arrives();
        var full = new Reply.Refused(Code.FULL, "x".repeat(500));
        var lines = "a deposit bob AAAA\n".repeat(1_000);
        peer.says(lines);
        int answered = 0;
        for (; !peer.desk.isIdle(); answered++)
            peer.desk.sees(OpenModernDesk.Question.class).answer().complete(full);
        assertThat(answered).isBetween(200, 600);
    }

    @Test
    void whatIsSentBehindASignInWaitsForIt() throws Exception {
        peer.arrives().says("a signin alice 10.0.0.7:7\nb client_info bob\n");
        var attempt = peer.desk.sees(OpenModernDesk.SigningIn.class);
        assertThat(attempt.shown()).isEqualTo(peer.key);
        assertThat(attempt.at()).contains(PeerAddress.parse("10.0.0.7:7"));
        peer.desk.seesNothing();
        attempt.replyTo().tell(new ModernUser.SignedIn(4, ByteString.fromArray(new byte[32]), 100, 2));
        peer.reads(1).hears("a ok 4 %s 100 2\n".formatted("A".repeat(43)));
        assertThat(peer.desk.sees(OpenModernDesk.Question.class).asker().user()).isEqualTo(PeerProbe.ALICE);
    }

    @Test
    void aSignInThatIsRefusedLeavesAStranger() throws Exception {
        peer.arrives().says("a signin alice -\nb client_info bob\n");
        peer.desk.sees(OpenModernDesk.SigningIn.class).replyTo().tell(new ModernUser.WrongKey());
        peer.reads(1).hears("a Error:key The connection shows another key than the one that the chain names for it\n");
        assertThat(peer.desk.sees(OpenModernDesk.Question.class).asker().user()).isNull();
    }

    @Test
    void anUnspecifiedAddressIsWhereThePeerIsSeen() throws Exception {
        peer.arrives().says("a signin alice 0.0.0.0:7000\n");
        assertThat(peer.desk.sees(OpenModernDesk.SigningIn.class).at()).contains(PeerAddress.parse("127.0.0.1:7000"));
    }

    @Test
    void oneSignsInOnce() throws Exception {
        peer.signsIn().says("a signin alice -\n").reads(1).hears("a Error:state Signed in already\n");
    }

    @Test
    void aSignInThatTakesTooLongIsCalledOffAndEndsTheConnection() throws Exception {
        var unlucky = new PeerProbe(KIT.system(), PeerProbe.limits(LATE, LATE, SOON)).arrives();
        unlucky.says("a signin alice -\n");
        unlucky.desk.sees(OpenModernDesk.SigningIn.class);
        assertThat(unlucky.desk.sees(OpenModernDesk.SignedOut.class).user()).isEqualTo(PeerProbe.ALICE);
        unlucky.reads(2).hears("a Error:busy The registry is busy, try again\n").hearsTheEnd();
    }

    @Test
    void aSignInThatIsCalledOffWhileTheRegistryStopsIsAnsweredAllTheSame() throws Exception {
        var unlucky = new PeerProbe(KIT.system(), PeerProbe.limits(LATE, LATE, SOON)).arrives();
        unlucky.says("a signin alice -\n").reads(2);
        unlucky.desk.sees(OpenModernDesk.SigningIn.class);
        var drained = unlucky.door.drain();
        unlucky.hears("a Error:busy The registry is busy, try again\n")
                .hearsTheEnd()
                .closes();
        assertThat(drained).succeedsWithin(Duration.ofSeconds(5));
    }

    @Test
    void onlyWhoIsSignedInCollects() {
        peer.arrives().says("a collect 0\n").reads(1).hears("a Error:state Not signed in\n");
    }

    @Test
    void theNextEnvelopeIsFetchedWhenTheOneBeforeWasRead() throws Exception {
        peer.signsIn().says("a collect 5\n").reads(1).hears("a ok\n");
        peer.desk.seesNothing();
        peer.reads(1);
        var first = peer.desk.sees(OpenModernDesk.Collection.class);
        assertThat(first.after()).isEqualTo(5);
        first.collector().tell(envelope(7));
        peer.hears("* envelope 7 bob 99 AAAA\n");
        peer.desk.seesNothing();
        peer.reads(1);
        assertThat(peer.desk.sees(OpenModernDesk.Collection.class).after()).isEqualTo(7);
    }

    @Test
    void whatWasHadIsNotPushedAgain() throws Exception {
        peer.signsIn().says("a collect 0\n").reads(2).hears("a ok\n");
        var collector = peer.desk.sees(OpenModernDesk.Collection.class).collector();
        peer.says("b collect 7\n").hears("b ok\n").reads(1);
        assertThat(peer.desk.sees(OpenModernDesk.Collection.class).after()).isEqualTo(7);
        collector.tell(envelope(7));
        peer.hearsNothing();
        collector.tell(envelope(8));
        peer.hears("* envelope 8 bob 99 AAAA\n");
    }

    @Test
    void aMailboxThatForgotUsIsAskedAgain() throws Exception {
        peer.signsIn().says("a collect 3\n").reads(2).hears("a ok\n");
        peer.desk.sees(OpenModernDesk.Collection.class).collector().tell(new Mailbox.Interrupted());
        assertThat(peer.desk.sees(OpenModernDesk.Collection.class).after()).isEqualTo(3);
    }

    @Test
    void pushesComeBetweenAnswers() throws Exception {
        peer.signsIn().says("a client_info bob\n");
        var question = peer.desk.sees(OpenModernDesk.Question.class);
        peer.isTold(new ConnectionNotice.CameOnline(BOB, Optional.of(PeerAddress.parse("10.0.0.7:7"))));
        peer.reads(1).hears("* online bob 10.0.0.7:7\n");
        question.answer().complete(AT);
        peer.reads(1).hears("a ok 10.0.0.7:7\n");
        peer.isTold(new ConnectionNotice.ChainGrew(BOB, 5));
        peer.reads(1).hears("* chain bob 5\n");
        peer.isTold(new ConnectionNotice.PairsRunLow(19));
        peer.reads(1).hears("* prekeys 19\n");
    }

    @Test
    void ofWhatIsToldAboutSomebodyOnlyTheNewestWaits() throws Exception {
        peer.signsIn();
        for (int i = 0; i < 1_000; i++) {
            peer.isTold(new ConnectionNotice.CameOnline(BOB, Optional.empty()));
            peer.isTold(new ConnectionNotice.WentOffline(BOB));
        }
        peer.says("a collect 0\n").hearsNothing();
        peer.reads(1).hears("* offline bob\na ok\n");
    }

    @Test
    void whoSignsInElsewhereIsToldAndClosedHere() throws Exception {
        peer.signsIn();
        peer.isTold(new ConnectionNotice.Superseded(BOB));
        peer.isTold(new ConnectionNotice.Superseded(PeerProbe.ALICE));
        peer.reads(2).hears("* superseded\n").hearsTheEnd();
    }

    @Test
    void whoIsForgottenIsClosedSoThatItComesAgain() throws Exception {
        peer.signsIn();
        peer.isTold(new ConnectionNotice.Forgotten(PeerProbe.ALICE));
        peer.hearsTheEnd();
    }

    @Test
    void exitIsAnsweredAfterAllThatWasAskedBefore() throws Exception {
        peer.arrives().says("a client_info bob\nb exit\nc client_info bob\n");
        var question = peer.desk.sees(OpenModernDesk.Question.class);
        peer.reads(3).hearsNothing();
        question.answer().complete(AT);
        peer.hears("a ok 10.0.0.7:7\n").hears("b ok\n").hearsTheEnd();
        peer.desk.seesNothing();
    }

    @Test
    void whenTheRegistryStopsWhatWasAskedIsAnswered() throws Exception {
        peer.arrives().says("a client_info bob\n");
        var question = peer.desk.sees(OpenModernDesk.Question.class);
        var drained = peer.door.drain();
        question.answer().complete(AT);
        peer.reads(2).hears("a ok 10.0.0.7:7\n").hearsTheEnd().closes();
        assertThat(drained).succeedsWithin(Duration.ofSeconds(5));
    }

    @Test
    void aPeerThatDoesNotReadItsAnswersDoesNotHoldUpAStop() throws Exception {
        peer.arrives().says("a client_info bob\n");
        peer.desk.sees(OpenModernDesk.Question.class).answer().complete(AT);
        assertThat(peer.door.drain()).succeedsWithin(Duration.ofSeconds(5));
    }

    @Test
    void whoHasClosedIsGone() throws Exception {
        peer.signsIn().closes();
        peer.hearsTheEnd();
        assertThat(peer.door.drain()).succeedsWithin(Duration.ofSeconds(5));
    }

    private static Mailbox.Envelope envelope(long serial) {
        return new Mailbox.Envelope(serial, BOB, 99, ByteString.fromArray(new byte[3]));
    }
}
