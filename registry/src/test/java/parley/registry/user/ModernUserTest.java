package parley.registry.user;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parley.messages.identity.Appending.Why;
import parley.messages.identity.Claim;
import parley.messages.identity.RegistryId;
import parley.messages.identity.Statement;
import parley.messages.name.Address;
import parley.messages.name.Password;
import parley.messages.name.UserName;
import parley.registry.Person;
import parley.registry.journal.UserEvent;

/** The account itself: its chain, its pairs, who may sign in. Who sees whom is VisibilityTest's. */
class ModernUserTest {
    private static final UserName BOB = new UserName("bob");
    private static final int ROW_MAX = 73_000;

    @TempDir
    static Path folder;

    static Town town;

    @BeforeAll
    static void open() {
        town = new Town(folder, SignUpPolicy.OPEN);
    }

    @AfterAll
    static void close() throws IOException {
        town.close();
    }

    @Test
    void aFreeNameIsTakenWithItsWholeChain() {
        var alice = town.person("alice");
        assertThat(town.standing(alice)).isEqualTo(ModernUser.Standing.NONE);
        assertThat(town.signUp(alice)).isEqualTo(new ModernUser.SignedUp());
        assertThat(town.chain(alice, 0, ROW_MAX)).isEqualTo(chainOf(alice, 0));
        assertThat(town.signUp(alice)).isEqualTo(new ModernUser.NameTaken());
        assertThat(town.standing(alice)).isEqualTo(ModernUser.Standing.MODERN);
    }

    @Test
    void theIdentityIsThePresentOneAndSaidToWhoIsSignedIn() {
        var alice = town.signedUp("alice");
        var connection = town.online(alice);
        assertThat(town.identity(alice, connection)).isEqualTo(new ModernUser.Present(alice.chain.identity()));
        town.publish(alice, alice.becomesAnother(), connection);
        assertThat(town.identity(alice, connection)).isEqualTo(new ModernUser.Present(alice.chain.identity()));
        assertThat(town.identity(alice, town.connection())).isEqualTo(new ModernUser.NotSignedIn());
    }

    @Test
    void oneOfManyWhoSignUpAtOnceWins() {
        var alice = town.person("alice");
        var answers = town.kit.<ModernUser.SignUpAnswer>createTestProbe();
        for (int i = 0; i < 100; i++)
            town.of(alice)
                    .tell(new ModernUser.SignUp(
                            alice.chain.statements(), alice.tls(), Optional.empty(), answers.ref()));
        assertThat(answers.receiveSeveralMessages(100))
                .filteredOn(new ModernUser.SignedUp()::equals)
                .hasSize(1);
        assertThat(town.journal.persistedInStorage("user|" + alice.name)).hasSize(1);
    }

    @Test
    void namesAreUniqueAcrossBothWorlds() {
        var alice = town.signedUp("alice");
        assertThat(classicSignUp(alice)).isEqualTo(new UserRegistry.NameTaken());
        var bob = town.person("bob");
        assertThat(classicSignUp(bob)).isEqualTo(new UserRegistry.SignedUp());
        assertThat(town.signUp(bob)).isEqualTo(new ModernUser.NameTaken());
    }

    @Test
    void aModernSignUpThatOvertakesAClassicOneWins() {
        var alice = town.person("alice");
        var classic = town.<UserRegistry.SignUpAnswer>asking(
                alice, replyTo -> new UserRegistry.SignUp(new Password("correct-horse"), replyTo));
        assertThat(town.signUp(alice)).isEqualTo(new ModernUser.SignedUp());
        assertThat(classic.receiveMessage()).isEqualTo(new UserRegistry.NameTaken());
        assertThat(town.standing(alice)).isEqualTo(ModernUser.Standing.MODERN);
    }

