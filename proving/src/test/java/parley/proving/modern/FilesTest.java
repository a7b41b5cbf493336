package parley.proving.modern;

import static org.assertj.core.api.Assertions.assertThat;
import static parley.proving.modern.Town.moved;
import static parley.proving.process.Running.event;
import static parley.proving.process.Running.with;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parley.proving.process.Running;

/** Files between people who come and go, as real programs. */
class FilesTest {
    private static final int MIB = 1024 * 1024;

    private static final int HUNDRED = 100;

    private static final Duration PATIENCE = Duration.ofMinutes(4);

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
        var notes = Content.random(folder.resolve("notes.txt"), 200_000);
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
            var ours = alice.run("history bob").path("texts");
            assertThat(ours.findValuesAsText("state")).contains("delivered");
            assertThat(ours.findValue("file").path("path").asText()).isEqualTo(notes.toString());
        }
        // Whoever had read up to the first greeting, and then nothing more.
        try (var bob = town.since("bob", "1")) {
            var again = arrived(bob, sent, notes);
            var found = bob.run("search NOTES").path("texts");
            assertThat(found).hasSize(1);
            assertThat(found.get(0).path("file").path("sha256").asText())
                    .isEqualTo(again.path("sha256").asText());
        }
    }

    @Test
    void aHundredFilesThatWereQueuedAllArriveOnceThoughBothProgramsDie() throws Exception {
        var all = new HashMap<String, Path>();
        for (int i = 0; i < HUNDRED; i++) {
            var name = "file-%d.bin".formatted(i);
            // Every second one is too long for the mailbox.
            all.put(name, Content.random(folder.resolve(name), i % 2 == 0 ? 20_000 + i : 300_000 + i));
        }
        var ids = new HashSet<String>();
        try (var alice = town.newcomer("alice");
                var bob = town.newcomer("bob")) {
            Town.acquaint(alice, "alice", bob, "bob");
            bob.run("exit");
            for (var file : all.values())
                ids.add(alice.run("send bob FILE " + file).path("id").asText());
            alice.kill();
        }
        try (var alice = town.back("alice")) {
            assertThat(alice.run("transfers").path("transfers")).hasSize(HUNDRED);
            try (var bob = town.back("bob")) {
                for (int i = 0; i < HUNDRED / 4; i++) bob.await("some file", event("file"), PATIENCE);
                bob.kill();
            }
            try (var bob = town.back("bob")) {
                for (var id : ids)
                    alice.await("word of " + id, event("delivered").and(with("id", id)), PATIENCE);
                assertThat(bob.run("transfers").path("transfers")).isEmpty();
            }
            assertThat(alice.run("transfers").path("transfers")).isEmpty();
        }
        try (var there = Files.list(folder.resolve("bob").resolve("downloads"))) {
            assertThat(there.map(Path::getFileName).map(Path::toString))
                    .containsExactlyInAnyOrderElementsOf(all.keySet());
        }
        for (var name : all.keySet())
            assertThat(Files.mismatch(folder.resolve("bob").resolve("downloads").resolve(name), all.get(name)))
                    .isEqualTo(-1);
    }

    @Test
    void aSourceThatChangedIsReportedOnBothSidesAndNothingOfItDelivered() throws Exception {
        var plan = Content.random(folder.resolve("plan.bin"), MIB);
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

    private static JsonNode arrived(Running at, JsonNode sent, Path file) throws Exception {
        var came = at.await(
                "the file", event("file").and(with("id", sent.path("id").asText())), PATIENCE);
        assertThat(came.path("bytes").asLong()).isEqualTo(Files.size(file));
        assertThat(Files.mismatch(Path.of(came.path("path").asText()), file)).isEqualTo(-1);
        return came;
    }
}
