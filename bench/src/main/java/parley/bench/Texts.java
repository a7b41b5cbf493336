package parley.bench;

import java.time.Duration;
import parley.proving.classic.ClassicClient;
import parley.proving.process.Running;

/** Texts a second from one contact to another, one after the other: ours beside the naive pair. */
final class Texts {
    private static final int WARM_UP = 500;
    private static final int ROUNDS = 5;
    private static final int OURS_A_ROUND = 2_000;
    private static final int NAIVE_A_ROUND = 100;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    static void run() throws Exception {
        try (var world = World.create();
                var alice = world.peer("alice");
                var bob = world.peer("bob");
                var carol = ClassicClient.connect(world.address(), world.folder("carol"))
                        .enter("carol", World.PASSWORD);
                var dave = ClassicClient.connect(world.address(), world.folder("dave"))
                        .enter("dave", World.PASSWORD)) {
            ours(alice, bob, WARM_UP);
            naive(carol, dave, NAIVE_A_ROUND / 4);
            var ours = new double[ROUNDS];
            var naive = new double[ROUNDS];
            for (int round = 0; round < ROUNDS; round++) {
                ours[round] = ours(alice, bob, OURS_A_ROUND);
                naive[round] = naive(carol, dave, NAIVE_A_ROUND);
            }
            Figure.of("texts/s, two of our peers", Figure.median(ours), "/s").print();
            Figure.of("texts/s, the naive pair", Figure.median(naive), "/s").print();
            Figure.of("ours : naive", Figure.median(ours) / Figure.median(naive), "x")
                    .print();
        }
    }

    /** Typed ahead, as a script would; the peer keeps their order. */
    private static double ours(Running from, Running to, int texts) throws Exception {
        long start = System.nanoTime();
        var typist = Thread.ofVirtual().start(() -> {
            try {
                for (int i = 0; i < texts; i++) from.type("send bob this is text number " + i);
            } catch (java.io.IOException gone) {
                throw new java.io.UncheckedIOException(gone);
            }
        });
        for (int i = 0; i < texts; i++) from.await("a text that was sent", Running.event("ok"), PATIENCE);
        double seconds = (System.nanoTime() - start) / 1e9;
        typist.join();
        for (int i = 0; i < texts; i++) to.await("a text", Running.event("message"), PATIENCE);
        return texts / seconds;
    }

    private static double naive(ClassicClient from, ClassicClient to, int texts) throws Exception {
        long start = System.nanoTime();
        for (int i = 0; i < texts; i++) {
            from.sendText("dave", "this is text number " + i);
            to.awaitText(PATIENCE);
        }
        return texts / ((System.nanoTime() - start) / 1e9);
    }

    private Texts() {}
}
