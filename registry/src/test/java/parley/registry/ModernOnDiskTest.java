package parley.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static parley.registry.RunningRegistry.answered;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parley.messages.name.Password;
import parley.messages.name.PeerAddress;
import parley.messages.name.UserName;
import parley.registry.mailbox.Mailbox;
import parley.registry.user.ConnectionNotice;
import parley.registry.user.ModernUser;
import parley.registry.user.UserRegistry;

/** Modern accounts and mailboxes together, sharded, on disk. What is answered must be there after a restart. */
class ModernOnDiskTest {
    private static final PeerAddress HOME = PeerAddress.parse("10.0.0.7:41233");
    private static final UserName BOB = new UserName("bob");

    @TempDir
    Path folder;

    @Test
    void everythingAnsweredIsThereAfterARestartAndAfterAKill() throws Exception {
        var data = folder.resolve("data");
        Person alice;
        Path killed;
        try (var registry = RunningRegistry.start(data)) {
            alice = signedUp(registry, "alice");
            signedUp(registry, "bob");
            var connection = signedIn(registry, alice);
            var said = List.of(alice.says(alice.prekeys()), alice.says(alice.prekeys()));
            assertThat(registry.<UserRegistry.Command, ModernUser.PublishAnswer>ask(
                            registry.users.of(alice.name),
                            replyTo -> new ModernUser.Publish(said, connection.ref(), replyTo)))
                    .isEqualTo(new ModernUser.Published(6));
            assertThat(registry.<UserRegistry.Command, ModernUser.AddPairsAnswer>ask(
                            registry.users.of(alice.name),
                            replyTo -> new ModernUser.AddPairs(alice.pairs(0, 30), connection.ref(), replyTo)))
                    .isEqualTo(new ModernUser.PairsLeft(30));
            assertThat(pairOf(registry, alice)).isInstanceOf(ModernUser.Taken.class);
            for (int i = 0; i < 20; i++) assertThat(deposit(registry, alice, i)).isEqualTo(new Mailbox.Deposited());
            assertThat(ack(registry, alice, 1, 5)).isEqualTo(new Mailbox.Acked());
            killed = copied(data);
        }
        for (var where : List.of(data, killed)) {
            try (var registry = RunningRegistry.start(where)) {
                assertThat(registry.<UserRegistry.Command, ModernUser.SignUpAnswer>ask(
                                registry.users.of(alice.name), replyTo -> signUp(alice, replyTo)))
                        .isEqualTo(new ModernUser.NameTaken());
                assertThat(signIn(registry, alice, TestProbe.create(registry.system)))
                        .isEqualTo(new ModernUser.SignedIn(6, alice.chain.head(), 29, 18));
                long after = 0;
                for (int i = 0; i < 20; i++) {
                    if (i == 0 || i == 4) continue;
                    var envelope = collect(registry, alice, after);
                    assertThat(envelope.bytes()).isEqualTo(bytes(i));
                    assertThat(envelope.from()).isEqualTo(BOB);
                    after = envelope.serial();
                }
            }
        }
    }