    @Test
    void theWorldsDoNotSeeEachOther() {
        var alice = town.signedUp("alice");
        town.online(alice);
        assertThat(town.<UserRegistry.WhereIsAnswer>ask(alice, UserRegistry.WhereIs::new))
                .isEqualTo(new UserRegistry.NoSuchUser());
        assertThat(town.<UserRegistry.SignInAnswer>ask(
                        alice,
                        replyTo -> new UserRegistry.SignIn(
                                new Password("correct-horse"),
                                new Address("127.0.0.1", 9),
                                "127.0.0.1",
                                town.connection().ref(),
                                replyTo)))
                .isEqualTo(new UserRegistry.WrongNameOrPassword());
        var bob = town.person("bob");
        classicSignUp(bob);
        assertThat(town.signIn(bob, Town.HOME, town.connection())).isEqualTo(new ModernUser.Unknown());
        assertThat(town.chain(bob, 0, ROW_MAX)).isEqualTo(new ModernUser.Unknown());
        assertThat(town.take(bob, BOB)).isEqualTo(new ModernUser.Unknown());
        assertThat(town.whereIs(bob, BOB)).isEqualTo(new ModernUser.Unknown());
        assertThat(town.revoke(bob, bob.revocation())).isEqualTo(new ModernUser.Unknown());
        assertThat(town.standing(bob)).isEqualTo(ModernUser.Standing.NONE);
    }

    @Test
    void aChainThatIsNotInOrderSignsNobodyUp() {
        var alice = town.person("alice");
        var mallory = new Person(alice.name.text(), 99);
        var all = alice.chain.statements();
        assertThat(signUp(alice, List.of())).isEqualTo(new ModernUser.ChainIncomplete());
        assertThat(signUp(alice, all.subList(0, 3))).isEqualTo(new ModernUser.ChainIncomplete());
        assertThat(signUp(alice, all.subList(1, 4))).isEqualTo(new ModernUser.ChainRefused(Why.WRONG_SEQUENCE));
        assertThat(signUp(alice, town.person("other").chain.statements()))
                .isEqualTo(new ModernUser.ChainRefused(Why.WRONG_NAME));
        assertThat(signUp(alice, List.of(all.get(0), mallory.chain.statements().get(1))))
                .isEqualTo(new ModernUser.ChainRefused(Why.WRONG_PREVIOUS));
        var elsewhere = new Person(new RegistryId(ByteString.fromString("another registry")), alice.name.text(), 5);
        assertThat(signUp(alice, elsewhere.chain.statements()))
                .isEqualTo(new ModernUser.ChainRefused(Why.WRONG_SIGNATURE));
        assertThat(town.signUp(alice, all, mallory.tls(), Optional.empty())).isEqualTo(new ModernUser.WrongKey());
        assertThat(town.standing(alice)).isEqualTo(ModernUser.Standing.NONE);
        assertThat(town.signUp(alice)).isEqualTo(new ModernUser.SignedUp());
    }

    @Test
    void aChainIsGivenFromWhereItIsKnownAndAsMuchAsFits() {
        var alice = town.signedUp("alice");
        assertThat(town.chain(alice, 2, ROW_MAX)).isEqualTo(chainOf(alice, 2));
        assertThat(town.chain(alice, 4, ROW_MAX)).isEqualTo(new ModernUser.Chain(4, List.of()));
        assertThat(town.chain(alice, 1_000, ROW_MAX)).isEqualTo(new ModernUser.Chain(4, List.of()));
        assertThat(town.chain(alice, 0, 400))
                .isEqualTo(new ModernUser.Chain(4, alice.chain.statements().subList(0, 2)));
    }

    @Test
    void whoeverShowsTheKeyOfTheChainIsSignedIn() {
        var alice = town.signedUp("alice");
        var mallory = town.signedUp("mallory");
        assertThat(town.signIn(alice, mallory.tls(), Optional.of(Town.HOME), town.connection()))
                .isEqualTo(new ModernUser.WrongKey());
        assertThat(town.signIn(alice, Town.HOME, town.connection()))
                .isEqualTo(new ModernUser.SignedIn(4, alice.chain.head(), 0, 0));
        assertThat(town.signIn(town.person("nobody"), Town.HOME, town.connection()))
                .isEqualTo(new ModernUser.Unknown());
    }

