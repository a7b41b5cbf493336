package parley.registry.user;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.ManualTime;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.persistence.testkit.javadsl.PersistenceTestKit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parley.messages.name.Address;
import parley.messages.name.GroupName;
import parley.messages.name.Password;
import parley.messages.name.UserName;
import parley.registry.InMemory;
import parley.registry.journal.Retention;
import parley.registry.journal.Shelf;
import parley.registry.journal.UserEvent;

class UserRegistryTest {
    static final ActorTestKit kit = ActorTestKit.create(InMemory.config());
    static final PersistenceTestKit journal = PersistenceTestKit.create(kit.system());
    static final ManualTime time = ManualTime.get(kit.system());

    @TempDir
    static Path folder;

    static Shelf shelf;

    private static final Password PASSWORD = new Password("correct-horse");
    private static final Address HOME = new Address("127.0.0.1", 41_233);
    private static final Address WORK = new Address("127.0.0.1", 41_234);
    private static final Duration IDLE = Duration.ofMinutes(2);
    private static final SignInRules RULES =
            new SignInRules(5, Duration.ofSeconds(1), Duration.ofMinutes(15), 16, Duration.ofHours(24));

    private final UserName name = new UserName(UUID.randomUUID().toString().substring(0, 32));
    private final PasswordHasher hasher = PasswordHasher.create(1, 2);
    private final ActorRef<SignInThrottle.Command> throttle =
            kit.spawn(SignInThrottle.create(name.text(), RULES, new Retention(100, 2), new MovedClock()));
    private final TestProbe<ClusterSharding.ShardCommand> shard = kit.createTestProbe();
    private final TestProbe<ConnectionNotice> connection = kit.createTestProbe();
    private ActorRef<UserRegistry.Command> user = started();

    @BeforeAll
    static void open() {
        shelf = Around.shelf(folder);
    }

    @AfterAll
    static void close() throws IOException {
        kit.shutdownTestKit();
        shelf.close();
    }

    @AfterEach
    void closeHasher() {
        hasher.close();
    }

    @Test
    void aFreeNameIsTakenBySigningUpAndItsUserIsOffline() {
        assertThat(whereabouts()).isEqualTo(new UserRegistry.NoSuchUser());
        assertThat(signUp()).isEqualTo(new UserRegistry.SignedUp());
        assertThat(whereabouts()).isEqualTo(new UserRegistry.Offline());
        assertThat(signUp()).isEqualTo(new UserRegistry.NameTaken());
    }

    @Test
    void onlyOneOfManyWhoSignUpAtOnceIsHashedAndWins() {
        var answers = kit.<UserRegistry.SignUpAnswer>createTestProbe();
        var held = hold();
        for (int i = 0; i < 1_000; i++) user.tell(new UserRegistry.SignUp(PASSWORD, answers.ref()));
        held.countDown();
        var all = answers.receiveSeveralMessages(1_000);
        assertThat(all).filteredOn(new UserRegistry.SignedUp()::equals).hasSize(1);
        assertThat(all).filteredOn(new UserRegistry.NameTaken()::equals).hasSize(999);
        assertThat(journal.persistedInStorage("user|" + name)).hasSize(1);
    }

    @Test
    void aSignUpThatFindsTheQueueFullLeavesTheNameFree() {
        var held = hold();
        for (int i = 0; i < 2; i++) hasher.threads().execute(() -> {});
        assertThat(signUp()).isEqualTo(new UserRegistry.Busy());
        held.countDown();
        connection.awaitAssert(() -> assertThat(signUp()).isEqualTo(new UserRegistry.SignedUp()));
    }

    @Test
    void whatCannotBeWrittenIsAnsweredBusyAndIsNot() {
        journal.failNextPersisted("user|" + name);
        var answer = kit.<UserRegistry.SignUpAnswer>createTestProbe();
        user.tell(new UserRegistry.SignUp(PASSWORD, answer.ref()));
        answer.expectMessage(new UserRegistry.Busy());
        answer.expectTerminated(user);
        user = started();
        assertThat(whereabouts()).isEqualTo(new UserRegistry.NoSuchUser());
    }

