package parley.registry.user;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parley.messages.name.Password;
import parley.registry.Person;
import parley.registry.journal.JournalFolder;

class InvitationsTest {
    @TempDir
    static Path folder;

    static Town town;

    @BeforeAll
    static void open() {
        town = new Town(folder, SignUpPolicy.INVITE);
    }

    @AfterAll
    static void close() throws IOException {
        town.close();
    }

    @Test
    void aCodeMakesOneAccount() {
        var code = invitation();
        assertThat(code).matches("[A-Za-z0-9_-]{22}");
        assertThat(town.signUp(town.person("alice"), code)).isEqualTo(new ModernUser.SignedUp());
        assertThat(town.signUp(town.person("bob"), code)).isEqualTo(new ModernUser.NoSuchInvitation());
    }

    @Test
    void nobodySignsUpWithoutOne() {
        var alice = town.person("alice");
        assertThat(town.signUp(alice)).isEqualTo(new ModernUser.NoSuchInvitation());
        assertThat(town.signUp(alice, "AAAAAAAAAAAAAAAAAAAAAA")).isEqualTo(new ModernUser.NoSuchInvitation());
        assertThat(town.standing(alice)).isEqualTo(ModernUser.Standing.NONE);
    }

    @Test
    void ofManyWhoBringTheSameCodeAtOnceOneWins() {
        var code = invitation();
        var answers = town.kit.<ModernUser.SignUpAnswer>createTestProbe();
        for (int i = 0; i < 50; i++) {
            var person = town.person("p");
            town.of(person)
                    .tell(new ModernUser.SignUp(
                            person.chain.statements(), person.tls(), Optional.of(code), answers.ref()));
        }
        var all = answers.receiveSeveralMessages(50);
        assertThat(all).filteredOn(new ModernUser.SignedUp()::equals).hasSize(1);
        assertThat(all).filteredOn(new ModernUser.NoSuchInvitation()::equals).hasSize(49);
    }

    @Test
    void ofManyWhoBringACodeEachForOneNameNoneIsLostButTheWinners() {
        var alice = town.person("alice");
        var mine = invitation();
        var theirs = invitation();
        var first = signingUp(alice, mine);
        var second = signingUp(alice, theirs);
        assertThat(first.receiveMessage()).isEqualTo(new ModernUser.SignedUp());
        assertThat(second.receiveMessage()).isIn(new ModernUser.Busy(), new ModernUser.NameTaken());
        assertThat(town.signUp(town.person("bob"), theirs)).isEqualTo(new ModernUser.SignedUp());
    }

    /** Who comes second finds the name taken, and must not take the code of the first one out of it again. */
    @Test
    void aCodeThatIsBroughtTwiceForOneNameIsSpent() {
        var code = invitation();
        var alice = town.person("alice");
        var held = hold();
        var first = signingUp(alice, code);
        var second = signingUp(alice, code);
        held.countDown();
        assertThat(first.receiveMessage()).isEqualTo(new ModernUser.SignedUp());
        assertThat(second.receiveMessage()).isEqualTo(new ModernUser.Busy());
        assertThat(town.signUp(town.person("bob"), code)).isEqualTo(new ModernUser.NoSuchInvitation());
    }

    @Test
    void aSignUpThatFailsForAnotherReasonCostsNoCode() {
        var code = invitation();
        var alice = town.person("alice");
        var mallory = town.person("mallory");
        assertThat(town.signUp(alice, alice.chain.statements(), mallory.tls(), Optional.of(code)))
                .isEqualTo(new ModernUser.WrongKey());
        assertThat(town.signUp(alice, mallory.chain.statements(), alice.tls(), Optional.of(code)))
                .isInstanceOf(ModernUser.ChainRefused.class);
        assertThat(town.signUp(alice, code)).isEqualTo(new ModernUser.SignedUp());
        var another = invitation();
        assertThat(town.signUp(alice, another)).isEqualTo(new ModernUser.NameTaken());
        assertThat(town.signUp(mallory, another)).isEqualTo(new ModernUser.SignedUp());
    }

    @Test
    void aSignUpThatAClassicOneOvertookGivesItsCodeBack() {
        var code = invitation();
        var alice = town.person("alice");
        var held = hold();
        var modern = signingUp(alice, code);
        assertThat(town.<UserRegistry.SignUpAnswer>ask(
                        alice, replyTo -> new UserRegistry.SignUp(new Password("correct-horse"), replyTo)))
                .isEqualTo(new UserRegistry.SignedUp());
        held.countDown();
        assertThat(modern.receiveMessage()).isEqualTo(new ModernUser.NameTaken());
        assertThat(town.signUp(town.person("bob"), code)).isEqualTo(new ModernUser.SignedUp());
    }

    @Test
    void aCrashBetweenTheCodeAndTheAccountLeavesTheCodeToThatName() {
        var code = invitation();
        var alice = town.person("alice");
        town.journal.failNextPersisted("user|" + alice.name);
        var answer = signingUp(alice, code);
        answer.expectMessage(new ModernUser.Busy());
        answer.expectTerminated(town.of(alice));
        town.restart(alice);
        assertThat(town.signUp(town.person("bob"), code)).isEqualTo(new ModernUser.NoSuchInvitation());
        assertThat(town.signUp(alice, code)).isEqualTo(new ModernUser.SignedUp());
    }

    @Test
    void anotherProcessMakesThemWhileTheRegistryRunsAndNoneStandsInTheFile() throws Exception {
        String code;
        try (var beside = JournalFolder.shelfBeside(folder)) {
            code = done(new Invitations(beside, town.clock).make(new SecureRandom()::nextBytes));
        }
        assertThat(new String(Files.readAllBytes(folder.resolve("shelf.sqlite")), StandardCharsets.ISO_8859_1)
                        + new String(
                                Files.readAllBytes(folder.resolve("shelf.sqlite-wal")), StandardCharsets.ISO_8859_1))
                .doesNotContain(code);
        assertThat(town.signUp(town.person("alice"), code)).isEqualTo(new ModernUser.SignedUp());
    }

    @Test
    void whereSignUpIsClosedNoCodeHelps(@TempDir Path elsewhere) throws Exception {
        try (var closed = new Town(elsewhere, SignUpPolicy.CLOSED)) {
            var code = done(closed.invitations.make(new SecureRandom()::nextBytes));
            assertThat(closed.signUp(closed.person("alice"), code)).isEqualTo(new ModernUser.SignUpClosed());
        }
    }

    /** Keeps the shelf busy until released. */
    private static CountDownLatch hold() {
        var held = new CountDownLatch(1);
        town.shelf.carryOut(rows -> {
            try {
                return held.await(30, TimeUnit.SECONDS);
            } catch (InterruptedException never) {
                throw new AssertionError(never);
            }
        });
        return held;
    }

    private static TestProbe<ModernUser.SignUpAnswer> signingUp(Person person, String code) {
        return town.asking(
                person,
                replyTo -> new ModernUser.SignUp(person.chain.statements(), person.tls(), Optional.of(code), replyTo));
    }

    private static String invitation() {
        return done(town.invitations.make(new SecureRandom()::nextBytes));
    }

    private static <T> T done(CompletionStage<T> stage) {
        return assertThat(stage).succeedsWithin(Duration.ofSeconds(30)).actual();
    }
}
