package parley.proving.modern;

import static org.assertj.core.api.Assertions.assertThat;
import static parley.proving.modern.Town.moved;
import static parley.proving.process.Running.event;
import static parley.proving.process.Running.with;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parley.proving.process.Launch;
import parley.proving.process.Running;

/**
 * Files between people, as real programs. {@code -DfileMiB=1024 -DfileKills=30} sends more over more kills: {@code mvn
 * verify -pl proving -am -Dtest=FilesTest -DfileMiB=1024 -DfileKills=30 -Dsurefire.failIfNoSpecifiedTests=false}.
 */
class FilesTest {
    private static final int FILE_MIB = Integer.getInteger("fileMiB", 192);

    /** Of each side. */
    private static final int KILLS = Integer.getInteger("fileKills", 2);

    private static final int MIB = 1024 * 1024;

    /** A file larger than that passes through both. Half of it is what a password costs when it is stretched. */
    private static final String HEAP = "-Xmx128m";

    private static final Duration PATIENCE = Duration.ofSeconds(180L + FILE_MIB);

    private static final Duration TICK = Duration.ofMillis(200);

    @TempDir
    Path folder;

    private Town town;

    @BeforeEach
    void found() throws Exception {
        town = Town.found(folder);
    }

    @AfterEach
    void close() throws Exception {
        town.close();
    }

    @Test
    void aSmallFileReachesWhoIsNeverThereTogetherWithItsSender() throws Exception {
        var notes = written("notes.txt", 200_000);
        JsonNode sent;
        try (var alice = town.newcomer("alice");
                var bob = town.newcomer("bob")) {
            Town.acquaint(alice, "alice", bob, "bob");
            bob.run("exit");
            sent = alice.run("send bob FILE " + notes);
            assertThat(sent.path("state").asText()).isEqualTo("queued");
            // What was written behind it is in the mailbox: so is the file.
            moved(alice, alice.run("send bob did you get it?"), "sent");
            alice.run("exit");
        }
        try (var bob = town.back("bob")) {
            arrived(bob, sent, notes);
            Town.text(bob, "alice", "did you get it?");
            moved(bob, bob.run("send alice yes"), "sent");
            bob.run("exit");
        }
        try (var alice = town.back("alice")) {
            moved(alice, sent, "delivered");
        }
    }

    @Test
    void aFileLargerThanTheHeapArrivesOnceWhoeverIsKilled() throws Exception {
        var film = written("film.bin", (long) FILE_MIB * MIB);
        var alice = small("alice", true);
        var bob = small("bob", true);
        Town.acquaint(alice, "alice", bob, "bob");
        var sent = alice.run("send bob FILE " + film);
        for (int kill = 0; kill < KILLS; kill++) {
            underWay(bob, sent);
            bob.kill();
            bob = small("bob", false);
            underWay(alice, sent);
            alice.kill();
            alice = small("alice", false);
        }
        // Whose file was whole before the last kill has said so to somebody who is gone.
        waitUntilNothingIsUnderWay(alice);
        var there = folder.resolve("bob").resolve("downloads").resolve("film.bin");
        assertThat(Files.mismatch(there, film)).isEqualTo(-1);
        assertThat(alice.run("transfers").path("transfers")).isEmpty();
        try (var all = Files.walk(folder.resolve("bob"))) {
            assertThat(all.map(Path::getFileName).map(Path::toString))
                    .filteredOn(name -> name.startsWith("film") || name.endsWith(".partial"))
                    .containsExactly("film.bin");
        }
    }

    @Test
    void aSourceThatChangedIsReportedOnBothSidesAndNothingOfItDelivered() throws Exception {
        var plan = written("plan.bin", MIB);
        try (var alice = town.newcomer("alice");
                var bob = town.newcomer("bob")) {
            Town.acquaint(alice, "alice", bob, "bob");
            bob.run("exit");
            var sent = alice.run("send bob FILE " + plan);
            Files.writeString(plan, "another plan");
            try (var again = town.back("bob")) {
                var id = with("id", sent.path("id").asText());
                alice.await("what became of it", event("file-failed").and(id), Town.SOON);
                again.await("what became of it", event("file-failed").and(id), Town.SOON);
                assertThat(again.takeAll(event("file"))).isEmpty();
            }
        }
    }

    /** In the middle of it, if it is not over already. */
    private static void underWay(Running peer, JsonNode sent) throws InterruptedException {
        var id = sent.path("id").asText();
        var over = with("id", id).and(event("file").or(event("delivered")));
        var list = event("ok")
                .and(with("command", "transfers"))
                .and(all -> all.path("transfers").isEmpty());
        type(peer, "transfers");
        peer.await("progress", event("progress").and(with("file", id)).or(over).or(list), PATIENCE);
    }

    private static void waitUntilNothingIsUnderWay(Running peer) throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!peer.run("transfers").path("transfers").isEmpty() && System.nanoTime() < end) peer.runFor(TICK);
    }

    private static void type(Running peer, String line) {
        try {
            peer.type(line);
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    private static void arrived(Running at, JsonNode sent, Path file) throws Exception {
        var came = at.await(
                "the file", event("file").and(with("id", sent.path("id").asText())), PATIENCE);
        assertThat(came.path("bytes").asLong()).isEqualTo(Files.size(file));
        assertThat(Files.mismatch(Path.of(came.path("path").asText()), file)).isEqualTo(-1);
    }

    private Running small(String name, boolean fresh) throws Exception {
        var peer = town.start(Launch.modern(town.registry(), town.home(name)).onJvm(HEAP));
        if (fresh) peer.run("signup %s %s".formatted(name, Town.PASSWORD));
        peer.run("signin %s %s".formatted(name, Town.PASSWORD));
        return peer;
    }

    private Path written(String name, long size) throws IOException {
        var file = folder.resolve(name);
        var random = new Random(size);
        var bytes = new byte[MIB];
        try (var out = Files.newOutputStream(file)) {
            for (long left = size; left > 0; left -= MIB) {
                random.nextBytes(bytes);
                out.write(bytes, 0, (int) Math.min(left, MIB));
            }
        }
        return file;
    }
}