    @Test
    void theLaterConnectionWinsAndTheEarlierCanDoNothingMore() {
        var alice = town.signedUp("alice");
        var first = town.online(alice);
        var second = town.online(alice);
        assertThat(first.receiveMessage()).isEqualTo(new ConnectionNotice.Superseded(alice.name));
        assertThat(town.publish(alice, List.of(), first)).isEqualTo(new ModernUser.NotSignedIn());
        assertThat(town.identity(alice, first)).isEqualTo(new ModernUser.NotSignedIn());
        assertThat(town.add(alice, alice.pairs(0, 1), first)).isEqualTo(new ModernUser.NotSignedIn());
        assertThat(town.allow(alice, first, BOB)).isEqualTo(new ModernUser.NotSignedIn());
        assertThat(town.watch(alice, first, BOB)).isEqualTo(new ModernUser.NotSignedIn());
        assertThat(town.publish(alice, List.of(), second)).isEqualTo(new ModernUser.Published(4));
        second.expectNoMessage(Duration.ZERO);
    }

    @Test
    void whatIsPublishedIsVerifiedAllOrNone() {
        var alice = town.signedUp("alice");
        var connection = town.online(alice);
        var good = alice.says(alice.prekeys());
        var next = alice.says(alice.prekeys());
        assertThat(town.publish(alice, List.of(good, good), connection))
                .isEqualTo(new ModernUser.ChainRefused(Why.WRONG_SEQUENCE));
        assertThat(town.publish(alice, List.of(next), connection))
                .isEqualTo(new ModernUser.ChainRefused(Why.WRONG_SEQUENCE));
        assertThat(town.chain(alice, 4, ROW_MAX)).isEqualTo(new ModernUser.Chain(4, List.of()));
        assertThat(town.publish(alice, List.of(good, next), connection)).isEqualTo(new ModernUser.Published(6));
        assertThat(town.chain(alice, 4, ROW_MAX)).isEqualTo(chainOf(alice, 4));
    }

    /** With a snapshot every second event, so that both ways of remembering are tried. */
    @Test
    void theChainOutlivesTheActorAndThePresenceDoesNot() {
        var alice = town.signedUp("alice");
        for (int i = 0; i < 5; i++) {
            var connection = town.online(alice);
            town.allow(alice, connection, BOB);
            town.publish(alice, List.of(alice.says(alice.prekeys())), connection);
            town.restart(alice);
            assertThat(connection.receiveMessage()).isEqualTo(new ConnectionNotice.Forgotten(alice.name));
            assertThat(town.chain(alice, 0, ROW_MAX)).isEqualTo(chainOf(alice, 0));
            assertThat(town.whereIs(alice, BOB)).isEqualTo(new ModernUser.Offline());
        }
    }

    @Test
    void aJournalOfAnotherRegistryIsNotBelieved() {
        var alice = town.person("alice");
        var elsewhere = new Person(new RegistryId(ByteString.fromString("another registry")), alice.name.text(), 5);
        town.journal.persistForRecovery("user|" + alice.name, List.of(User.signedUp(elsewhere.chain)));
        var answer = town.<ModernUser.Standing>asking(alice, ModernUser.StandingOf::new);
        answer.expectTerminated(town.of(alice));
        answer.expectNoMessage(Duration.ZERO);
    }

    @Test
    void whatCannotBeWrittenIsAnsweredBusyAndIsNot() {
        var alice = town.person("alice");
        town.journal.failNextPersisted("user|" + alice.name);
        var answer = town.<ModernUser.SignUpAnswer>asking(
                alice,
                replyTo -> new ModernUser.SignUp(alice.chain.statements(), alice.tls(), Optional.empty(), replyTo));
        answer.expectMessage(new ModernUser.Busy());
        answer.expectTerminated(town.of(alice));
        town.restart(alice);
        assertThat(town.standing(alice)).isEqualTo(ModernUser.Standing.NONE);
    }

