package parley.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every request and every error of the protocol, over sockets, with the real actors and the real journal. */
class RegistryTest {
    static final AtomicInteger names = new AtomicInteger();

    static Running registry;

    @BeforeAll
    static void start(@TempDir Path data) {
        registry = new Running(data);
    }

    @AfterAll
    static void stop() {
        registry.close();
    }

    final String alice = name("alice");
    final String bob = name("bob");
    final String carol = name("carol");
    final String team = name("team");

    @Test
    void aNameIsSignedUpOnceInAnyCase() throws IOException {
        try (var client = registry.connect()) {
            assertThat(client.ask("signup %s secret 10.0.0.7:1".formatted(alice)))
                    .isEqualTo("Signup successful");
            assertThat(client.ask("signup %s other 10.0.0.7:1".formatted(alice.toUpperCase(Locale.ROOT))))
                    .isEqualTo("Error:Name %s is taken".formatted(alice));
            assertThat(client.ask("client_info:" + alice)).isEqualTo("Error:User %s is not online".formatted(alice));
        }
    }

    @Test
    void whatCannotBeANameOrAnAddressIsSaid() throws IOException {
        try (var client = registry.connect()) {
            assertThat(client.ask("signup no/way secret 10.0.0.7:1"))
                    .isEqualTo("Error:Bad user name, expected 1 to 32 of a-z 0-9 _ . -");
            assertThat(client.ask("signup %s secret nowhere:1".formatted(alice)))
                    .startsWith("Error:Bad address, expected an IPv4 address");
            assertThat(client.ask("signup %s secret".formatted(alice)))
                    .isEqualTo("Error:Expected signup NAME PASSWORD IP and port");
            assertThat(client.ask("hello")).isEqualTo("Error:Invalid command");
        }
    }

    @Test
    void aWrongPasswordAndAnUnknownNameAreToldAlike() throws IOException {
        try (var client = registry.connect()) {
            client.ask("signup %s secret 10.0.0.7:1".formatted(alice));
            assertThat(client.ask("signin %s Secret 10.0.0.7:1".formatted(alice)))
                    .isEqualTo("Error:Wrong name or password");
            assertThat(client.ask("signin %s secret 10.0.0.7:1".formatted(bob)))
                    .isEqualTo("Error:Wrong name or password");
        }
    }

    @Test
    void tooManyWrongPasswordsMustWait() throws IOException {
        try (var client = registry.connect()) {
            client.ask("signup %s secret 10.0.0.7:1".formatted(alice));
            for (int i = 0; i < 6; i++) client.ask("signin %s wrong 10.0.0.7:1".formatted(alice));
            assertThat(client.ask("signin %s secret 10.0.0.7:1".formatted(alice)))
                    .matches("Error:Too many attempts, try again in \\d+ seconds?");
        }
    }

    @Test
    void aUserIsOnlineWhileItsConnectionIsOpen() throws IOException {
        try (var watcher = registry.connect()) {
            assertThat(watcher.ask("client_info:" + alice)).isEqualTo("Error:No user " + alice);
            var client = registry.connect().signedIn(alice, 41233);
            assertThat(watcher.ask("client_info:" + alice)).isEqualTo("10.0.0.7:41233");
            client.hangUp();
            awaitOffline(watcher, alice);
            registry.connect().back(alice, 41234).reset();
            awaitOffline(watcher, alice);
            registry.connect().back(alice, 41235).send("exit");
            awaitOffline(watcher, alice);
        }
    }

    @Test
    void aSecondSignInTakesOverAndTheFirstIsToldNothing() throws IOException {
        try (var older = registry.connect().signedIn(alice, 1);
                var newer = registry.connect().back(alice, 2)) {
            assertThat(newer.ask("client_info:" + alice)).isEqualTo("10.0.0.7:2");
            assertThat(older.ask("create %s %s".formatted(team, alice))).isEqualTo("Error:Not signed in");
            older.hangUp();
            assertThat(newer.ask("create %s %s".formatted(team, alice))).isEqualTo("Group %s created".formatted(team));
            assertThat(newer.ask("client_info:" + alice)).isEqualTo("10.0.0.7:2");
        }
    }

    @Test
    void whoSignsInAsAnotherLeavesTheFirstOffline() throws IOException {
        try (var client = registry.connect().signedIn(alice, 1).signedIn(bob, 2)) {
            assertThat(client.ask("client_info:" + bob)).isEqualTo("10.0.0.7:2");
            assertThat(client.ask("client_info:" + alice)).isEqualTo("Error:User %s is not online".formatted(alice));
        }
    }

