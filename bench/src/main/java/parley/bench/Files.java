package parley.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.SplittableRandom;
import parley.proving.classic.ClassicClient;
import parley.proving.process.Running;

/** MiB a second of one file: ours beside the naive pair, which waits for the same two answers a KiB. */
final class Files {
    private static final int ROUNDS = 5;
    private static final int MIB = 1 << 20;
    private static final int FILE_MIB = 32;
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    static void run() throws Exception {
        try (var world = World.create();
                var alice = world.peer("alice");
                var bob = world.peer("bob");
                var carol = ClassicClient.connect(world.address(), world.folder("carol"))
                        .enter("carol", World.PASSWORD);
                var dave = ClassicClient.connect(world.address(), world.folder("dave"))
                        .enter("dave", World.PASSWORD)) {
            var file = random(world.folder("files").resolve("random.bin"));
            var ours = new double[ROUNDS];
            var naive = new double[ROUNDS];
            ours(alice, bob, file);
            naive(carol, dave, file);
            for (int round = 0; round < ROUNDS; round++) {
                ours[round] = ours(alice, bob, file);
                naive[round] = naive(carol, dave, file);
            }
            Figure.of("file MiB/s, two of our peers", Figure.median(ours), "MiB/s")
                    .print();
            Figure.of("file MiB/s, the naive pair", Figure.median(naive), "MiB/s")
                    .print();
            Figure.of("ours : naive", Figure.median(ours) / Figure.median(naive), "x")
                    .print();
        }
    }

    private static double ours(Running from, Running to, Path file) throws Exception {
        long start = System.nanoTime();
        from.type("send bob file " + file);
        from.await("the file that was sent", Running.event("ok"), PATIENCE);
        double seconds = (System.nanoTime() - start) / 1e9;
        to.await("the file", Running.event("file"), PATIENCE);
        return FILE_MIB / seconds;
    }

    private static double naive(ClassicClient from, ClassicClient to, Path file) throws Exception {
        long start = System.nanoTime();
        from.sendFile("dave", file);
        to.awaitFile(PATIENCE);
        return FILE_MIB / ((System.nanoTime() - start) / 1e9);
    }

    private static Path random(Path file) throws IOException {
        var bytes = new byte[FILE_MIB * MIB];
        new SplittableRandom(7).nextBytes(bytes);
        return java.nio.file.Files.write(file, bytes);
    }

    private Files() {}
}