    /** Whoever is signed in is let go, and tries again with the next sign-in. */
    @Test
    void whatCannotBePublishedIsAnsweredBusyAndMayComeAgain() {
        var alice = town.signedUp("alice");
        var connection = town.online(alice);
        var prekeys = List.of(alice.says(alice.prekeys()));
        town.journal.failNextPersisted("user|" + alice.name);
        var answer = town.<ModernUser.PublishAnswer>asking(
                alice, replyTo -> new ModernUser.Publish(prekeys, connection.ref(), replyTo));
        answer.expectMessage(new ModernUser.Busy());
        answer.expectTerminated(town.of(alice));
        connection.expectMessage(new ConnectionNotice.Forgotten(alice.name));
        town.restart(alice);
        assertThat(town.publish(alice, prekeys, town.online(alice))).isEqualTo(new ModernUser.Published(5));
    }

    @Test
    void aRevocationThatCannotBeWrittenIsAnsweredBusyAndMayComeAgain() {
        var alice = town.signedUp("alice");
        town.journal.failNextPersisted("user|" + alice.name);
        var answer = town.<ModernUser.RevokeAnswer>asking(
                alice, replyTo -> new ModernUser.Revoke(alice.revocation(), replyTo));
        answer.expectMessage(new ModernUser.Busy());
        answer.expectTerminated(town.of(alice));
        town.restart(alice);
        assertThat(town.standing(alice)).isEqualTo(ModernUser.Standing.MODERN);
        assertThat(town.revoke(alice, alice.revocation())).isEqualTo(new ModernUser.RevocationTaken());
    }

    @Test
    void whoeverHasTheRecoveryKeyEndsTheIdentity() {
        var alice = town.signedUp("alice");
        var connection = town.online(alice);
        town.add(alice, alice.pairs(0, 1), connection);
        assertThat(town.revoke(alice, alice.forgedRevocation()))
                .isEqualTo(new ModernUser.ChainRefused(Why.WRONG_SIGNATURE));
        var other = new Person(alice.name.text(), 7);
        assertThat(town.revoke(alice, other.says(other.prekeys())))
                .isEqualTo(new ModernUser.ChainRefused(Why.WRONG_PURPOSE));
        assertThat(town.revoke(alice, alice.revocation())).isEqualTo(new ModernUser.RevocationTaken());
        assertThat(connection.receiveMessage()).isEqualTo(new ConnectionNotice.Forgotten(alice.name));
        assertThat(town.revoke(alice, alice.revocation())).isEqualTo(new ModernUser.ChainRefused(Why.REVOKED));
        for (int restarts = 0; restarts < 2; restarts++) {
            assertThat(town.signIn(alice, Town.HOME, town.connection())).isEqualTo(new ModernUser.Revoked());
            assertThat(town.take(alice, BOB)).isEqualTo(new ModernUser.Revoked());
            assertThat(town.whereIs(alice, BOB)).isEqualTo(new ModernUser.Revoked());
            assertThat(town.standing(alice)).isEqualTo(ModernUser.Standing.REVOKED);
            assertThat(town.signUp(alice)).isEqualTo(new ModernUser.NameTaken());
            assertThat(town.chain(alice, 4, ROW_MAX))
                    .isInstanceOfSatisfying(
                            ModernUser.Chain.class,
                            chain -> assertThat(chain.row().getFirst().claim()).isEqualTo(new Claim.Revoke()));
            town.restart(alice);
        }
    }

    @Test
    void anotherIdentityTakesOverAndTheOldKeyOpensNothing() {
        var alice = town.signedUp("alice");
        var connection = town.online(alice);
        town.add(alice, alice.pairs(0, 3), connection);
        var old = alice.tls();
        var oldPairs = alice.pairs(10, 1);
        assertThat(town.publish(alice, alice.becomesAnother(), connection)).isEqualTo(new ModernUser.Published(8));
        assertThat(town.signIn(alice, old, Optional.of(Town.HOME), town.connection()))
                .isEqualTo(new ModernUser.WrongKey());
        assertThat(town.signIn(alice, Town.HOME, connection))
                .as("the pairs of the identity before are none")
                .isEqualTo(new ModernUser.SignedIn(8, alice.chain.head(), 0, 0));
        assertThat(town.take(alice, BOB)).isEqualTo(new ModernUser.Taken(Optional.empty()));
        connection.expectMessage(new ConnectionNotice.PairsRunLow(0));
        assertThat(town.add(alice, oldPairs, connection)).isEqualTo(new ModernUser.ChainRefused(Why.WRONG_SIGNATURE));
        assertThat(town.add(alice, alice.pairs(0, 2), connection))
                .as("an id may serve again under another identity")
                .isEqualTo(new ModernUser.PairsLeft(2));
    }

