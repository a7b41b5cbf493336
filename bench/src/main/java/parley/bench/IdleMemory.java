package parley.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import parley.proving.process.Running;

/** Resident memory that a registry takes for each idle signed-in connection, at 5,000 of them. */
final class IdleMemory {
    private static final int CONNECTIONS = 5_000;
    /** At once: so many passwords are hashed within the time that a sign-in may take, on a busy machine too. */
    private static final int BATCH = 5;

    static void run() throws Exception {
        try (var world = World.create()) {
            var crowds = new ArrayList<RegistryCrowd>();
            try {
                // One batch first, so that what the first connection loads isn't counted for it.
                sign(world, crowds, 0);
                long before = settledKib(world.registry());
                long liveBefore = liveKib(world.registry());
                for (int batch = 1; batch <= CONNECTIONS / BATCH; batch++) sign(world, crowds, batch);
                long after = settledKib(world.registry());
                long liveAfter = liveKib(world.registry());
                Figure.of("registry RSS with %d connections".formatted(BATCH), before / 1024.0, "MiB")
                        .print();
                Figure.of("registry RSS with %d more".formatted(CONNECTIONS), after / 1024.0, "MiB")
                        .print();
                Figure.of("RSS a connection", (after - before) / (double) CONNECTIONS, "KiB")
                        .print();
                Figure.of("live heap a connection", (liveAfter - liveBefore) / (double) CONNECTIONS, "KiB")
                        .print();
            } finally {
                for (var crowd : crowds) crowd.close();
            }
        }
    }

    private static void sign(World world, List<RegistryCrowd> crowds, int batch) throws IOException {
        var crowd = RegistryCrowd.connect(world.address(), BATCH);
        crowds.add(crowd);
        for (var verb : new String[] {"signup", "signin"}) {
            for (var answer : crowd.eachOnce(
                    i -> "%s user%d %s 127.0.0.1:%d".formatted(verb, batch * BATCH + i, World.PASSWORD, 10_000 + i))) {
                if (answer.startsWith("Error:")) throw new IllegalStateException(answer);
            }
        }
    }

    /** After a collection: garbage of the sign-ins is not what a connection costs. */
    static long settledKib(Running registry) throws Exception {
        for (int i = 0; i < 2; i++) {
            new ProcessBuilder(jcmd(), Long.toString(registry.pid()), "GC.run")
                    .start()
                    .waitFor();
            Thread.sleep(Duration.ofSeconds(2));
        }
        return rssKib(registry);
    }

    static long rssKib(Running process) throws IOException {
        return statusKib(process.pid(), "VmRSS:");
    }

    /** @param what of proc_pid_status(5), such as {@code VmHWM:} */
    static long statusKib(long pid, String what) throws IOException {
        for (var line : Files.readAllLines(Path.of("/proc", Long.toString(pid), "status"))) {
            if (line.startsWith(what)) return Long.parseLong(line.replaceAll("\\D", ""));
        }
        throw new IOException("no %s of process %d".formatted(what, pid));
    }

    /** What hashing passwords once took is resident for ever, and hides in RSS what came later; this does not. */
    static long liveKib(Running registry) throws Exception {
        var histogram = new ProcessBuilder(jcmd(), Long.toString(registry.pid()), "GC.class_histogram").start();
        try (var lines = histogram.inputReader()) {
            var total = lines.lines().reduce("", (before, line) -> line.startsWith("Total") ? line : before);
            return Long.parseLong(total.strip().split("\\s+")[2]) / 1024;
        }
    }

    private static String jcmd() {
        return Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
    }

    private IdleMemory() {}
}
