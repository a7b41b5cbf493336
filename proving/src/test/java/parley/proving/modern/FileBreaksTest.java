package parley.proving.modern;

import static org.assertj.core.api.Assertions.assertThat;
import static parley.proving.process.Running.event;
import static parley.proving.process.Running.with;

import java.io.Closeable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parley.messages.name.UserName;
import parley.proving.process.Running;

/**
 * A file larger than the heap of those who send and receive it, while both are killed and the network is cut: {@code mvn
 * verify -pl proving -am -Dtest=FileBreaksTest -DfileMiB=1024 -DfileKills=30 -DfileCuts=30
 * -Dsurefire.failIfNoSpecifiedTests=false}. {@code -Dseed=} breaks at the same places; {@code -DfileMiB=5120
 * -DfileKills=0 -DfileCuts=0} is a file of 80 heaps.
 */
class FileBreaksTest {
    private static final int FILE_MIB = Integer.getInteger("fileMiB", 160);

    /** Of each side. */
    private static final int KILLS = Integer.getInteger("fileKills", 1);

    private static final int CUTS = Integer.getInteger("fileCuts", 1);

    private static final int BREAKS = 2 * KILLS + CUTS;
    private static final long FILE_BYTES = (long) FILE_MIB << 20;
    private static final int CHUNK_BYTES = 64 << 10;

    /** What the system holds for a receiver dies with him: 6 MiB, as Linux is set up, and what he has not read of it. */
    private static final int CHUNKS_LOST_BY_A_KILL = 128;

    /** A file larger than that passes through both. */
    private static final String HEAP = "-Xmx64m";

    /** A password is usually stretched in as much as there is. */
    private static final String LITTLE_TO_UNLOCK = "parley.peer.modern.vault.unlock-memory = 19 MiB";

    /** Otherwise the user is asked first, from 1 GiB on. */
    private static final String NO_QUESTION = "parley.peer.files.ask-above = 1024 GiB";

    /** Whoever is to be killed in the middle must not be faster than whoever kills him. */
    private static final long BYTES_A_SECOND = 48L << 20;

    private static final Duration PATIENCE = Duration.ofSeconds(180L + FILE_MIB);

    private static final Duration LOOK = Duration.ofMillis(5);

    @TempDir
    Path folder;

    private final long seed = Long.getLong("seed", System.nanoTime());
    private final SplittableRandom random = new SplittableRandom(seed);
    private final Deque<Closeable> open = new ArrayDeque<>();

    @AfterEach
    void close() throws Exception {
        while (!open.isEmpty()) open.pop().close();
    }

    @Test
    void directly() throws Exception {
        try (var network = Network.direct(new UserName("bob"), BYTES_A_SECOND)) {
            arrivesOnce(network);
        }
    }

    @Test
    void overTheRelayWhereNobodyCanBeCalled() throws Exception {
        try (var network = Network.relayed(folder.resolve("registry"), BYTES_A_SECOND)) {
            arrivesOnce(network);
        }
    }

    private void arrivesOnce(Network network) throws Exception {
        var film = Content.random(folder.resolve("film.bin"), FILE_BYTES);
        var alice = newcomer(network, "alice");
        var bob = newcomer(network, "bob");
        Town.acquaint(alice, "alice", bob, "bob");
        var sent = alice.run("send bob FILE " + film);
        var there = folder.resolve("bob").resolve("downloads").resolve("film.bin");
        for (int round = 0; round < Math.max(KILLS, CUTS); round++) {
            if (round < CUTS) {
                underWay(network, alice, there);
                network.cut();
            }
            if (round < KILLS) {
                underWay(network, bob, there);
                bob.kill();
                bob = back(network, "bob");
                underWay(network, alice, there);
                alice.kill();
                alice = back(network, "alice");
            }
        }
        var id = with("id", sent.path("id").asText());
        var came = bob.await("the file", event("file").and(id), PATIENCE);
        alice.await("word of it", event("delivered").and(id), PATIENCE);
        assertThat(came.path("sha256").asText()).isEqualTo(Content.sha256(film));
        assertThat(Files.mismatch(there, film)).isEqualTo(-1);
        try (var all = Files.walk(folder.resolve("bob"))) {
            assertThat(all.map(Path::getFileName).map(Path::toString))
                    .filteredOn(name -> name.startsWith("film") || name.endsWith(".partial"))
                    .containsExactly("film.bin");
        }
        long again = network.chunks() - FILE_BYTES / CHUNK_BYTES;
        System.out.printf(
                "FileBreaksTest: %d MiB, %d cuts, %d kills of each: %d chunks came again, -Dseed=%d%n",
                FILE_MIB, CUTS, KILLS, again, seed);
        assertThat(again).as("-Dseed=%d", seed).isLessThanOrEqualTo(CUTS + KILLS + KILLS * CHUNKS_LOST_BY_A_KILL);
    }

    /** Until some more of the file has passed: so much that all breaks are in the middle of it. */
    private void underWay(Network network, Running one, Path there) throws InterruptedException {
        long most = FILE_BYTES / (BREAKS + 1);
        long until = network.bytes() + random.nextLong(most / 8, most);
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (network.bytes() < until) {
            assertThat(System.nanoTime())
                    .as("it stands still, -Dseed=%d%n%s", seed, one.tail())
                    .isLessThan(end);
            one.runFor(LOOK);
        }
        assertThat(there).doesNotExist();
    }

    private Running newcomer(Network network, String name) throws Exception {
        var peer = start(network, name);
        peer.run("signup %s %s".formatted(name, Town.PASSWORD));
        peer.run("signin %s %s".formatted(name, Town.PASSWORD));
        return peer;
    }

    private Running back(Network network, String name) throws Exception {
        var peer = start(network, name);
        peer.run("signin %s %s".formatted(name, Town.PASSWORD));
        return peer;
    }

    private Running start(Network network, String name) throws Exception {
        var home = Files.createDirectories(folder.resolve(name));
        var peer = Running.ready(
                network.peer(home).onJvm(HEAP).configured(LITTLE_TO_UNLOCK).configured(NO_QUESTION));
        open.push(peer::close);
        return peer;
    }
}
