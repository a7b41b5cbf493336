package parley.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.testkit.javadsl.TestKit;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parley.channel.ChannelRefused;
import parley.channel.Expected;
import parley.messages.directory.Code;
import parley.messages.directory.Invite;
import parley.messages.directory.Push;
import parley.messages.directory.Reply;
import parley.messages.directory.Request;
import parley.messages.directory.SignUp;
import parley.messages.identity.Fingerprint;
import parley.messages.identity.IdentityKey;
import parley.messages.identity.RegistryId;
import parley.messages.name.PeerAddress;
import parley.messages.name.UserName;
import picocli.CommandLine;

/** Every request of docs/PROTOCOL.md §8 over real TLS and TCP, with the real actors and the real journal. */
class ModernRegistryTest {
    private static final ActorSystem SYSTEM = ActorSystem.create("peers");
    private static final AtomicInteger NAMES = new AtomicInteger();
    private static final Reply DONE = new Reply.Done();
    private static final PeerAddress HERE = PeerAddress.parse("10.0.0.7:7000");
    private static final ByteString ENVELOPE = ByteString.fromString("sealed");

    private static Running registry;

    @TempDir
    static Path data;

    @BeforeAll
    static void start() {
        registry = new Running(data, Map.of("parley.registry.modern.sign-ups-an-hour-nearby", "1000"));
    }

    @AfterAll
    static void stop() {
        registry.close();
        TestKit.shutdownActorSystem(SYSTEM);
    }

    private final List<ModernSocket> open = new java.util.ArrayList<>();

    @AfterEach
    void closeAll() {
        open.forEach(ModernSocket::close);
    }

    @Test
    void theRegistryGreetsWithItsIdAndShowsTheKeyOfItsFingerprint() throws Exception {
        var socket = connect(registry, new Person("nobody", 1), new Expected.Anybody());
        assertThat(socket.push())
                .isInstanceOfSatisfying(
                        Push.Hello.class, hello -> assertThat(hello.signUp()).isEqualTo(SignUp.OPEN));
        assertThat(socket.key().toCompletableFuture())
                .succeedsWithin(Duration.ofSeconds(5))
                .extracting(Fingerprint::of)
                .isEqualTo(registry.fingerprint);
    }

    @Test
    void aRegistryWithAnotherKeyThanThePinnedOneIsNotTalkedTo() {
        var other = new Person("other", 99).tls();
        var socket = connect(registry, new Person("nobody", 1), new Expected.Exactly(other));
        assertThat(socket.key().toCompletableFuture())
                .failsWithin(Duration.ofSeconds(5))
                .withThrowableThat()
                .withCauseInstanceOf(ChannelRefused.class)
                .withMessageContaining(registry.fingerprint)
                .withMessageContaining(Fingerprint.of(other));
    }

    @Test
    void anAccountIsMadeAndSignedInWithItsKey() throws Exception {
        var alice = new Member("alice");
        assertThat(alice.socket.ask(new Request.SignUp(alice.name(), alice.chain(), Optional.empty())))
                .isEqualTo(DONE);
        assertThat(alice.socket.ask(new Request.SignUp(alice.name(), alice.chain(), Optional.empty())))
                .isEqualTo(new Reply.Refused(Code.TAKEN, "Name %s is taken".formatted(alice.name())));
        assertThat(alice.signIn()).isEqualTo(new Reply.SignedIn(4, alice.person.chain.head(), 0, 0));
        assertThat(alice.socket.ask(new Request.ChainOf(alice.name(), 1)))
                .isEqualTo(new Reply.Chain(4, alice.chain().subList(1, 4)));
    }

    @Test
    void whoseKeyIsAnotherIsNobody() throws Exception {
        var alice = member("alice");
        var mallory = new Member("mallory");
        assertThat(mallory.socket.ask(new Request.SignIn(alice.name(), Optional.empty())))
                .isInstanceOfSatisfying(
                        Reply.Refused.class,
                        refused -> assertThat(refused.code()).isEqualTo(Code.KEY));
        assertThat(mallory.socket.ask(
                        new Request.SignUp(mallory.name(), mallory.chain().subList(0, 2), Optional.empty())))
                .isEqualTo(new Reply.Refused(Code.CHAIN, "INCOMPLETE, expected tls, agreement and signed prekeys"));
        assertThat(mallory.socket.ask(new Request.SignUp(alice.name(), mallory.chain(), Optional.empty())))
                .isEqualTo(new Reply.Refused(Code.TAKEN, "Name %s is taken".formatted(alice.name())));
    }