    @Test
    void aSignInMakesOnlineAndTheEndOfTheConnectionOffline() {
        signUp();
        assertThat(signIn(PASSWORD, HOME, connection)).isEqualTo(new UserRegistry.SignedIn());
        assertThat(whereabouts()).isEqualTo(new UserRegistry.At(HOME));
        connection.stop();
        connection.awaitAssert(() -> assertThat(whereabouts()).isEqualTo(new UserRegistry.Offline()));
    }

    @Test
    void aSignOutMakesOfflineThoughTheConnectionLives() {
        signUp();
        signIn(PASSWORD, HOME, connection);
        user.tell(new UserRegistry.SignOut(connection.ref()));
        assertThat(whereabouts()).isEqualTo(new UserRegistry.Offline());
    }

    @Test
    void aSecondSignInTakesOverAndTheOlderConnectionCountsNoMore() {
        signUp();
        signIn(PASSWORD, HOME, connection);
        var second = kit.<ConnectionNotice>createTestProbe();
        assertThat(signIn(PASSWORD, WORK, second)).isEqualTo(new UserRegistry.SignedIn());
        assertThat(connection.receiveMessage()).isEqualTo(new ConnectionNotice.Superseded(name));
        user.tell(new UserRegistry.SignOut(connection.ref()));
        connection.stop();
        assertThat(whereabouts()).isEqualTo(new UserRegistry.At(WORK));
        second.expectNoMessage(Duration.ZERO);
    }

    @Test
    void signingInAgainOverTheSameConnectionMovesTheAddress() {
        signUp();
        signIn(PASSWORD, HOME, connection);
        signIn(PASSWORD, WORK, connection);
        assertThat(whereabouts()).isEqualTo(new UserRegistry.At(WORK));
        connection.expectNoMessage(Duration.ZERO);
    }

    @Test
    void aConnectionThatDiedDuringTheSignInIsNotOnline() {
        signUp();
        connection.stop();
        signIn(PASSWORD, HOME, connection);
        kit.createTestProbe().awaitAssert(() -> assertThat(whereabouts()).isEqualTo(new UserRegistry.Offline()));
    }

    @Test
    void aWrongPasswordAndAnUnknownNameGetTheSameAnswersAndTheSameDelay() {
        var unknown = started("x" + name.text().substring(1));
        signUp();
        for (var each : List.of(user, unknown)) {
            for (int i = 0; i < 5; i++) {
                assertThat(signIn(each, new Password("wrong"), HOME, connection))
                        .isEqualTo(new UserRegistry.WrongNameOrPassword());
            }
            assertThat(signIn(each, PASSWORD, HOME, connection))
                    .as("right or not, nothing is compared")
                    .isEqualTo(new UserRegistry.TooManyAttempts(Duration.ofSeconds(1)));
        }
        assertThat(whereabouts()).isEqualTo(new UserRegistry.Offline());
    }

    @Test
    void aSignInThatFindsTheQueueFullIsNoAttempt() {
        signUp();
        var held = hold();
        for (int i = 0; i < 2; i++) hasher.threads().execute(() -> {});
        for (int i = 0; i < 9; i++) {
            assertThat(signIn(new Password("wrong"), HOME, connection)).isEqualTo(new UserRegistry.Busy());
        }
        held.countDown();
        connection.awaitAssert(
                () -> assertThat(signIn(PASSWORD, HOME, connection)).isEqualTo(new UserRegistry.SignedIn()));
    }

    @Test
    void aSignInThatIsNoLongerWaitedForMakesNobodyOnline() {
        signUp();
        var held = hold();
        var answer = signingIn(HOME, connection);
        user.tell(new UserRegistry.SignOut(connection.ref()));
        held.countDown();
        assertThat(answer.receiveMessage()).isEqualTo(new UserRegistry.Busy());
        assertThat(whereabouts()).isEqualTo(new UserRegistry.Offline());
    }

    @Test
    void aSignInWhoseConnectionEndedMakesNobodyOnline() {
        signUp();
        var ended = kit.<ConnectionNotice>createTestProbe();
        var held = hold();
        var answer = signingIn(HOME, ended);
        whereabouts();
        ended.stop();
        connection.expectTerminated(ended.ref());
        held.countDown();
        assertThat(answer.receiveMessage()).isEqualTo(new UserRegistry.Busy());
        assertThat(whereabouts()).isEqualTo(new UserRegistry.Offline());
    }

