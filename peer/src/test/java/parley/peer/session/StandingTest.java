package parley.peer.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.time.Duration;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import parley.peer.lookup.Lookup;
import parley.peer.talk.Happening;

class StandingTest {
    static final ActorTestKit kit = ActorTestKit.create();
    static final Account ALICE = new Account(
            Fixtures.ALICE,
            Fixtures.PASSWORD,
            kit.<Session.Command>createTestProbe().ref());
    static final Lookup.Change DOWN = new Lookup.Down("gone");

    @AfterAll
    static void close() {
        kit.shutdownTestKit();
    }

    static Lookup.Up up(int connection) {
        return new Lookup.Up(connection, new InetSocketAddress("127.0.0.1", 1000 + connection));
    }

    @Test
    void withNobodySignedInTheRegistryIsBackAtOnce() {
        var lost = Standing.START.with(DOWN);
        assertThat(Standing.START.news(DOWN)).contains(new Happening.RegistryLost("gone"));
        assertThat(lost.news(up(1))).contains(new Happening.RegistryBack());
        assertThat(lost.with(up(1)).lost()).isFalse();
    }

    @Test
    void thatItIsThereFromTheStartIsNoNews() {
        assertThat(Standing.START.news(up(1))).isEmpty();
        assertThat(Standing.START.with(up(1)).everReached()).isTrue();
    }

    @Test
    void withSomebodySignedInItIsBackWhenHeIsSignedInAgain() {
        var lost = Standing.START.with(up(1)).signedIn(ALICE, 1).with(DOWN);
        assertThat(lost.news(up(2))).isEmpty();
        var back = lost.with(up(2));
        assertThat(back.lost()).isTrue();
        assertThat(back.signInDue()).isTrue();
        assertThat(back.signedIn(ALICE, 2).lost()).isFalse();
        assertThat(back.signedIn(ALICE, 2).signInDue()).isFalse();
    }

    @Test
    void aRegistryThatFlapsIsLostOnce() {
        var flapping = Standing.START.with(up(1)).signedIn(ALICE, 1).with(DOWN).with(up(2));
        assertThat(flapping.news(DOWN)).isEmpty();
        assertThat(flapping.with(DOWN).with(up(3)).signInDue()).isTrue();
    }

    @Test
    void aSignInThatWasAnsweredOnAConnectionThatIsGoneIsDueAgain() {
        var onANewOne = Standing.START.with(up(1)).with(DOWN).with(up(2)).signedIn(ALICE, 1);
        assertThat(onANewOne.signInDue()).isTrue();
    }

    @Test
    void aSignInThatIsAnsweredWhileThereIsNoConnectionWaitsForTheNext() {
        var none = Standing.START.with(up(1)).with(DOWN).signedIn(ALICE, 1);
        assertThat(none.lost()).isTrue();
        assertThat(none.signInDue()).isFalse();
        assertThat(none.with(up(2)).signInDue()).isTrue();
    }

    @Test
    void whoIsRefusedPausesEverLonger() {
        var standing = Standing.START.with(up(1)).signedIn(ALICE, 1).with(DOWN).with(up(2));
        for (long seconds : new long[] {5, 10, 20, 40, 80, 160, 300, 300, 300}) {
            standing = standing.refused();
            assertThat(standing.signInDue()).isFalse();
            assertThat(standing.pause()).isEqualTo(Duration.ofSeconds(seconds));
            standing = standing.pauseOver();
            assertThat(standing.signInDue()).isTrue();
        }
    }

    @Test
    void aNewConnectionEndsThePause() {
        var refused = Standing.START
                .with(up(1))
                .signedIn(ALICE, 1)
                .with(DOWN)
                .with(up(2))
                .refused();
        var again = refused.with(DOWN).with(up(3));
        assertThat(again.signInDue()).isTrue();
        assertThat(again.refused().pause()).isEqualTo(Standing.PAUSE_MIN);
    }

    @Test
    void nobodyIsSignedInAgainWhoseSessionIsOver() {
        var out = Standing.START.with(up(1)).signedIn(ALICE, 1).signedOut();
        assertThat(out.account()).isNull();
        assertThat(out.with(DOWN).with(up(2)).signInDue()).isFalse();
    }
}
