package parley.proving.modern;

import static org.assertj.core.api.Assertions.assertThat;
import static parley.proving.process.Running.event;
import static parley.proving.process.Running.with;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.Closeable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parley.messages.name.UserName;
import parley.proving.process.Running;

/** One sends to two, of whom one sits behind a slow line. */
class FileSpeedsTest {
    private static final UserName CAROL = new UserName("carol");
    private static final long SLOW_BYTES_A_SECOND = 512 << 10;
    private static final long FAST_BYTES_A_SECOND = 1L << 30;

    /** Of the slow one. Twelve seconds of her line. */
    private static final long SMALL = 6L << 20;

    /** Of the fast one: on the slow line it would take minutes. */
    private static final long BIG = 64L << 20;

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @TempDir
    Path folder;

    private final Deque<Closeable> open = new ArrayDeque<>();

    @AfterEach
    void close() throws Exception {
        while (!open.isEmpty()) open.pop().close();
    }

    @Test
    void whoIsSlowDelaysNeitherTheOtherNorHisOwnTexts() throws Exception {
        var first = Content.random(folder.resolve("first.bin"), SMALL);
        var second = Content.random(folder.resolve("second.bin"), BIG);
        try (var network =
                Network.direct(CAROL, name -> name.equals(CAROL) ? SLOW_BYTES_A_SECOND : FAST_BYTES_A_SECOND)) {
            var alice = newcomer(network, "alice");
            var bob = newcomer(network, "bob");
            var carol = newcomer(network, "carol");
            Town.acquaint(alice, "alice", bob, "bob");
            Town.acquaint(alice, "alice", carol, "carol");
            var slow = alice.run("send carol FILE " + first);
            alice.await("carol's to begin", event("progress").and(of(slow, "file")), PATIENCE);
            var fast = alice.run("send bob FILE " + second);
            alice.run("send carol it comes");
            bob.await("bob's file", event("file").and(of(fast, "id")), PATIENCE);
            Town.text(carol, "alice", "it comes");
            assertThat(carol.takeAll(event("file")))
                    .as("of the slow one by then")
                    .isEmpty();
            var came = carol.await("carol's file", event("file").and(of(slow, "id")), PATIENCE);
            assertThat(came.path("sha256").asText()).isEqualTo(Content.sha256(first));
            assertThat(Files.mismatch(folder.resolve("bob").resolve("downloads").resolve("second.bin"), second))
                    .isEqualTo(-1);
        }
    }

    private static Predicate<JsonNode> of(JsonNode sent, String field) {
        return with(field, sent.path("id").asText());
    }

    private Running newcomer(Network network, String name) throws Exception {
        var peer = Running.ready(network.peer(Files.createDirectories(folder.resolve(name))));
        open.push(peer::close);
        peer.run("signup %s %s".formatted(name, Town.PASSWORD));
        peer.run("signin %s %s".formatted(name, Town.PASSWORD));
        return peer;
    }
}