    @Test
    void whoIsOnlineStaysSoWhenALaterSignInIsGivenUp() {
        signUp();
        signIn(PASSWORD, HOME, connection);
        var late = kit.<ConnectionNotice>createTestProbe();
        var held = hold();
        var answer = signingIn(WORK, late);
        user.tell(new UserRegistry.SignOut(late.ref()));
        held.countDown();
        assertThat(answer.receiveMessage()).isEqualTo(new UserRegistry.Busy());
        assertThat(whereabouts()).isEqualTo(new UserRegistry.At(HOME));
        connection.expectNoMessage(Duration.ZERO);
    }

    @Test
    void whoFailsToSignInAgainIsStillOnlineUntilTheConnectionEnds() {
        signUp();
        signIn(PASSWORD, HOME, connection);
        assertThat(signIn(new Password("wrong"), WORK, connection)).isEqualTo(new UserRegistry.WrongNameOrPassword());
        assertThat(whereabouts()).isEqualTo(new UserRegistry.At(HOME));
        connection.stop();
        shard.awaitAssert(() -> assertThat(whereabouts()).isEqualTo(new UserRegistry.Offline()));
    }

    @Test
    void aSignInIsRefusedAsBusyWhenTheThrottleIsGone() {
        signUp();
        kit.stop(throttle);
        assertThat(signIn(PASSWORD, HOME, connection)).isEqualTo(new UserRegistry.Busy());
        assertThat(whereabouts()).isEqualTo(new UserRegistry.Offline());
    }

    @Test
    void groupsAreKeptInTheOrderOfTheirNamesAndOnce() {
        for (var group : List.of("team", "lab", "team")) enrol(group);
        assertThat(groups()).containsExactly(new GroupName("lab"), new GroupName("team"));
        assertThat(journal.persistedInStorage("user|" + name))
                .containsExactly(new UserEvent.Enrolled("team"), new UserEvent.Enrolled("lab"));
    }

    /** With a snapshot every second event, so that both ways of remembering are tried. */
    @Test
    void theAccountAndItsGroupsOutliveTheActorAndThePresenceDoesNot() {
        signUp();
        enrol("team");
        enrol("lab");
        signIn(PASSWORD, HOME, connection);
        kit.stop(user);
        user = started();
        assertThat(whereabouts()).isEqualTo(new UserRegistry.Offline());
        assertThat(groups()).containsExactly(new GroupName("lab"), new GroupName("team"));
        assertThat(signIn(PASSWORD, WORK, connection)).isEqualTo(new UserRegistry.SignedIn());
    }

    @Test
    void whoIsOnlineIsToldWhenTheActorStops() {
        signUp();
        signIn(PASSWORD, HOME, connection);
        user.tell(new UserRegistry.Stop());
        assertThat(connection.receiveMessage()).isEqualTo(new ConnectionNotice.Forgotten(name));
    }

    @Test
    void whoIsOnlineIsToldWhenTheActorFails() {
        signUp();
        signIn(PASSWORD, HOME, connection);
        journal.failNextPersisted("user|" + name);
        user.tell(new UserRegistry.Enrol(
                new GroupName("team"),
                kit.<UserRegistry.Enrolled>createTestProbe().ref()));
        assertThat(connection.receiveMessage()).isEqualTo(new ConnectionNotice.Forgotten(name));
    }

    @Test
    void whoIsOfflineAndIdleIsPutAway() {
        signUp();
        time.timePasses(IDLE.minusMillis(1));
        shard.expectNoMessage(Duration.ofMillis(50));
        time.timePasses(Duration.ofMillis(1));
        shard.expectMessageClass(ClusterSharding.Passivate.class);
    }

