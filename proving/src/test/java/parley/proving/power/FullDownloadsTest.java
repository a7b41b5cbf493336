package parley.proving.power;

import static org.assertj.core.api.Assertions.assertThat;
import static parley.proving.process.Running.event;
import static parley.proving.process.Running.with;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parley.proving.process.Launch;
import parley.proving.process.Running;

/** The disk that files come to is full in the middle of one, and has room again: nobody does anything about it. */
class FullDownloadsTest {
    private static final int BIG = 5_000_000;
    private static final int SMALL = 200_000;

    @TempDir
    Path workshop;

    @Test
    void aFileThatFoundNoRoomSaysSoOnBothSidesAndGoesOnByItself() throws Exception {
        var bobsHome = Files.createDirectories(workshop.resolve("bob"));
        var downloads = Launch.downloads(bobsHome);
        var room = Room.plenty(Interposer.compiled(workshop), downloads, workshop.resolve("room"));
        try (var registry = Running.registry(workshop.resolve("registry"));
                var alice = newcomer("alice", peer(registry, workshop.resolve("alice")));
                var bob = newcomer("bob", peer(registry, bobsHome).under(room.variables()))) {
            alice.run("send bob hello");
            bob.await("the request", event("request"), Talker.SOON);
            bob.run("accept alice");
            bob.run("send alice hello");
            alice.await("the answer", event("message"), Talker.SOON);
            for (int size : new int[] {BIG, SMALL}) {
                var file = written("file-%d".formatted(size), size);
                room.leave(size / 2);
                var id =
                        with("id", alice.run("send bob FILE " + file).path("id").asText());
                waits(bob, id);
                waits(alice, id);
                assertThat(room.isUsedUp()).isTrue();
                alice.run("send bob are you full?");
                bob.await("a text", event("message").and(with("text", "are you full?")), Talker.SOON);
                assertThat(bob.takeAll(event("file").and(id))).isEmpty();
                room.makePlenty();
                bob.await("the file", event("file").and(id), Talker.SOON);
                alice.await("word of it", event("delivered").and(id), Talker.SOON);
                assertThat(Files.mismatch(downloads.resolve(file.getFileName()), file))
                        .isEqualTo(-1);
            }
            try (var there = Files.list(downloads)) {
                assertThat(there).hasSize(2);
            }
        }
    }

    private static void waits(Running at, Predicate<JsonNode> id) throws InterruptedException {
        var waits = at.await("that it waits", event("file-waits").and(id), Talker.SOON);
        assertThat(waits.path("message").asText()).contains("disk");
    }

    private static Launch peer(Running registry, Path home) throws IOException {
        return Launch.modern(registry.modernAddress(), Files.createDirectories(home))
                .configured("parley.peer.files.room-pause = 300 ms")
                .configured("parley.peer.files.retry-min = 200 ms")
                .configured("parley.peer.files.retry-max = 1 s")
                .configured("parley.peer.modern.delivery.mailbox-after = 200 ms");
    }

    private static Running newcomer(String name, Launch launch) throws Exception {
        var peer = Running.ready(launch);
        peer.run("signup %s %s".formatted(name, Talker.PASSWORD));
        peer.run("signin %s %s".formatted(name, Talker.PASSWORD));
        return peer;
    }

    private Path written(String name, int size) throws IOException {
        var bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return Files.write(workshop.resolve(name), bytes);
    }
}
