package parley.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.testkit.javadsl.TestKit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parley.channel.Expected;
import parley.messages.directory.Code;
import parley.messages.directory.Push;
import parley.messages.directory.Reply;
import parley.messages.directory.Request;
import parley.messages.directory.Tag;
import parley.messages.group.Deed;
import parley.messages.group.GroupEntry;
import parley.messages.group.GroupLog;
import parley.messages.group.Policy;
import parley.messages.group.Taking;
import parley.messages.identity.Fingerprint;
import parley.messages.identity.RegistryId;
import parley.messages.name.GroupName;

/** Every request of docs/PROTOCOL.md §12.3 over real TLS and TCP, with the real actors and the real journal. */
class ModernGroupsTest {
    private static final ActorSystem SYSTEM = ActorSystem.create("members");
    private static final AtomicInteger NAMES = new AtomicInteger();
    private static final Reply DONE = new Reply.Done();

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

    private final List<ModernSocket> open = new ArrayList<>();
    private final GroupName team = new GroupName("team" + NAMES.incrementAndGet());

    @AfterEach
    void closeAll() {
        open.forEach(ModernSocket::close);
    }

    @Test
    void aGroupIsCreatedAppendedToReadAndListed() throws Exception {
        var alice = new Member("alice");
        var bob = new Member("bob");
        var log = alice.founds(Policy.OPEN);
        var joins = bob.person.writes(log, new Deed.Join());
        assertThat(bob.socket.ask(new Request.AppendToLog(team, joins))).isEqualTo(new Reply.Appended(2));
        log = longer(log.append(joins));
        assertThat(alice.socket.ask(new Request.LogOf(team, 1))).isEqualTo(new Reply.Log(2, List.of(joins)));
        assertThat(alice.reads()).isEqualTo(log);
        assertThat(groups(alice.socket.ask(new Request.ListGroups(Optional.empty()))))
                .contains(new Reply.Listed(team, 2));
        assertThat(groups(alice.socket.ask(new Request.ListGroups(Optional.of(team)))))
                .doesNotContain(new Reply.Listed(team, 2));
        var closes = alice.person.writes(log, new Deed.Become(Policy.CLOSED));
        assertThat(alice.socket.ask(new Request.AppendToLog(team, closes))).isEqualTo(new Reply.Appended(3));
        assertThat(groups(alice.socket.ask(new Request.ListGroups(Optional.empty()))))
                .extracting(Reply.Listed::name)
                .doesNotContain(team);
    }

    @Test
    void whoIsNotSignedInIsToldNothing() throws Exception {
        var alice = new Member("alice");
        alice.founds(Policy.OPEN);
        var stranger = alice.connect();
        var entry = alice.person.creates(new GroupName("other"), Policy.OPEN);
        for (var request : List.of(
                new Request.CreateGroup(new GroupName("other"), entry),
                new Request.AppendToLog(team, entry),
                new Request.LogOf(team, 0),
                new Request.ListGroups(Optional.empty())))
            assertThat(stranger.ask(request))
                    .as("%s", request)
                    .isEqualTo(new Reply.Refused(Code.STATE, "Not signed in"));
    }

