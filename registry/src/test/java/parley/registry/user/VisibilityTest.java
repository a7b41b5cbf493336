package parley.registry.user;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parley.messages.name.PeerAddress;
import parley.messages.name.UserName;
import parley.registry.Person;

class VisibilityTest {
    private static final UserName MALLORY = new UserName("mallory");

    @TempDir
    static Path folder;

    static Town town;

    private Person alice;
    private Person bob;

    @BeforeAll
    static void open() {
        town = new Town(folder, SignUpPolicy.OPEN);
    }

    @AfterAll
    static void close() throws IOException {
        town.close();
    }

    @BeforeEach
    void signUp() {
        alice = town.signedUp("alice");
        bob = town.signedUp("bob");
    }

    @Test
    void whoeverIsNotAllowedLearnsNoMoreThanOfSomebodyOffline() {
        assertThat(town.whereIs(alice, bob.name)).isEqualTo(new ModernUser.Offline());
        var alices = town.online(alice);
        assertThat(town.whereIs(alice, bob.name)).isEqualTo(new ModernUser.Offline());
        town.allow(alice, alices, bob.name);
        assertThat(town.whereIs(alice, bob.name)).isEqualTo(new ModernUser.At(Optional.of(Town.HOME)));
        assertThat(town.whereIs(alice, MALLORY)).isEqualTo(new ModernUser.Offline());
        town.allow(alice, alices, MALLORY);
        assertThat(town.whereIs(alice, bob.name)).isEqualTo(new ModernUser.Offline());
        town.allow(alice, alices);
        assertThat(town.whereIs(alice, MALLORY)).isEqualTo(new ModernUser.Offline());
    }

    @Test
    void whoeverWatchesIsToldOfComingMovingAndGoing() {
        var bobs = town.online(bob);
        town.watch(bob, bobs, alice.name);
        var alices = town.online(alice);
        town.allow(alice, alices, bob.name);
        bobs.expectMessage(online(Town.HOME));
        var next = town.connection();
        town.signIn(alice, Town.WORK, next);
        bobs.expectMessage(offline());
        town.allow(alice, next, bob.name);
        bobs.expectMessage(online(Town.WORK));
        next.stop();
        bobs.expectMessage(offline());
        bobs.expectNoMessage(Duration.ofMillis(20));
    }

    @Test
    void whoIsThereAlreadyIsToldAtOnceAndAgainWhenAskedAgain() {
        var alices = town.connection();
        town.signIn(alice, alice.tls(), Optional.empty(), alices);
        town.allow(alice, alices, bob.name);
        var bobs = town.online(bob);
        for (int i = 0; i < 2; i++) {
            town.watch(bob, bobs, alice.name);
            bobs.expectMessage(new ConnectionNotice.CameOnline(alice.name, Optional.empty()));
        }
    }

    @Test
    void whoIsAllowedNoMoreSeesThemGo() {
        var bobs = town.online(bob);
        town.watch(bob, bobs, alice.name);
        var alices = town.online(alice);
        town.allow(alice, alices, bob.name);
        bobs.expectMessage(online(Town.HOME));
        town.allow(alice, alices, bob.name, MALLORY);
        town.allow(alice, alices, MALLORY);
        bobs.expectMessage(offline());
        alices.stop();
        bobs.expectNoMessage(Duration.ofMillis(20));
    }

    @Test
    void whoWatchesSomebodyElseNowIsToldNothingMore() {
        var bobs = town.online(bob);
        town.watch(bob, bobs, alice.name);
        town.watch(bob, bobs, town.signedUp("carol").name);
        var alices = town.online(alice);
        town.allow(alice, alices, bob.name);
        bobs.expectNoMessage(Duration.ofMillis(20));
    }

    @Test
    void aWatcherWhoSignedOutOrWentAwayIsForgotten() {
        var signedOut = town.online(bob);
        town.watch(bob, signedOut, alice.name);
        town.of(bob).tell(new UserRegistry.SignOut(signedOut.ref()));
        assertThat(town.allow(bob, signedOut)).isEqualTo(new ModernUser.NotSignedIn());
        var carol = town.signedUp("carol");
        var gone = town.online(carol);
        town.watch(carol, gone, alice.name);
        gone.stop();
        var alices = town.online(alice);
        town.allow(alice, alices, bob.name, carol.name);
        signedOut.expectNoMessage(Duration.ofMillis(20));
        town.kit.createTestProbe().expectTerminated(gone.ref());
        alices.stop();
        town.kit.createTestProbe().expectTerminated(alices.ref());
        town.whereIs(alice, bob.name);
        assertThat(isPutAway(alice)).as("nobody keeps it in memory any more").isTrue();
    }

