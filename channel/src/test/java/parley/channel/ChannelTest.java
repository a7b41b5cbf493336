package parley.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.stream.javadsl.BidiFlow;
import org.apache.pekko.stream.javadsl.Flow;
import org.apache.pekko.testkit.javadsl.TestKit;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import parley.messages.identity.Fingerprint;
import parley.messages.identity.IdentityKey;

class ChannelTest {
    private static final ActorSystem SYSTEM = ActorSystem.create("channel");
    private static final ByteString HELLO = ByteString.fromString("hello");
    private static final long SECONDS_MAX = 10;

    @AfterAll
    static void close() {
        TestKit.shutdownActorSystem(SYSTEM);
    }

    @Test
    void bothSidesLearnEachOthersKeyAndHearEachOther() throws Exception {
        var two = Side.Two.run(client(exactly(Keys.REGISTRY)), null, server(anybody()), SYSTEM);
        two.client().speaks.sendNext(HELLO);
        two.server().hears.request(1).expectNext(HELLO);
        assertThat(key(two.client())).isEqualTo(Keys.REGISTRY.key());
        assertThat(key(two.server())).isEqualTo(Keys.ALICE.key());
        two.server().speaks.sendNext(HELLO);
        two.client().hears.request(1).expectNext(HELLO);
    }

    @Test
    void aLastWordEndsBothSidesInOrder() {
        var two = Side.Two.run(client(anybody()), null, server(anybody()), SYSTEM);
        two.client().speaks.sendNext(HELLO).sendComplete();
        two.server().hears.request(2).expectNext(HELLO).expectComplete();
        two.server().speaks.expectCancellation();
        two.client().hears.ensureSubscription().expectComplete();
    }

    @Test
    void whatWasSaidBeforeTheHandshakeWasDoneIsNotLost() {
        var two = Side.Two.run(client(anybody()), null, server(anybody()), SYSTEM);
        two.server().speaks.sendNext(HELLO).sendComplete();
        two.client().hears.request(2).expectNext(HELLO).expectComplete();
    }

    @Test
    void aManInTheMiddleWithAValidCertificateOfHisOwnIsRefused() {
        var mallory = Channel.server(Keys.MALLORY, anybody(), Channel.TO_REGISTRY);
        var two = Side.Two.run(client(exactly(Keys.REGISTRY)), null, mallory, SYSTEM);
        assertThat(failure(two.client()))
                .isInstanceOf(ChannelRefused.class)
                .hasMessage("the other side has the key %s, expected %s"
                        .formatted(Fingerprint.of(Keys.MALLORY.key()), Fingerprint.of(Keys.REGISTRY.key())));
        assertThat(two.client().hears.ensureSubscription().expectError()).isInstanceOf(ChannelRefused.class);
        // He learns nothing about who called: our certificate comes after his.
        assertThat(failure(two.server())).isInstanceOf(ChannelRefused.class);
    }

    @Test
    void aServerThatExpectsSomebodyRefusesEverybodyElse() {
        var two = Side.Two.run(client(anybody()), null, server(exactly(Keys.MALLORY)), SYSTEM);
        assertThat(failure(two.server()))
                .isInstanceOf(ChannelRefused.class)
                .hasMessageContaining(Fingerprint.of(Keys.ALICE.key()));
        two.server().speaks.expectCancellation();
        // The client's handshake was done before; it hears of it as soon as it listens.
        assertThat(two.client().hears.request(1).expectError()).isInstanceOf(ChannelBroken.class);
    }

    @Test
    void anotherPurposeIsRefused() {
        var link = Channel.server(Keys.REGISTRY, anybody(), Channel.LINK);
        var two = Side.Two.run(client(anybody()), null, link, SYSTEM);
        assertThat(failure(two.client()))
                .isInstanceOf(ChannelRefused.class)
                .hasMessage("no handshake: expected TLS 1.3 for parley-registry/1, found no_application_protocol(120)");
        assertThat(failure(two.server())).isInstanceOf(ChannelRefused.class);
    }

    @Test
    void garbageInsteadOfAHandshakeIsRefused() {
        var side = Side.of(server(anybody()), SYSTEM)
                .join(Flow.fromSinkAndSource(
                        org.apache.pekko.stream.javadsl.Sink.ignore(),
                        org.apache.pekko.stream.javadsl.Source.single(
                                ByteString.fromString("GET / HTTP/1.1\r\nHost: registry\r\n\r\n"))))
                .run(SYSTEM);
        assertThat(failure(side)).isInstanceOf(ChannelRefused.class).hasMessageContaining("expected TLS 1.3");
        assertThat(side.hears.ensureSubscription().expectError()).isInstanceOf(ChannelRefused.class);
    }