    @Test
    void aStrangerIsToldNothingButPublicKeys() throws Exception {
        var alice = member("alice");
        var stranger = new Member("stranger");
        for (var request : List.of(
                new Request.Publish(alice.chain()),
                new Request.PrekeysOf(alice.name()),
                new Request.Allow(new TreeSet<>()),
                new Request.Watch(new TreeSet<>()),
                new Request.WhereIs(alice.name()),
                new Request.Deposit(alice.name(), ENVELOPE),
                new Request.Collect(0),
                new Request.Ack(List.of(1L)))) {
            assertThat(stranger.socket.ask(request))
                    .as("%s", request)
                    .isEqualTo(new Reply.Refused(Code.STATE, "Not signed in"));
        }
        assertThat(stranger.socket.ask(new Request.ChainOf(alice.name(), 0)))
                .isEqualTo(new Reply.Chain(4, alice.chain()));
        assertThat(stranger.socket.ask(new Request.ChainOf(new UserName("nobody.at.all"), 0)))
                .isEqualTo(new Reply.Refused(Code.UNKNOWN, "No user nobody.at.all"));
    }

    @Test
    void everyPairIsHandedOutOnceAndItsOwnerIsToldThatFewAreLeft() throws Exception {
        var alice = member("alice");
        var bob = member("bob");
        var pairs = alice.person.pairs(0, 2);
        assertThat(alice.socket.ask(new Request.Pairs(pairs))).isEqualTo(new Reply.PairsLeft(2));
        var one = bob.socket.ask(new Request.PrekeysOf(alice.name()));
        assertThat(alice.socket.push()).isEqualTo(new Push.Prekeys(1));
        var two = bob.socket.ask(new Request.PrekeysOf(alice.name()));
        assertThat(Stream.of(one, two)
                        .map(reply -> ((Reply.Prekeys) reply).pair().orElseThrow()))
                .containsExactlyInAnyOrderElementsOf(pairs);
        assertThat(bob.socket.ask(new Request.PrekeysOf(alice.name()))).isEqualTo(new Reply.Prekeys(Optional.empty()));
    }

    @Test
    void onlyWhoIsAllowedSeesWhoComesAndGoes() throws Exception {
        var alice = member("alice");
        var bob = member("bob");
        var mallory = member("mallory");
        assertThat(alice.socket.ask(new Request.Watch(names(bob, mallory)))).isEqualTo(DONE);
        assertThat(alice.socket.ask(new Request.WhereIs(bob.name())))
                .extracting("code")
                .isEqualTo(Code.OFFLINE);
        assertThat(bob.socket.ask(new Request.Allow(names(alice)))).isEqualTo(DONE);
        assertThat(alice.socket.push()).isEqualTo(new Push.Online(bob.name(), Optional.of(HERE)));
        assertThat(alice.socket.ask(new Request.WhereIs(bob.name()))).isEqualTo(new Reply.At(Optional.of(HERE)));
        assertThat(mallory.socket.ask(new Request.WhereIs(bob.name())))
                .extracting("code")
                .isEqualTo(Code.OFFLINE);
        bob.socket.close();
        assertThat(alice.socket.push()).isEqualTo(new Push.Offline(bob.name()));
    }

    @Test
    void whatIsPublishedIsTakenInAndToldToWhoWatches() throws Exception {
        var alice = member("alice");
        var bob = member("bob");
        alice.socket.ask(new Request.Watch(names(bob)));
        var next = bob.person.says(bob.person.prekeys());
        assertThat(bob.socket.ask(new Request.Publish(List.of(next)))).isEqualTo(new Reply.Published(5));
        assertThat(alice.socket.push()).isEqualTo(new Push.Chain(bob.name(), 5));
        assertThat(bob.socket.ask(new Request.Publish(List.of(next))))
                .isEqualTo(new Reply.Refused(Code.CHAIN, "WRONG_SEQUENCE"));
    }

