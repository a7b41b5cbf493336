package parley.proving.power;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static parley.proving.process.Running.event;
import static parley.proving.process.Running.with;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Properties;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.JDBC;
import parley.proving.process.Launch;
import parley.proving.process.Running;

/**
 * A disk is full after some bytes, drawn at random, and has room again; {@code mvn verify -pl proving -am
 * -Dtest=FullDiskTest -Dfull.rounds=300 -Dsurefire.failIfNoSpecifiedTests=false} tries as many offsets in each test.
 * {@code -Dseed=} draws the same.
 */
class FullDiskTest {
    private static final int ROUNDS = Integer.getInteger("full.rounds", 4);

    /** Some commits of a vault, or some deposits. */
    private static final int OFFSET_MAX = 128 * 1024;

    /** One round in so many also finds out what a start without room is like. */
    private static final int ROUNDS_A_KILL = 4;

    private static final int ROUNDS_A_FETCH = 8;

    private static final int WRITES_MAX = 1_000;

    @TempDir
    Path workshop;

    private final long seed = Long.getLong("seed", System.nanoTime());
    private final Random random = new Random(seed);
    private Interposer interposer;

    @BeforeEach
    void compiled() throws Exception {
        System.out.printf("FullDiskTest: -Dseed=%d%n", seed);
        interposer = Interposer.compiled(workshop);
    }

    @Test
    void aVaultWithoutRoomSaysSoAndHoldsAllThatItPromised() throws Exception {
        try (var registry = Running.ready(Launch.registry(workshop.resolve("registry"))
                        .shortLived()
                        .configured(Conversation.PATIENT_REGISTRY));
                var alice = newcomer("alice", "bob", registry);
                var bob = newcomer("bob", "alice", registry)) {
            Talker.acquaint(alice, bob);
            for (int round = 0; round < ROUNDS; round++) {
                var full = round % 2 == 0 ? bob : alice;
                var other = full == bob ? alice : bob;
                long offset = random.nextInt(OFFSET_MAX);
                var when = "round %d, %s has %d bytes left; -Dseed=%d".formatted(round, full.name, offset, seed);
                full.room.leave(offset);
                for (int i = 0; i < WRITES_MAX && !full.room.isUsedUp(); i++) {
                    other.write();
                    full.write();
                }
                assertThat(full.room.isUsedUp()).as(when).isTrue();
                assertThat(full.write().path("event").asText()).as(when).isEqualTo("error");
                other.write();
                if (round % ROUNDS_A_KILL == ROUNDS_A_KILL - 1) killed(full, when);
                full.room.makePlenty();
                alice.awaitAllOf(bob, when);
                bob.awaitAllOf(alice, when);
            }
            alice.readsAnew();
            bob.readsAnew();
            alice.awaitAllOf(bob, "read anew; -Dseed=" + seed);
            bob.awaitAllOf(alice, "read anew; -Dseed=" + seed);
            System.out.printf(
                    "FullDiskTest: vaults, %d offsets, %d texts kept, %d refused%n",
                    ROUNDS,
                    alice.acknowledged.size() + bob.acknowledged.size(),
                    alice.refused.size() + bob.refused.size());
            alice.left();
            bob.left();
        }
        isWhole(vault("alice"));
        isWhole(vault("bob"));
    }

    private static void killed(Talker full, String when) throws Exception {
        full.killed();
        var answer = full.signIn();
        assertThat(answer.path("event").asText()).as(when).isEqualTo("error");
        assertThat(answer.path("message").asText()).as(when).containsAnyOf("disk", "space");
        full.room.makePlenty();
        full.signedIn();
    }

    @Test
    void aRegistryWithoutRoomSaysSoAndHoldsAllThatItTook() throws Exception {
        var folder = workshop.resolve("registry");
        var room = Room.plenty(interposer, folder, workshop.resolve("registry.room"));
        var launch =
                Launch.registry(folder).under(room.variables()).shortLived().configured(Conversation.PATIENT_REGISTRY);
        var registry = Running.ready(launch);
        try (var alice = newcomer("alice", "bob", registry);
                var bob = newcomer("bob", "alice", registry)) {
            Talker.acquaint(alice, bob);
            bob.left();
            var at = registry.modernAddress();
            launch = launch.with("--listen", at.substring(0, at.indexOf('#')));
            int sent = 0;
            for (int round = 0; round < ROUNDS; round++) {
                long offset = random.nextInt(OFFSET_MAX);
                var when = "round %d, the registry has %d bytes left; -Dseed=%d".formatted(round, offset, seed);
                room.leave(offset);
                for (int i = 0; i < WRITES_MAX && !room.isUsedUp(); i++) alice.write();
                assertThat(room.isUsedUp()).as(when).isTrue();
                alice.write();
                if (round % ROUNDS_A_KILL == ROUNDS_A_KILL - 1) {
                    signsUpLater(room, registry, "visitor" + round, when);
                    room.leave(0);
                    registry.kill();
                    var inVain = launch;
                    assertThatThrownBy(() -> Running.ready(inVain)).as(when).hasMessageContaining("No space left");
                    room.makePlenty();
                    registry = Running.ready(launch);
                }
                room.makePlenty();
                for (; sent < alice.ids.size(); sent++)
                    alice.running()
                            .await("sent, " + when, event("sent").and(with("id", alice.ids.get(sent))), Talker.SOON);
                // Nobody's mailbox holds all that may be written in many rounds.
                if (round % ROUNDS_A_FETCH == ROUNDS_A_FETCH - 1) {
                    bob.comesBack();
                    bob.awaitAllOf(alice, when);
                    bob.left();
                }
            }
            System.out.printf("FullDiskTest: registry, %d offsets, %d texts%n", ROUNDS, sent);
            alice.left();
            bob.comesBack();
            bob.awaitAllOf(alice, "-Dseed=" + seed);
            registry.terminate();
            registry.awaitExit(Talker.SOON);
        } finally {
            registry.close();
        }
        isWhole(folder.resolve("journal.sqlite"));
        isWhole(folder.resolve("shelf.sqlite"));
    }

    /** He is told what to do, and it works. */
    private void signsUpLater(Room room, Running registry, String name, String when) throws Exception {
        var account = "%s %s".formatted(name, Talker.PASSWORD);
        try (var visitor = Running.ready(Launch.modern(registry.modernAddress(), workshop.resolve(name))
                .shortLived()
                .configured(Conversation.PATIENT))) {
            var refused = visitor.attempt("signup " + account);
            assertThat(refused.path("event").asText()).as(when).isEqualTo("error");
            assertThat(refused.path("message").asText()).as(when).contains("registry", "signin " + name);
            room.makePlenty();
            visitor.run("signin " + account);
        }
    }

    private Talker newcomer(String name, String other, Running registry) throws Exception {
        var home = workshop.resolve(name);
        var room = Room.plenty(interposer, home, workshop.resolve(name + ".room"));
        return Talker.newcomer(name, other, registry.modernAddress(), home, room);
    }

    private Path vault(String name) {
        return workshop.resolve(name).resolve("data").resolve("accounts").resolve(name + ".vault");
    }

    private static void isWhole(Path database) throws SQLException {
        assertThat(Files.exists(database)).isTrue();
        try (var connection = JDBC.createConnection("jdbc:sqlite:" + database, new Properties());
                var statement = connection.createStatement();
                var row = statement.executeQuery("PRAGMA integrity_check")) {
            assertThat(row.getString(1)).as("%s", database).isEqualTo("ok");
        }
    }
}