    @Test
    void whoIsOnlineStaysUntilTheConnectionEnds() {
        signUp();
        signIn(PASSWORD, HOME, connection);
        time.timePasses(IDLE.multipliedBy(10));
        shard.expectNoMessage(Duration.ofMillis(50));
        user.tell(new UserRegistry.SignOut(connection.ref()));
        assertThat(whereabouts()).isEqualTo(new UserRegistry.Offline());
        time.timePasses(IDLE);
        shard.expectMessageClass(ClusterSharding.Passivate.class);
    }

    @Test
    void aNameThatNobodyHasIsPutAwayAfterASecond() {
        whereabouts();
        time.timePasses(Duration.ofSeconds(1));
        shard.expectMessageClass(ClusterSharding.Passivate.class);
    }

    @Test
    void aNameThatIsBeingSignedUpStays() {
        var held = hold();
        var answer = kit.<UserRegistry.SignUpAnswer>createTestProbe();
        user.tell(new UserRegistry.SignUp(PASSWORD, answer.ref()));
        whereabouts();
        time.timePasses(Duration.ofSeconds(1));
        shard.expectNoMessage(Duration.ofMillis(50));
        held.countDown();
        assertThat(answer.receiveMessage()).isEqualTo(new UserRegistry.SignedUp());
    }

    @Test
    void whoIsSigningInStays() {
        signUp();
        var held = hold();
        var answer = signingIn(HOME, connection);
        whereabouts();
        time.timePasses(IDLE);
        shard.expectNoMessage(Duration.ofMillis(50));
        held.countDown();
        assertThat(answer.receiveMessage()).isEqualTo(new UserRegistry.SignedIn());
    }

    /** Occupies the hasher's only thread until released. */
    private CountDownLatch hold() {
        var release = new CountDownLatch(1);
        var held = new CountDownLatch(1);
        hasher.threads().execute(() -> {
            held.countDown();
            try {
                release.await();
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
        });
        try {
            held.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        return release;
    }

    private UserRegistry.SignUpAnswer signUp() {
        var answer = kit.<UserRegistry.SignUpAnswer>createTestProbe();
        user.tell(new UserRegistry.SignUp(PASSWORD, answer.ref()));
        return answer.receiveMessage();
    }

    private UserRegistry.SignInAnswer signIn(Password password, Address at, TestProbe<ConnectionNotice> over) {
        return signIn(user, password, at, over);
    }

    private TestProbe<UserRegistry.SignInAnswer> signingIn(Address at, TestProbe<ConnectionNotice> over) {
        var answer = kit.<UserRegistry.SignInAnswer>createTestProbe();
        user.tell(new UserRegistry.SignIn(PASSWORD, at, "127.0.0.1", over.ref(), answer.ref()));
        return answer;
    }

    private static UserRegistry.SignInAnswer signIn(
            ActorRef<UserRegistry.Command> who, Password password, Address at, TestProbe<ConnectionNotice> over) {
        var answer = kit.<UserRegistry.SignInAnswer>createTestProbe();
        who.tell(new UserRegistry.SignIn(password, at, "127.0.0.1", over.ref(), answer.ref()));
        return answer.receiveMessage();
    }

    private UserRegistry.WhereIsAnswer whereabouts() {
        var answer = kit.<UserRegistry.WhereIsAnswer>createTestProbe();
        user.tell(new UserRegistry.WhereIs(answer.ref()));
        return answer.receiveMessage();
    }

    private void enrol(String group) {
        var answer = kit.<UserRegistry.Enrolled>createTestProbe();
        user.tell(new UserRegistry.Enrol(new GroupName(group), answer.ref()));
        answer.receiveMessage();
    }

    private List<GroupName> groups() {
        var answer = kit.<UserRegistry.Groups>createTestProbe();
        user.tell(new UserRegistry.GroupsOf(answer.ref()));
        return answer.receiveMessage().groups();
    }

    private ActorRef<UserRegistry.Command> started() {
        return started(name.text());
    }

    private ActorRef<UserRegistry.Command> started(String as) {
        var doorkeeper = new Doorkeeper(source -> throttle, hasher, kit.scheduler());
        var around = Around.of(shelf, SignUpPolicy.OPEN, new MovedClock(), Around.ALONE);
        return kit.spawn(UserRegistry.create(
                new UserName(as), doorkeeper, hasher, around, new Retention(2, 2), IDLE, shard.ref()));
    }
}
