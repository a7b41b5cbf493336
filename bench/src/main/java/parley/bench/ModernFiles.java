package parley.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import parley.proving.process.Running;

/**
 * MiB a second of one file between two modern peers on one machine, until it has its name and its sender knows; beside
 * socat, in clear and with TLS, where that is installed: it writes the file and syncs nothing. {@code -DfileMiB=} sends
 * another size.
 */
final class ModernFiles {
    private static final int ROUNDS = 5;
    private static final int FILE_MIB = Integer.getInteger("fileMiB", 1024);
    private static final int MIB = 1 << 20;
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    static void run() throws Exception {
        try (var world = World.create();
                var alice = world.modern("alice");
                var bob = world.modern("bob")) {
            World.acquaint(alice, bob);
            var file = random(world.folder("files").resolve("random.bin"));
            ours(alice, bob, file);
            var rates = new double[ROUNDS];
            var sending = new double[ROUNDS];
            var receiving = new double[ROUNDS];
            for (int round = 0; round < ROUNDS; round++) {
                var sender = CpuTime.of(alice);
                var receiver = CpuTime.of(bob);
                rates[round] = ours(alice, bob, file);
                sending[round] = sender.sinceMillis() / 1000;
                receiving[round] = receiver.sinceMillis() / 1000;
            }
            Figure.of("modern file MiB/s, until delivered", Figure.median(rates), "MiB/s")
                    .print();
            Figure.of("processor time of the sender", Figure.median(sending), "s")
                    .print();
            Figure.of("processor time of the receiver", Figure.median(receiving), "s")
                    .print();
            Figure.of("RSS of the sender after all that", IdleMemory.rssKib(alice) / 1024.0, "MiB")
                    .print();
            Figure.of("RSS of the receiver after all that", IdleMemory.rssKib(bob) / 1024.0, "MiB")
                    .print();
            beside(world, file);
        }
    }

    private static void beside(World world, Path file) throws Exception {
        var folder = world.folder("socat");
        if (!has("socat") || !has("openssl")) return;
        var pem = folder.resolve("both.pem");
        shell("openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost -keyout %1$s -out %1$s.crt"
                .formatted(pem));
        shell("cat %1$s.crt >> %1$s".formatted(pem));
        socat(folder, file, "in clear", "TCP-LISTEN:%d,reuseaddr", "TCP:127.0.0.1:%d");
        socat(
                folder,
                file,
                "with OpenSSL",
                "OPENSSL-LISTEN:%d,reuseaddr,verify=0,cert=" + pem,
                "OPENSSL:127.0.0.1:%d,verify=0");
    }

    private static void socat(Path folder, Path file, String what, String listen, String dial) throws Exception {
        var rates = new double[ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            int port = 23_000 + round;
            var into = folder.resolve("into");
            var server = start("socat -b 65536 -u %s CREATE:%s".formatted(listen.formatted(port), into));
            // It says nothing when it listens.
            Thread.sleep(Duration.ofMillis(500));
            long start = System.nanoTime();
            shell("socat -b 65536 -u OPEN:%s,rdonly %s".formatted(file, dial.formatted(port)));
            if (!server.waitFor(1, TimeUnit.MINUTES)) throw new IllegalStateException("socat does not end");
            rates[round] = FILE_MIB / ((System.nanoTime() - start) / 1e9);
            if (Files.mismatch(file, into) >= 0) throw new IllegalStateException("socat's file is another");
            Files.delete(into);
        }
        Figure.of("socat, " + what, Figure.median(rates), "MiB/s").print();
    }

    private static boolean has(String program) throws Exception {
        return start("command -v " + program).waitFor() == 0;
    }

    private static void shell(String command) throws Exception {
        if (start(command).waitFor() != 0) throw new IllegalStateException("failed: " + command);
    }

    private static Process start(String command) throws IOException {
        return new ProcessBuilder("sh", "-c", command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private static double ours(Running from, Running to, Path file) throws Exception {
        long start = System.nanoTime();
        from.type("send bob file " + file);
        from.await("delivered", Running.event("delivered"), PATIENCE);
        double seconds = (System.nanoTime() - start) / 1e9;
        var came = to.await("the file", Running.event("file"), PATIENCE);
        if (Files.mismatch(file, Path.of(came.path("path").asText())) >= 0)
            throw new IllegalStateException("what came is another file");
        Files.delete(Path.of(came.path("path").asText()));
        from.takeAll(any -> true);
        to.takeAll(any -> true);
        return FILE_MIB / seconds;
    }

    private static Path random(Path file) throws IOException {
        var random = new SplittableRandom(7);
        var bytes = new byte[MIB];
        try (var out = Files.newOutputStream(file)) {
            for (int i = 0; i < FILE_MIB; i++) {
                random.nextBytes(bytes);
                out.write(bytes);
            }
        }
        return file;
    }

    private ModernFiles() {}
}