    @Test
    void eachPairIsHandedOutOnceAndTheSameIdNeverAgain() {
        var alice = town.signedUp("alice");
        var connection = town.online(alice);
        var pairs = alice.pairs(0, 5);
        assertThat(town.add(alice, pairs, connection)).isEqualTo(new ModernUser.PairsLeft(5));
        assertThat(town.add(alice, pairs, connection)).isEqualTo(new ModernUser.PairsLeft(5));
        var taken = new HashSet<ModernUser.TakePairAnswer>();
        for (int i = 0; i < 5; i++) {
            taken.add(town.take(alice, BOB));
            town.restart(alice);
        }
        assertThat(taken)
                .containsExactlyInAnyOrderElementsOf(pairs.stream()
                        .map(pair -> new ModernUser.Taken(Optional.of(pair)))
                        .toList());
        assertThat(town.take(alice, BOB)).isEqualTo(new ModernUser.Taken(Optional.empty()));
        var again = town.online(alice);
        assertThat(town.add(alice, pairs, again)).isEqualTo(new ModernUser.PairsLeft(0));
        assertThat(town.add(alice, alice.pairs(3, 4), again)).isEqualTo(new ModernUser.PairsLeft(2));
    }

    @Test
    void ofManyWhoAskAtOnceNoTwoGetTheSamePair() {
        var alice = town.signedUp("alice");
        var pairs = alice.pairs(0, 50);
        town.add(alice, pairs, town.online(alice));
        var answers = town.kit.<ModernUser.TakePairAnswer>createTestProbe();
        for (int i = 0; i < 60; i++)
            town.of(alice).tell(new ModernUser.TakePair(new UserName("asker" + i % 7), answers.ref()));
        assertThat(answers.receiveSeveralMessages(60))
                .filteredOn(answer -> !answer.equals(new ModernUser.Taken(Optional.empty())))
                .doesNotHaveDuplicates()
                .hasSize(50);
    }

    @Test
    void aPairThatTheIdentityDidNotSignMakesAllOfThemRefused() {
        var alice = town.signedUp("alice");
        var connection = town.online(alice);
        var mixed = List.of(alice.pair(0), town.person("mallory").pair(1));
        assertThat(town.add(alice, mixed, connection)).isEqualTo(new ModernUser.ChainRefused(Why.WRONG_SIGNATURE));
        assertThat(town.add(alice, List.of(), connection)).isEqualTo(new ModernUser.PairsLeft(0));
    }

    @Test
    void noMoreThanTwoHundredPairsAreKeptAndTheOthersMayComeAgain() {
        var alice = town.signedUp("alice");
        var connection = town.online(alice);
        assertThat(town.add(alice, alice.pairs(0, 100), connection)).isEqualTo(new ModernUser.PairsLeft(100));
        var more = alice.pairs(100, 101);
        assertThat(town.add(alice, more, connection)).isEqualTo(new ModernUser.PairsLeft(200));
        town.take(alice, BOB);
        assertThat(town.add(alice, more.subList(100, 101), connection)).isEqualTo(new ModernUser.PairsLeft(200));
    }