    @Test
    void whoIsRefusedIsToldWhy() throws Exception {
        var alice = new Member("alice");
        var bob = new Member("bob");
        var log = alice.founds(Policy.MEMBERS);
        assertThat(bob.socket.ask(new Request.CreateGroup(team, bob.person.creates(team, Policy.OPEN))))
                .isEqualTo(new Reply.Refused(Code.TAKEN, "Group %s exists".formatted(team)));
        var unknown = new Reply.Refused(Code.UNKNOWN, "No group %s".formatted(team));
        assertThat(bob.socket.ask(new Request.LogOf(team, 0))).isEqualTo(unknown);
        assertThat(bob.socket.ask(new Request.AppendToLog(team, bob.person.writes(log, new Deed.Join()))))
                .isEqualTo(unknown);
        var adds = alice.person.writes(log, bob.person.in());
        assertThat(alice.socket.ask(new Request.AppendToLog(team, adds))).isEqualTo(new Reply.Appended(2));
        assertThat(alice.socket.ask(new Request.AppendToLog(team, adds)))
                .isEqualTo(new Reply.Refused(Code.HEAD, "The log of group %s is another one now".formatted(team)));
        log = longer(log.append(adds));
        var removes = bob.person.writes(log, new Deed.Remove(alice.person.name));
        assertThat(bob.socket.ask(new Request.AppendToLog(team, removes)))
                .isEqualTo(new Reply.Refused(Code.GROUP, "NOT_AN_ADMIN"));
        var alices = alice.person.writes(log, new Deed.Become(Policy.OPEN));
        assertThat(bob.socket.ask(new Request.AppendToLog(team, alices)))
                .isEqualTo(new Reply.Refused(Code.GROUP, "WRONG_SIGNATURE"));
    }

    @Test
    void onlyThePresentIdentityWrites() throws Exception {
        var alice = new Member("alice");
        var log = alice.founds(Policy.OPEN);
        var before = alice.person.writes(log, new Deed.Become(Policy.INVITE));
        assertThat(alice.socket.ask(new Request.Publish(alice.person.becomesAnother())))
                .isEqualTo(new Reply.Published(8));
        assertThat(alice.socket.ask(new Request.AppendToLog(team, before)))
                .isEqualTo(new Reply.Refused(Code.GROUP, "WRONG_SIGNATURE"));
        var after = alice.person.writes(log, new Deed.Become(Policy.INVITE));
        assertThat(alice.socket.ask(new Request.AppendToLog(team, after)))
                .isEqualTo(new Reply.Refused(Code.GROUP, "NOT_A_MEMBER"));
        var others = new GroupName("others" + NAMES.incrementAndGet());
        assertThat(alice.socket.ask(new Request.CreateGroup(others, alice.person.creates(others, Policy.OPEN))))
                .isEqualTo(DONE);
    }

    @Test
    void aSupersededConnectionWritesNothingMore() throws Exception {
        var alice = new Member("alice");
        var log = alice.founds(Policy.OPEN);
        var older = alice.socket;
        alice.signsInAgain();
        assertThat(older.push()).isInstanceOf(Push.Superseded.class);
        older.isClosed();
        var entry = alice.person.writes(log, new Deed.Become(Policy.INVITE));
        assertThat(alice.socket.ask(new Request.AppendToLog(team, entry))).isEqualTo(new Reply.Appended(2));
    }

    @Test
    void anAccountHasTwentyGroupsAnHour() throws Exception {
        var alice = new Member("alice");
        for (int i = 0; i < 20; i++) {
            var name = new GroupName("many" + NAMES.incrementAndGet());
            assertThat(alice.socket.ask(new Request.CreateGroup(name, alice.person.creates(name, Policy.INVITE))))
                    .isEqualTo(DONE);
        }
        assertThat(alice.socket.ask(new Request.CreateGroup(team, alice.person.creates(team, Policy.INVITE))))
                .isEqualTo(new Reply.Refused(Code.RATE, "Too often, try again in 60 minutes"));
        new Member("bob").founds(Policy.INVITE);
    }

    @Test
    void anAccountHasSixHundredEntriesAnHour() throws Exception {
        var alice = new Member("alice");
        var log = alice.founds(Policy.INVITE);
        var stale = alice.person.writes(log, new Deed.Become(Policy.MEMBERS));
        var tags = new ArrayList<Tag>();
        for (int i = 0; i < 600; i++) tags.add(alice.socket.asks(new Request.AppendToLog(team, stale)));
        assertThat(alice.socket.answerTo(tags.removeFirst())).isEqualTo(new Reply.Appended(2));
        for (var tag : tags)
            assertThat(alice.socket.answerTo(tag))
                    .isInstanceOfSatisfying(
                            Reply.Refused.class,
                            refused -> assertThat(refused.code()).isEqualTo(Code.HEAD));
        assertThat(alice.socket.ask(new Request.AppendToLog(team, stale)))
                .isInstanceOfSatisfying(
                        Reply.Refused.class,
                        refused -> assertThat(refused.code()).isEqualTo(Code.RATE));
        assertThat(alice.reads().size()).isEqualTo(2);
    }