    @Test
    void groupsAreCreatedJoinedListedAndHaveOneKey() throws IOException {
        try (var a = registry.connect().signedIn(alice, 1);
                var b = registry.connect().signedIn(bob, 2)) {
            assertThat(a.ask("create %s %s".formatted(team, alice))).isEqualTo("Group %s created".formatted(team));
            assertThat(b.ask("create %s %s".formatted(team, bob))).isEqualTo("Error:Group %s exists".formatted(team));
            assertThat(b.ask("list").split(",", -1)).contains(team + ":1");
            assertThat(b.ask("join %s %s".formatted(team, bob))).isEqualTo("Joined group " + team);
            assertThat(b.ask("list").split(",", -1)).contains(team + ":2");
            assertThat(b.ask("join %s %s".formatted(team, bob)))
                    .isEqualTo("Error:User %s is already a member of %s".formatted(bob, team));
            assertThat(b.ask("join %s %s".formatted(name("none"), bob))).startsWith("Error:No group none");
            var key = a.send("key:" + team).receive();
            assertThat(key).hasSize(24);
            assertThat(b.send("key:" + team).receive()).isEqualTo(key);
            assertThat(b.ask("members")).isEqualTo("%s:[%s,%s]".formatted(team, alice, bob));
        }
    }

    @Test
    void whereTheOtherMembersAre() throws IOException {
        try (var a = registry.connect().signedIn(alice, 1);
                var b = registry.connect().signedIn(bob, 2);
                var c = registry.connect().signedIn(carol, 3)) {
            a.ask("create %s %s".formatted(team, alice));
            assertThat(a.ask("group_info:%s:%s".formatted(team, alice)))
                    .isEqualTo("Error:Nobody else in group %s is online".formatted(team));
            b.ask("join %s %s".formatted(team, bob));
            assertThat(c.ask("group_info:%s:%s".formatted(team, carol)))
                    .isEqualTo("Error:User %s is not a member of group %s".formatted(carol, team));
            c.ask("join %s %s".formatted(team, carol));
            assertThat(a.ask("group_info:%s:%s".formatted(team, alice))).isEqualTo("10.0.0.7:2;10.0.0.7:3");
            assertThat(c.ask("group_info:%s:%s".formatted(team, carol))).isEqualTo("10.0.0.7:1;10.0.0.7:2");
        }
    }

    @Test
    void nobodySpeaksForAnother() throws IOException {
        try (var stranger = registry.connect();
                var client = registry.connect().signedIn(alice, 1)) {
            for (var request :
                    new String[] {"create g alice", "join g alice", "key:g", "group_info:g:alice", "members"}) {
                assertThat(stranger.ask(request)).isEqualTo("Error:Not signed in");
            }
            var refusal = "Error:Signed in as %s, not as %s".formatted(alice, bob);
            assertThat(client.ask("create %s %s".formatted(team, bob))).isEqualTo(refusal);
            assertThat(client.ask("join %s %s".formatted(team, bob))).isEqualTo(refusal);
            assertThat(client.ask("group_info:%s:%s".formatted(team, bob))).isEqualTo(refusal);
            assertThat(client.ask("key:" + team))
                    .isEqualTo("Error:User %s is not a member of group %s".formatted(alice, team));
            assertThat(client.ask("members")).isEqualTo("Error:Not a member of any group");
        }
    }

    @Test
    void ncGetsItsAnswersAfterItClosedItsSide() throws IOException {
        try (var nc = registry.connect()) {
            nc.send("client_info:%s\nwhat\n".formatted(alice)).closeOutput();
            assertThat(nc.rest()).isEqualTo("Error:No user %sError:Invalid command".formatted(alice));
        }
    }

    @Test
    void exitClosesWithoutAnAnswer() throws IOException {
        try (var client = registry.connect()) {
            assertThat(client.send("exit").rest()).isEmpty();
        }
    }

    @Test
    void ofManySignUpsOfOneNameAtOnceOneWins() throws InterruptedException {
        Set<String> winners = ConcurrentHashMap.newKeySet();
        var losers = new AtomicInteger();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 100; i++) {
                var password = "secret" + i;
                threads.execute(() -> {
                    try (var client = registry.connect()) {
                        var answer = client.ask("signup %s %s 10.0.0.7:1".formatted(carol, password));
                        if (answer.equals("Signup successful")) winners.add(password);
                        else if (answer.equals("Error:Name %s is taken".formatted(carol))) losers.incrementAndGet();
                    } catch (IOException broken) {
                        throw new UncheckedIOException(broken);
                    }
                });
            }
            threads.shutdown();
            assertThat(threads.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(winners).hasSize(1);
        assertThat(losers).hasValue(99);
    }

    @Test
    void whoPipelinesIsAnsweredInOrder() throws IOException {
        try (var client = registry.connect()) {
            var requests = new StringBuilder();
            var answers = new StringBuilder();
            for (int i = 0; i < 1_000; i++) {
                var user = "stranger%d".formatted(i % 10);
                requests.append("client_info:").append(user).append('\n');
                answers.append("Error:No user ").append(user);
            }
            client.send(requests.toString()).closeOutput();
            // Not isEqualTo: a failure would print both, which is 50 KB.
            assertThat(client.rest().equals(answers.toString())).isTrue();
        }
    }

    private static void awaitOffline(ClassicSocket watcher, String user) throws IOException {
        var offline = "Error:User %s is not online".formatted(user);
        for (int i = 0; i < 1_000; i++)
            if (watcher.ask("client_info:%s\n".formatted(user)).equals(offline)) return;
        throw new AssertionError(user + " stays online");
    }

    /** A new name for each test, as all share the registry. */
    private static String name(String stem) {
        return stem + names.incrementAndGet();
    }
}
