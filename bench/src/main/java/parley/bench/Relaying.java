package parley.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import parley.proving.crowd.Crowd;

/** What a registry takes while it relays 50 files at once between pairs of whom neither can be called. */
final class Relaying {
    private static final int PAIRS = 50;
    private static final int FILE_BYTES = 8 << 20;

    /** An address of documentation (RFC 5737): nobody has it, so listening there fails. */
    private static final String NOWHERE = "192.0.2.1:0";

    static void run() throws Exception {
        // So slow that all are under way at once, and under way for a while.
        try (var world = World.with("parley.registry.relay.bytes-a-second = 256 KiB");
                var crowd =
                        Crowd.start(world.registry().modernAddress(), NOWHERE, world.folder("members"), 2 * PAIRS)) {
            for (int pair = 0; pair < PAIRS; pair++) {
                crowd.type(2 * pair + 1, "send member%d hello".formatted(2 * pair + 2));
                crowd.await("came");
                crowd.type(2 * pair + 2, "send member%d hello yourself".formatted(2 * pair + 1));
                crowd.await("came");
            }
            var file = Files.write(world.folder("files").resolve("file.bin"), new byte[FILE_BYTES]);
            long before = IdleMemory.settledKib(world.registry());
            long liveBefore = IdleMemory.liveKib(world.registry());
            relay(crowd, file);
            Thread.sleep(Duration.ofSeconds(10));
            long during = IdleMemory.rssKib(world.registry());
            long liveDuring = IdleMemory.liveKib(world.registry());
            for (int pair = 0; pair < PAIRS; pair++) crowd.await("came");
            Figure.of("RSS of a registry that relays nothing", before / 1024.0, "MiB")
                    .print();
            Figure.of("RSS while it relays %d files".formatted(PAIRS), during / 1024.0, "MiB")
                    .print();
            Figure.of("live heap a relay", (liveDuring - liveBefore) / (double) PAIRS, "KiB")
                    .print();
        }
    }

    private static void relay(Crowd crowd, Path file) throws IOException {
        for (int pair = 0; pair < PAIRS; pair++)
            crowd.type(2 * pair + 1, "send member%d file %s".formatted(2 * pair + 2, file));
    }

    private Relaying() {}
}