    @Test
    void classicClientsAreToldThatAGroupIsModern() throws Exception {
        new Member("alice").founds(Policy.OPEN);
        try (var classic = registry.connect()) {
            var carol = "carol" + NAMES.incrementAndGet();
            classic.signedIn(carol, 1);
            var modern = "Error:Group %s is a modern group".formatted(team);
            assertThat(classic.ask("join %s %s".formatted(team, carol))).isEqualTo(modern);
            assertThat(classic.ask("key:%s".formatted(team))).isEqualTo(modern);
            assertThat(classic.ask("group_info:%s:%s".formatted(team, carol))).isEqualTo(modern);
            assertThat(classic.ask("create %s %s".formatted(team, carol)))
                    .isEqualTo("Error:Group %s exists".formatted(team));
            assertThat(classic.ask("list")).doesNotContain(team.text());
        }
    }

    private final class Member {
        final Person person;
        final Push.Hello hello;
        ModernSocket socket;

        /** Signed up and signed in. */
        Member(String name) throws InterruptedException {
            int number = NAMES.incrementAndGet();
            // The registry's id is part of what is signed: it says so first.
            var look = new ModernSocket(
                    SYSTEM, registry.modern, new Person("nobody", number).tlsSecret(), new Expected.Anybody());
            hello = (Push.Hello) look.push();
            look.close();
            person = new Person(hello.registry(), name + number, number);
            socket = connect();
            assertThat(socket.ask(new Request.SignUp(person.name, person.chain.statements(), Optional.empty())))
                    .isEqualTo(DONE);
            signsIn();
        }

        ModernSocket connect() throws InterruptedException {
            var expected =
                    new Expected.Exactly(Fingerprint.parse(registry.fingerprint).orElseThrow());
            var connection = new ModernSocket(SYSTEM, registry.modern, person.tlsSecret(), expected);
            open.add(connection);
            assertThat(connection.push()).isEqualTo(hello);
            return connection;
        }

        void signsInAgain() throws InterruptedException {
            socket = connect();
            signsIn();
        }

        private void signsIn() throws InterruptedException {
            assertThat(socket.ask(new Request.SignIn(person.name, Optional.empty())))
                    .isInstanceOf(Reply.SignedIn.class);
        }

        GroupLog founds(Policy policy) throws InterruptedException {
            var first = person.creates(team, policy);
            assertThat(socket.ask(new Request.CreateGroup(team, first))).isEqualTo(DONE);
            return longer(GroupLog.begin(hello.registry(), team, first));
        }

        GroupLog reads() throws InterruptedException {
            var answer = (Reply.Log) socket.ask(new Request.LogOf(team, 0));
            assertThat(answer.row()).hasSize(answer.entries());
            return verified(hello.registry(), answer.row());
        }
    }

    private GroupLog verified(RegistryId id, List<GroupEntry> entries) {
        var begun = longer(GroupLog.begin(id, team, entries.getFirst()));
        return longer(begun.append(entries.subList(1, entries.size())));
    }

    private static List<Reply.Listed> groups(Reply reply) {
        return ((Reply.Groups) reply).groups();
    }

    private static GroupLog longer(Taking answer) {
        return switch (answer) {
            case Taking.Longer(var log) -> log;
            case Taking.Refused(var why) -> throw new AssertionError("refused: " + why);
        };
    }
}