    /** Its own actor, which would say so, may have ended before it. */
    @Test
    void aWatchingConnectionThatEndsIsForgottenWithoutAWord() {
        var gone = town.connection();
        town.of(alice).tell(new ModernUser.WatchedBy(bob.name, gone.ref()));
        assertThat(isPutAway(alice)).isFalse();
        gone.stop();
        town.kit.createTestProbe().expectTerminated(gone.ref());
        assertThat(isPutAway(alice)).isTrue();
    }

    @Test
    void whoIsWatchedIsNotPutAwayThoughOffline() {
        var bobs = town.online(bob);
        town.watch(bob, bobs, alice.name);
        assertThat(isPutAway(alice)).isFalse();
        var alices = town.online(alice);
        town.allow(alice, alices, bob.name);
        bobs.expectMessage(online(Town.HOME));
    }

    @Test
    void whoIsWatchedByNamesThatNobodyHasIsNot() {
        var nobody = town.person("nobody");
        var bobs = town.online(bob);
        town.watch(bob, bobs, nobody.name);
        assertThat(isPutAway(nobody)).isTrue();
    }

    @Test
    void whoeverPublishesIsSeenToByAllWhoWatch() {
        var bobs = town.online(bob);
        town.watch(bob, bobs, alice.name);
        var alices = town.online(alice);
        town.publish(alice, List.of(alice.says(alice.prekeys())), alices);
        bobs.expectMessage(new ConnectionNotice.ChainGrew(alice.name, 5));
    }

    @Test
    void aRevocationIsSeenAndEndsThePresence() {
        var bobs = town.online(bob);
        town.watch(bob, bobs, alice.name);
        var alices = town.online(alice);
        town.allow(alice, alices, bob.name);
        bobs.expectMessage(online(Town.HOME));
        town.revoke(alice, alice.revocation());
        bobs.expectMessage(new ConnectionNotice.ChainGrew(alice.name, 5));
        bobs.expectMessage(offline());
        alices.expectMessage(new ConnectionNotice.Forgotten(alice.name));
    }

    @Test
    void aWatcherIsToldAgainAfterTheWatchedActorWasForgotten() {
        var bobs = town.online(bob);
        town.watch(bob, bobs, alice.name);
        var alices = town.online(alice);
        town.allow(alice, alices, bob.name);
        bobs.expectMessage(online(Town.HOME));
        town.restart(alice);
        bobs.expectMessage(offline());
        var again = town.online(alice);
        town.allow(alice, again, bob.name);
        bobs.awaitAssert(() -> {
            town.time.timePasses(Duration.ofSeconds(1));
            bobs.expectMessage(Duration.ofMillis(100), online(Town.HOME));
            return true;
        });
    }

    @Test
    void nobodyWatchesItself() {
        var alices = town.online(alice);
        town.watch(alice, alices, alice.name);
        town.allow(alice, alices, alice.name);
        town.publish(alice, List.of(alice.says(alice.prekeys())), alices);
        alices.expectNoMessage(Duration.ofMillis(20));
    }

    @Test
    void noMoreThanAThousandNamesAreTaken() {
        var alices = town.online(alice);
        var names = new HashSet<UserName>();
        IntStream.rangeClosed(0, ModernUser.NAMES_MAX).forEach(i -> names.add(new UserName("n" + i)));
        assertThat(lists(alices, names)).containsOnly(new ModernUser.TooManyNames());
    }

    private List<ModernUser.ListAnswer> lists(TestProbe<ConnectionNotice> over, Set<UserName> names) {
        return List.of(
                town.ask(alice, replyTo -> new ModernUser.Allow(names, over.ref(), replyTo)),
                town.ask(alice, replyTo -> new ModernUser.Watch(names, over.ref(), replyTo)));
    }

    private static boolean isPutAway(Person person) {
        town.standing(person);
        town.time.timePasses(Town.IDLE);
        return town.putAway().contains(town.of(person));
    }

    private ConnectionNotice online(PeerAddress at) {
        return new ConnectionNotice.CameOnline(alice.name, Optional.of(at));
    }

    private ConnectionNotice offline() {
        return new ConnectionNotice.WentOffline(alice.name);
    }
}