    @Test
    void envelopesWaitAreCollectedInOrderAndGoWhenAcknowledged() throws Exception {
        var alice = member("alice");
        var bob = member("bob");
        for (int i = 0; i < 3; i++)
            assertThat(alice.socket.ask(new Request.Deposit(bob.name(), envelope(i))))
                    .isEqualTo(DONE);
        assertThat(bob.socket.ask(new Request.Collect(0))).isEqualTo(DONE);
        long last = 0;
        for (int i = 0; i < 3; i++) {
            var push = (Push.Envelope) bob.socket.push();
            assertThat(push.from()).isEqualTo(alice.name());
            assertThat(push.envelope()).isEqualTo(envelope(i));
            assertThat(push.serial()).isGreaterThan(last);
            last = push.serial();
        }
        alice.socket.ask(new Request.Deposit(bob.name(), envelope(3)));
        last = ((Push.Envelope) bob.socket.push()).serial();
        assertThat(bob.socket.ask(new Request.Ack(List.of(last - 3, last - 2, last - 1))))
                .isEqualTo(DONE);
        bob.socket.close();
        bob.connectAgain();
        assertThat(bob.signIn()).extracting("envelopes").isEqualTo(1);
        bob.socket.ask(new Request.Collect(0));
        assertThat(((Push.Envelope) bob.socket.push()).serial()).isEqualTo(last);
        assertThat(alice.socket.ask(new Request.Deposit(new UserName("nobody.there"), ENVELOPE)))
                .isEqualTo(new Reply.Refused(Code.UNKNOWN, "No user nobody.there"));
    }

    @Test
    void whoSignsInElsewhereIsSuperseded() throws Exception {
        var alice = member("alice");
        var before = alice.socket;
        alice.connectAgain();
        assertThat(alice.signIn()).isInstanceOf(Reply.SignedIn.class);
        assertThat(before.push()).isEqualTo(new Push.Superseded());
        before.isClosed();
        assertThat(alice.socket.ask(new Request.WhereIs(alice.name())))
                .extracting("code")
                .isEqualTo(Code.OFFLINE);
    }

    @Test
    void whoHasTheRecoveryKeyEndsTheIdentity() throws Exception {
        var alice = member("alice");
        var stranger = new Member("stranger");
        assertThat(stranger.socket.ask(new Request.Revoke(alice.name(), alice.person.forgedRevocation())))
                .isEqualTo(new Reply.Refused(Code.CHAIN, "WRONG_SIGNATURE"));
        assertThat(stranger.socket.ask(new Request.Revoke(alice.name(), alice.person.revocation())))
                .isEqualTo(DONE);
        alice.socket.isClosed();
        alice.connectAgain();
        assertThat(alice.signIn()).extracting("code").isEqualTo(Code.REVOKED);
    }

    @Test
    void exitIsAnsweredAndThenClosed() throws Exception {
        var alice = member("alice");
        assertThat(alice.socket.ask(new Request.Exit())).isEqualTo(DONE);
        alice.socket.isClosed();
    }

    @Test
    void manyRequestsMayBeOnTheWay() throws Exception {
        var alice = member("alice");
        var tags = Stream.generate(() -> alice.socket.asks(new Request.ChainOf(alice.name(), 0)))
                .limit(500)
                .toList();
        for (var tag : tags) assertThat(alice.socket.answerTo(tag)).isEqualTo(new Reply.Chain(4, alice.chain()));
    }

    @Test
    void aClassicAccountAndAModernOneShareNoName() throws Exception {
        var alice = member("alice");
        try (var classic = registry.connect()) {
            assertThat(classic.ask("signup %s secret 10.0.0.7:1".formatted(alice.name())))
                    .isEqualTo("Error:Name %s is taken".formatted(alice.name()));
        }
    }

    @Test
    void whoIsNotInvitedStaysOutside(@TempDir Path folder) throws Exception {
        try (var closed = new Running(folder, Map.of("parley.registry.sign-up", "invite"))) {
            var alice = new Member(closed, "alice");
            assertThat(alice.hello.signUp()).isEqualTo(SignUp.INVITE);
            assertThat(alice.signUp(Optional.empty())).extracting("code").isEqualTo(Code.INVITE);
            assertThat(alice.signUp(Optional.of(new Invite("guessed"))))
                    .extracting("code")
                    .isEqualTo(Code.INVITE);
            var code = new Invite(invitation(folder));
            assertThat(alice.signUp(Optional.of(code))).isEqualTo(DONE);
            assertThat(new Member(closed, "bob").signUp(Optional.of(code)))
                    .extracting("code")
                    .isEqualTo(Code.INVITE);
            alice.socket.close();
        }
    }