    @Test
    void anAskerIsGivenSixtyPairsAnHourAlsoOverRestartsAndAClockThatIsSetBack() {
        var alice = town.signedUp("alice");
        town.add(alice, alice.pairs(0, 70), town.online(alice));
        for (int i = 0; i < 60; i++) assertThat(town.take(alice, BOB)).isInstanceOf(ModernUser.Taken.class);
        assertThat(town.take(alice, BOB)).isEqualTo(new ModernUser.TooOften(Duration.ofHours(1)));
        assertThat(town.take(alice, new UserName("carol"))).isInstanceOf(ModernUser.Taken.class);
        town.restart(alice);
        town.clock.move(Duration.ofMinutes(-30));
        assertThat(town.take(alice, BOB)).isEqualTo(new ModernUser.TooOften(Duration.ofMinutes(90)));
        town.clock.move(Duration.ofMinutes(30));
        town.clock.move(Duration.ofMinutes(59));
        assertThat(town.take(alice, BOB)).isEqualTo(new ModernUser.TooOften(Duration.ofMinutes(1)));
        town.clock.move(Duration.ofMinutes(1));
        assertThat(town.take(alice, BOB)).isInstanceOf(ModernUser.Taken.class);
    }

    @Test
    void theOwnerIsToldWhenFewerThanTwentyAreLeft() {
        var alice = town.signedUp("alice");
        var connection = town.online(alice);
        town.add(alice, alice.pairs(0, 21), connection);
        town.take(alice, BOB);
        town.take(alice, BOB);
        assertThat(connection.receiveMessage()).isEqualTo(new ConnectionNotice.PairsRunLow(19));
        town.take(alice, BOB);
        assertThat(connection.receiveMessage()).isEqualTo(new ConnectionNotice.PairsRunLow(18));
    }

    @Test
    void signingInTellsHowManyPairsAreLeft() {
        var alice = town.signedUp("alice");
        var connection = town.online(alice);
        town.add(alice, alice.pairs(0, 30), connection);
        town.take(alice, BOB);
        assertThat(town.signIn(alice, Town.HOME, connection))
                .isEqualTo(new ModernUser.SignedIn(4, alice.chain.head(), 29, 0));
    }

    @Test
    void aChainOfOneThousandStatementsIsReadBack() {
        var alice = town.signedUp("alice");
        var connection = town.online(alice);
        var statements = IntStream.range(0, 1_000)
                .mapToObj(i -> alice.says(new Claim.Tls(alice.signer().key())))
                .toList();
        assertThat(town.publish(alice, statements, connection)).isEqualTo(new ModernUser.Published(1_004));
        town.restart(alice);
        long before = System.nanoTime();
        assertThat(town.standing(alice)).isEqualTo(ModernUser.Standing.MODERN);
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(20));
    }

    @Test
    void whoIsOnlineStaysAndWhoIsOfflineAndIdleIsPutAway() {
        var alice = town.signedUp("alice");
        var connection = town.online(alice);
        town.time.timePasses(Town.IDLE.multipliedBy(2));
        assertThat(town.putAway()).doesNotContain(town.of(alice));
        connection.stop();
        town.kit.createTestProbe().expectTerminated(connection.ref());
        town.standing(alice);
        town.time.timePasses(Town.IDLE);
        assertThat(town.putAway()).contains(town.of(alice));
    }

    @Test
    void eventsAndSnapshotsHoldTheWholeChain() {
        var alice = town.signedUp("alice");
        assertThat(town.journal.persistedInStorage("user|" + alice.name)).containsExactly(User.signedUp(alice.chain));
        assertThat(User.signedUp(alice.chain)).isInstanceOf(UserEvent.SignedUpModern.class);
        var user = User.nobody(alice.name, Person.REGISTRY).with(User.signedUp(alice.chain));
        var read = User.nobody(alice.name, Person.REGISTRY).of(user.snapshot());
        assertThat(read.chain()).contains(alice.chain);
    }

    private static ModernUser.SignUpAnswer signUp(Person person, List<Statement> statements) {
        return town.signUp(person, statements, person.tls(), Optional.empty());
    }

    private static UserRegistry.SignUpAnswer classicSignUp(Person person) {
        return town.ask(person, replyTo -> new UserRegistry.SignUp(new Password("correct-horse"), replyTo));
    }

    private static ModernUser.Chain chainOf(Person person, int from) {
        var all = person.chain.statements();
        return new ModernUser.Chain(all.size(), all.subList(from, all.size()));
    }
}