    /** Whom the watched ones would tell of their own end is ending as well, and must not hold it up. */
    @Test
    void aRegistryWithWatchersStopsAtOnce() throws Exception {
        var registry = RunningRegistry.start(folder);
        var alice = signedUp(registry, "alice");
        var alices = signedIn(registry, alice);
        for (int i = 0; i < 20; i++) {
            var other = signedUp(registry, "p" + i);
            registry.<UserRegistry.Command, ModernUser.ListAnswer>ask(
                    registry.users.of(alice.name),
                    replyTo -> new ModernUser.Watch(Set.of(other.name), alices.ref(), replyTo));
        }
        long before = System.nanoTime();
        registry.close();
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void whoWatchesSeesAcrossShardsAndAfterTheWatchedOneComesLater() throws Exception {
        try (var registry = RunningRegistry.start(folder)) {
            var alice = signedUp(registry, "alice");
            var bob = signedUp(registry, "bob");
            var bobs = signedIn(registry, bob);
            assertThat(registry.<UserRegistry.Command, ModernUser.ListAnswer>ask(
                            registry.users.of(BOB),
                            replyTo -> new ModernUser.Watch(Set.of(alice.name), bobs.ref(), replyTo)))
                    .isEqualTo(new ModernUser.Noted());
            var alices = signedIn(registry, alice);
            registry.<UserRegistry.Command, ModernUser.ListAnswer>ask(
                    registry.users.of(alice.name), replyTo -> new ModernUser.Allow(Set.of(BOB), alices.ref(), replyTo));
            bobs.expectMessage(new ConnectionNotice.CameOnline(alice.name, Optional.of(HOME)));
            alices.stop();
            bobs.expectMessage(new ConnectionNotice.WentOffline(alice.name));
        }
    }

    @Test
    void onlyModernAccountsHaveMailboxes() throws Exception {
        try (var registry = RunningRegistry.start(folder)) {
            var alice = signedUp(registry, "alice");
            var carol = new Person(registry.id, "carol", 3);
            assertThat(deposit(registry, carol, 1)).isEqualTo(new Mailbox.NoMailbox());
            assertThat(registry.<UserRegistry.Command, UserRegistry.SignUpAnswer>ask(
                            registry.users.of(carol.name),
                            replyTo -> new UserRegistry.SignUp(new Password("correct-horse"), replyTo)))
                    .isEqualTo(new UserRegistry.SignedUp());
            assertThat(deposit(registry, carol, 1)).isEqualTo(new Mailbox.NoMailbox());
            assertThat(deposit(registry, alice, 1)).isEqualTo(new Mailbox.Deposited());
            assertThat(registry.<UserRegistry.Command, ModernUser.RevokeAnswer>ask(
                            registry.users.of(alice.name),
                            replyTo -> new ModernUser.Revoke(alice.revocation(), replyTo)))
                    .isEqualTo(new ModernUser.RevocationTaken());
            assertThat(deposit(registry, alice, 1)).isEqualTo(new Mailbox.Revoked());
        }
    }

    @Test
    void manyMailboxesAtOnceKeepEverythingThatWasAnswered() throws Exception {
        try (var registry = RunningRegistry.start(folder)) {
            var people = IntStream.range(0, 20)
                    .mapToObj(i -> signedUp(registry, "p" + i))
                    .toList();
            var answers = IntStream.range(0, 2_000)
                    .mapToObj(i -> depositing(registry, people.get(i % 20), i))
                    .toList();
            assertThat(answers.stream().map(RunningRegistry::answered)).containsOnly(new Mailbox.Deposited());
        }
        try (var registry = RunningRegistry.start(folder)) {
            for (int i = 0; i < 20; i++) {
                var person = new Person(registry.id, "p" + i, ("p" + i).hashCode());
                assertThat(signIn(registry, person, TestProbe.create(registry.system)))
                        .isEqualTo(new ModernUser.SignedIn(4, person.chain.head(), 0, 100));
            }
        }
    }

    @Test
    void aPolicyThatIsNoneIsRefused() {
        assertThatThrownBy(() -> RunningRegistry.start(folder, "parley.registry.sign-up = perhaps")
                        .close())
                .hasMessageContaining("found \"perhaps\", expected open, invite or closed");
    }

    private static Person signedUp(RunningRegistry registry, String name) {
        var person = new Person(registry.id, name, name.hashCode());
        assertThat(registry.<UserRegistry.Command, ModernUser.SignUpAnswer>ask(
                        registry.users.of(person.name), replyTo -> signUp(person, replyTo)))
                .isEqualTo(new ModernUser.SignedUp());
        return person;
    }

    private static ModernUser.SignUp signUp(Person person, ActorRef<ModernUser.SignUpAnswer> replyTo) {
        return new ModernUser.SignUp(person.chain.statements(), person.tls(), Optional.empty(), replyTo);
    }

    private static TestProbe<ConnectionNotice> signedIn(RunningRegistry registry, Person person) {
        var connection = TestProbe.<ConnectionNotice>create(registry.system);
        assertThat(signIn(registry, person, connection)).isInstanceOf(ModernUser.SignedIn.class);
        return connection;
    }

    private static ModernUser.SignInAnswer signIn(
            RunningRegistry registry, Person person, TestProbe<ConnectionNotice> connection) {
        return registry.ask(
                registry.users.of(person.name),
                replyTo -> new ModernUser.SignIn(person.tls(), Optional.of(HOME), connection.ref(), replyTo));
    }

    private static ModernUser.TakePairAnswer pairOf(RunningRegistry registry, Person person) {
        return registry.ask(registry.users.of(person.name), replyTo -> new ModernUser.TakePair(BOB, replyTo));
    }

    private static Mailbox.DepositAnswer deposit(RunningRegistry registry, Person to, int which) {
        return answered(depositing(registry, to, which));
    }

    private static CompletionStage<Mailbox.DepositAnswer> depositing(RunningRegistry registry, Person to, int which) {
        return registry.asking(
                registry.mailboxes.of(to.name), replyTo -> new Mailbox.Deposit(BOB, bytes(which), replyTo));
    }

    private static Mailbox.AckAnswer ack(RunningRegistry registry, Person person, long... serials) {
        return registry.ask(
                registry.mailboxes.of(person.name),
                replyTo -> new Mailbox.Ack(LongStream.of(serials).boxed().toList(), replyTo));
    }

    private static Mailbox.Envelope collect(RunningRegistry registry, Person person, long after) {
        return (Mailbox.Envelope) registry.<Mailbox.Command, Mailbox.Collected>ask(
                registry.mailboxes.of(person.name), replyTo -> new Mailbox.Collect(after, replyTo));
    }

    private static ByteString bytes(int which) {
        return ByteString.fromString("envelope " + which);
    }

    /** What a kill at this moment would leave. */
    private Path copied(Path data) throws IOException {
        var copy = Files.createDirectory(folder.resolve("killed"));
        for (var file :
                List.of("identity", "journal.sqlite", "journal.sqlite-wal", "shelf.sqlite", "shelf.sqlite-wal", "lock"))
            Files.copy(data.resolve(file), copy.resolve(file));
        return copy;
    }
}
