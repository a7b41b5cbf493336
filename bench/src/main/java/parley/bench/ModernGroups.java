package parley.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import parley.proving.crowd.Crowd;
import parley.proving.process.Running;

/**
 * Groups of several sizes: from a text's {@code send} until the last member has it, and what that costs. The sender is
 * a program of its own; all others share one process, and the machine is the same.
 */
final class ModernGroups {
    private static final int[] SIZES = {2, 10, 100, 256};
    private static final int ROUNDS = 9;
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Path INTERFACES = Path.of("/proc/net/dev");

    static void run() throws Exception {
        int others = SIZES[SIZES.length - 1] - 1;
        try (var world = World.create();
                var alice = world.modern("alice");
                var members =
                        Crowd.start(world.registry().modernAddress(), "127.0.0.1:0", world.folder("members"), others)) {
            for (int i = 1; i <= others; i++) alice.run("send member%d hello".formatted(i));
            for (int i = 1; i <= others; i++) alice.await("an answer", Running.event("delivered"), PATIENCE);
            for (int size : SIZES) measure(alice, members.pid(), size);
        }
    }

    private static void measure(Running alice, long members, int size) throws Exception {
        var group = "group" + size;
        alice.run("create " + group);
        for (int i = 1; i < size; i++) alice.run("invite %s member%d".formatted(group, i));
        text(alice, group, size);
        var millis = new double[ROUNDS];
        var sending = CpuTime.of(alice);
        var receiving = CpuTime.of(members);
        long carried = loopbackBytes();
        for (int round = 0; round < ROUNDS; round++) millis[round] = text(alice, group, size);
        double texts = ROUNDS * (size - 1.0);
        print("send to the last delivered, %d members", size, Figure.median(millis), "ms");
        print("sender's processor time a member, %d members", size, sending.sinceMillis() / texts, "ms");
        print("a member's processor time, %d members", size, receiving.sinceMillis() / texts, "ms");
        print("bytes carried a member, %d members", size, (loopbackBytes() - carried) / texts, "B");
    }

    private static double text(Running alice, String group, int size) throws Exception {
        alice.takeAll(any -> true);
        long start = System.nanoTime();
        JsonNode sent = alice.run("send group %s is everybody there?".formatted(group));
        var ours = Running.with("id", sent.path("id").asText());
        for (int i = 1; i < size; i++)
            alice.await("delivered", Running.event("delivered").and(ours), PATIENCE);
        return (System.nanoTime() - start) / 1e6;
    }

    /** Sent by anybody on this machine to this machine, TCP and IP included. */
    private static long loopbackBytes() throws IOException {
        for (var line : Files.readAllLines(INTERFACES)) {
            var words = line.strip().split("\\s+");
            if (words[0].equals("lo:")) return Long.parseLong(words[9]);
        }
        throw new IOException("no loopback in " + INTERFACES);
    }

    private static void print(String what, int size, double value, String unit) {
        Figure.of(what.formatted(size), value, unit).print();
    }

    private ModernGroups() {}
}
