package parley.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.SplittableRandom;
import parley.proving.process.Running;

/**
 * MiB a second of one file between two modern peers on one machine, until it has its name and its sender knows, directly
 * and over the registry's relay; and how soon a small one is there. {@code -DfileMiB=} sends another size. What came is
 * kept until the end: a disk that is told what is free again, at once, keeps syncs waiting for seconds.
 */
final class ModernFiles {
    private static final int ROUNDS = 5;
    private static final int FILE_MIB = Integer.getInteger("fileMiB", 1024);
    private static final int MIB = 1 << 20;
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    /** An address of documentation (RFC 5737): nobody has it, so that nobody can be called there. */
    private static final String NOWHERE = "192.0.2.1:0";

    static void run() throws Exception {
        try (var world = World.with("""
                parley.registry.relay.bytes-a-second = 10 GiB
                parley.registry.relay.bytes-a-day = 1 TiB
                """)) {
            var file = random(world.folder("files").resolve("random.bin"), FILE_MIB);
            var small = random(world.folder("files").resolve("small.bin"), 1);
            between("directly", world, "127.0.0.1:0", file, small);
            between("relayed", world, NOWHERE, file, small);
            OtherPrograms.run(world.folder("others"), file);
        }
    }

    private static void between(String how, World world, String listen, Path file, Path small) throws Exception {
        try (var alice = world.modern("alice-" + how, listen);
                var bob = world.modern("bob-" + how, listen)) {
            World.acquaint(alice, "alice-" + how, bob, "bob-" + how);
            var to = "bob-" + how;
            var first = new double[ROUNDS];
            for (int round = 0; round < ROUNDS; round++) first[round] = ours(alice, bob, to, small) * 1000;
            ours(alice, bob, to, file);
            var rates = new double[ROUNDS];
            var sending = new double[ROUNDS];
            var receiving = new double[ROUNDS];
            var relaying = new double[ROUNDS];
            for (int round = 0; round < ROUNDS; round++) {
                var sender = CpuTime.of(alice);
                var receiver = CpuTime.of(bob);
                var registry = CpuTime.of(world.registry());
                rates[round] = FILE_MIB / ours(alice, bob, to, file);
                sending[round] = sender.sinceMillis() / 1000;
                receiving[round] = receiver.sinceMillis() / 1000;
                relaying[round] = registry.sinceMillis() / 1000;
            }
            Figure.of("a file " + how + ", until delivered", Figure.median(rates), "MiB/s")
                    .print();
            Figure.of("1 MiB " + how + ", from send until delivered", Figure.median(first), "ms")
                    .print();
            OtherPrograms.print("ours " + how, "sender", Figure.median(sending), peakMib(alice));
            OtherPrograms.print("ours " + how, "receiver", Figure.median(receiving), peakMib(bob));
            Figure.of("  processor time of the registry", Figure.median(relaying), "s")
                    .print();
        }
    }

    /** RSS at its highest. */
    private static double peakMib(Running process) throws IOException {
        return IdleMemory.statusKib(process.pid(), "VmHWM:") / 1024.0;
    }

    /** Seconds. */
    private static double ours(Running from, Running to, String name, Path file) throws Exception {
        long start = System.nanoTime();
        from.type("send %s file %s".formatted(name, file));
        from.await("delivered", Running.event("delivered"), PATIENCE);
        double seconds = (System.nanoTime() - start) / 1e9;
        var came = to.await("the file", Running.event("file"), PATIENCE);
        if (Files.mismatch(file, Path.of(came.path("path").asText())) >= 0)
            throw new IllegalStateException("what came is another file");
        from.takeAll(any -> true);
        to.takeAll(any -> true);
        return seconds;
    }

    private static Path random(Path file, int mib) throws IOException {
        var random = new SplittableRandom(7);
        var bytes = new byte[MIB];
        try (var out = Files.newOutputStream(file)) {
            for (int i = 0; i < mib; i++) {
                random.nextBytes(bytes);
                out.write(bytes);
            }
        }
        return file;
    }

    private ModernFiles() {}
}