    @Test
    void oneAddressAsksForSoManyAccountsAnHourAndNoMore(@TempDir Path folder) throws Exception {
        try (var strict = new Running(folder, Map.of("parley.registry.modern.sign-ups-an-hour-nearby", "2"))) {
            for (int i = 0; i < 2; i++)
                assertThat(new Member(strict, "member").signUp(Optional.empty()))
                        .isEqualTo(DONE);
            assertThat(new Member(strict, "member").signUp(Optional.empty()))
                    .isEqualTo(new Reply.Refused(Code.RATE, "Too often, try again in 60 minutes"));
        }
    }

    @Test
    void aRegistryThatWasRestartedIsTheSame(@TempDir Path folder) throws Exception {
        RegistryId id;
        String fingerprint;
        Person person;
        try (var first = new Running(folder)) {
            var alice = new Member(first, "alice");
            assertThat(alice.signUp(Optional.empty())).isEqualTo(DONE);
            id = alice.hello.registry();
            fingerprint = first.fingerprint;
            person = alice.person;
        }
        try (var second = new Running(folder)) {
            assertThat(second.fingerprint).isEqualTo(fingerprint);
            var pinned = Fingerprint.parse(fingerprint).orElseThrow();
            var again = connect(second, person, new Expected.Exactly(pinned));
            assertThat(again.push()).isEqualTo(new Push.Hello(id, SignUp.OPEN));
            assertThat(again.ask(new Request.SignIn(person.name, Optional.empty())))
                    .isEqualTo(new Reply.SignedIn(4, person.chain.head(), 0, 0));
        }
    }

    /** What {@code ./parley registry invite} prints while the registry runs. */
    private static String invitation(Path folder) {
        var out = new StringWriter();
        int code = new CommandLine(new RegistryMain())
                .setOut(new PrintWriter(out, true))
                .execute("invite", "--data", folder.toString());
        assertThat(code).isZero();
        return out.toString().strip();
    }

    private Member member(String name) throws InterruptedException {
        var member = new Member(name);
        assertThat(member.signUp(Optional.empty())).isEqualTo(DONE);
        assertThat(member.signIn()).isInstanceOf(Reply.SignedIn.class);
        return member;
    }

    private ModernSocket connect(Running to, Person as, Expected expected) {
        var socket = new ModernSocket(SYSTEM, to.modern, as.tlsSecret(), expected);
        open.add(socket);
        return socket;
    }

    private static SortedSet<UserName> names(Member... members) {
        return new TreeSet<>(Stream.of(members).map(Member::name).toList());
    }

    private static ByteString envelope(int number) {
        return ENVELOPE.concat(ByteString.fromString(String.valueOf(number)));
    }

    /** Somebody at a registry, under a name that nobody else has there. */
    private final class Member {
        private final Running at;
        final Person person;
        final Push.Hello hello;
        ModernSocket socket;

        Member(String name) throws InterruptedException {
            this(registry, name);
        }

        Member(Running at, String name) throws InterruptedException {
            this.at = at;
            int number = NAMES.incrementAndGet();
            // The registry's id is part of what is signed: it says so first.
            var look = connect(at, new Person("nobody", number), new Expected.Anybody());
            hello = (Push.Hello) look.push();
            look.close();
            person = new Person(hello.registry(), name + number, number);
            socket = connectAgain();
        }

        ModernSocket connectAgain() throws InterruptedException {
            socket = connect(at, person, new Expected.Exactly(key()));
            assertThat(socket.push()).isEqualTo(hello);
            return socket;
        }

        private IdentityKey key() {
            return Fingerprint.parse(at.fingerprint).orElseThrow();
        }

        UserName name() {
            return person.name;
        }

        List<parley.messages.identity.Statement> chain() {
            return person.chain.statements();
        }

        Reply signUp(Optional<Invite> invite) throws InterruptedException {
            return socket.ask(new Request.SignUp(name(), chain(), invite));
        }

        Reply signIn() throws InterruptedException {
            return socket.ask(new Request.SignIn(name(), Optional.of(HERE)));
        }
    }
}