    /** How long is too long is for whoever runs the channel to say; here nothing happens, for ever. */
    @Test
    void aHandshakeThatIsNotAnsweredWaits() {
        var side = Side.of(client(anybody()), SYSTEM)
                .join(Flow.fromSinkAndSource(
                        org.apache.pekko.stream.javadsl.Sink.ignore(), org.apache.pekko.stream.javadsl.Source.maybe()))
                .run(SYSTEM);
        side.hears.request(1).expectNoMessage(scala.concurrent.duration.Duration.create(300, TimeUnit.MILLISECONDS));
        assertThat(side.key.toCompletableFuture()).isNotDone();
        side.hears.cancel();
        assertThat(failure(side)).isInstanceOf(ChannelRefused.class);
        side.speaks.expectCancellation();
    }

    @Test
    void aConnectionThatEndsWithoutALastWordBreaksTheChannel() throws Exception {
        var cut = new Tap();
        var two = Side.Two.run(client(anybody()), cut.network(), server(anybody()), SYSTEM);
        two.client().speaks.sendNext(HELLO);
        two.server().hears.request(2).expectNext(HELLO);
        cut.cut();
        assertThat(two.server().hears.expectError()).isInstanceOf(ChannelBroken.class);
    }

    @Test
    void aBitThatWasFlippedBreaksTheChannelAndNothingOfItIsHeard() throws Exception {
        var tap = new Tap();
        var two = Side.Two.run(client(anybody()), tap.network(), server(anybody()), SYSTEM);
        two.client().speaks.sendNext(HELLO);
        two.server().hears.request(2).expectNext(HELLO);
        tap.flipNext();
        two.client().speaks.sendNext(HELLO);
        assertThat(two.server().hears.expectError()).isInstanceOf(ChannelBroken.class);
    }

    @Test
    void whoGivesUpFailsTheOtherSide() throws Exception {
        var two = Side.Two.run(client(anybody()), null, server(anybody()), SYSTEM);
        two.client().speaks.sendNext(HELLO);
        two.server().hears.request(2).expectNext(HELLO);
        two.client().speaks.sendError(new IllegalStateException("gave up"));
        assertThat(two.server().hears.expectError()).isInstanceOf(RuntimeException.class);
    }

    @Test
    void everythingIsSaidBeforeTheLastWord() {
        var two = Side.Two.run(client(anybody()), null, server(anybody()), SYSTEM);
        var large = ByteString.fromArray(new byte[1 << 20]);
        two.client().speaks.sendNext(large).sendComplete();
        two.server().hears.request(Long.MAX_VALUE);
        int heard = 0;
        while (heard < large.size()) heard += two.server().hears.expectNext().size();
        assertThat(heard).isEqualTo(large.size());
        two.server().hears.expectComplete();
    }

    @Test
    void credentialsPrintRedacted() {
        assertThat(Keys.ALICE).hasToString("redacted");
    }

    private static BidiFlow<ByteString, ByteString, ByteString, ByteString, CompletionStage<IdentityKey>> client(
            Expected theirs) {
        return Channel.client(Keys.ALICE, theirs, Channel.TO_REGISTRY);
    }

    private static BidiFlow<ByteString, ByteString, ByteString, ByteString, CompletionStage<IdentityKey>> server(
            Expected theirs) {
        return Channel.server(Keys.REGISTRY, theirs, Channel.TO_REGISTRY);
    }

    private static Expected exactly(Credentials whose) {
        return new Expected.Exactly(whose.key());
    }

    private static Expected anybody() {
        return new Expected.Anybody();
    }

    private static IdentityKey key(Side side) throws Exception {
        return side.key.toCompletableFuture().get(SECONDS_MAX, TimeUnit.SECONDS);
    }

    private static Throwable failure(Side side) {
        try {
            var key = side.key.toCompletableFuture().get(SECONDS_MAX, TimeUnit.SECONDS);
            throw new AssertionError("expected a refusal, found " + key);
        } catch (ExecutionException failed) {
            return Objects.requireNonNull(failed.getCause());
        } catch (InterruptedException | java.util.concurrent.TimeoutException late) {
            throw new AssertionError(late);
        }
    }
}
