package parley.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Objects;
import parley.proving.process.Running;

/**
 * Texts between two modern peers on one machine: synced at the sender before they leave and at the receiver before they
 * are acknowledged.
 */
final class ModernTexts {
    private static final int ROUNDS = 5;
    private static final int A_ROUND = 5_000;
    /** Until then half of what a peer computes is HotSpot's compilers. */
    private static final int WARM_UP = 40_000;

    private static final int PACED = 1_000;
    private static final Duration PACE = Duration.ofMillis(10);
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    static void run() throws Exception {
        try (var world = World.create();
                var alice = world.modern("alice");
                var bob = world.modern("bob")) {
            World.acquaint(alice, bob);
            awaitDelivered(alice, 1);
            for (int warm = 0; warm < WARM_UP; warm += A_ROUND) round(alice, A_ROUND);
            var rates = new double[ROUNDS];
            var sending = new double[ROUNDS];
            var receiving = new double[ROUNDS];
            for (int round = 0; round < ROUNDS; round++) {
                var sender = CpuTime.of(alice);
                var receiver = CpuTime.of(bob);
                rates[round] = round(alice, A_ROUND);
                sending[round] = sender.sinceMillis() * 1000 / A_ROUND;
                receiving[round] = receiver.sinceMillis() * 1000 / A_ROUND;
            }
            Figure.of("durable texts/s, typed ahead, until delivered", Figure.median(rates), "/s")
                    .print();
            Figure.of("processor time of the sender a text", Figure.median(sending), "µs")
                    .print();
            Figure.of("processor time of the receiver a text", Figure.median(receiving), "µs")
                    .print();
            var latencies = paced(alice);
            Figure.of("send to delivered at 100/s, median", latencies[PACED / 2] / 1e6, "ms")
                    .print();
            Figure.of("send to delivered at 100/s, 99 %", latencies[PACED * 99 / 100] / 1e6, "ms")
                    .print();
            Figure.of("RSS of a peer after all that", IdleMemory.rssKib(bob) / 1024.0, "MiB")
                    .print();
        }
    }

    private static double round(Running from, int texts) throws Exception {
        long start = System.nanoTime();
        var typist = Thread.ofVirtual().start(() -> {
            try {
                for (int i = 0; i < texts; i++) from.type("send bob this is text number " + i);
            } catch (IOException gone) {
                throw new UncheckedIOException(gone);
            }
        });
        awaitDelivered(from, texts);
        double seconds = (System.nanoTime() - start) / 1e9;
        typist.join();
        return texts / seconds;
    }

    /** Takes all that is printed, as it comes: what lies there would be looked at again and again. */
    private static void awaitDelivered(Running from, int texts) throws InterruptedException {
        for (int delivered = 0; delivered < texts; ) {
            if (Running.event("delivered").test(from.await("any event", any -> true, PATIENCE))) delivered++;
        }
    }

    /** One every ten milliseconds, whatever becomes of those before; sorted. */
    private static long[] paced(Running from) throws Exception {
        var begun = new long[PACED];
        var taken = new long[PACED];
        var typist = Thread.ofPlatform().start(() -> {
            try {
                long next = System.nanoTime();
                for (int i = 0; i < PACED; i++) {
                    begun[i] = System.nanoTime();
                    from.type("send bob paced " + i);
                    next += PACE.toNanos();
                    Thread.sleep(Duration.ofNanos(Math.max(0, next - System.nanoTime())));
                }
            } catch (IOException | InterruptedException gone) {
                throw new IllegalStateException(gone);
            }
        });
        var numbers = new HashMap<String, Integer>();
        int queued = 0;
        int delivered = 0;
        while (delivered < PACED) {
            JsonNode event =
                    from.await("queued or delivered", Running.event("ok").or(Running.event("delivered")), PATIENCE);
            if (event.path("event").asText().equals("ok")) {
                numbers.put(event.path("id").asText(), queued++);
            } else {
                taken[Objects.requireNonNull(numbers.get(event.path("id").asText()))] = System.nanoTime();
                delivered++;
            }
        }
        typist.join();
        var latencies = new long[PACED];
        for (int i = 0; i < PACED; i++) latencies[i] = taken[i] - begun[i];
        Arrays.sort(latencies);
        return latencies;
    }

    private ModernTexts() {}
}
