package parley.proving.modern;

import static org.assertj.core.api.Assertions.assertThat;
import static parley.proving.process.Running.event;
import static parley.proving.process.Running.with;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parley.proving.process.Running;

/**
 * Two who write to each other without a pause, while one of the two or the registry is killed at a random moment. As many
 * kills as fit a minute; {@code mvn verify -pl proving -am -Dtest=ModernKillTest -Dkills=3000
 * -Dsurefire.failIfNoSpecifiedTests=false} makes 1,000 of each. {@code -Dseed=} repeats the moments of a run, as far as a
 * machine repeats itself.
 */
class ModernKillTest {
    private static final int KILLS = Integer.getInteger("kills", 0);
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final int TEXTS_A_ROUND = 20;
    private static final int LOAD_MILLIS_MAX = 400;
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @TempDir
    Path folder;

    @Test
    void nothingAcknowledgedIsLostNothingIsShownTwiceAndAllInOrder() throws Exception {
        long seed = Long.getLong("seed", System.nanoTime());
        System.out.printf("ModernKillTest: -Dseed=%d%n", seed);
        var random = new Random(seed);
        int kills = 0;
        try (var town = Town.found(folder)) {
            var alice = new Writer(town, "alice", "bob");
            var bob = new Writer(town, "bob", "alice");
            Town.acquaint(alice.running, "alice", bob.running, "bob");
            long end = System.nanoTime() + MINUTE.toNanos();
            while (KILLS == 0 ? System.nanoTime() < end : kills < KILLS) {
                alice.write();
                bob.write();
                var victim = random.nextInt(3);
                // What is there runs on meanwhile: the moment is the point, not the waiting.
                alice.running.runFor(Duration.ofMillis(random.nextInt(LOAD_MILLIS_MAX)));
                switch (victim) {
                    case 0 -> town.killRegistry();
                    case 1 -> alice.killed();
                    default -> bob.killed();
                }
                kills++;
                if (victim == 0) town.startRegistry();
            }
            alice.settle();
            bob.settle();
            alice.running.run("exit");
            bob.running.run("exit");
            check(town, "bob", alice, seed);
            check(town, "alice", bob, seed);
            System.out.printf(
                    "ModernKillTest: %d kills, %d and %d texts acknowledged%n",
                    kills, alice.acknowledged.size(), bob.acknowledged.size());
            assertThat(alice.acknowledged.size() + bob.acknowledged.size())
                    .as("the load did something")
                    .isGreaterThan(kills);
        }
    }

    /** A reader of everything sees each acknowledged text once, in the order in which it was written. */
    private static void check(Town town, String reader, Writer writer, long seed) throws Exception {
        // What was not delivered yet is in the writer's outbox.
        try (var writing = town.back(writer.name);
                var running = town.since(reader, "0")) {
            var shown = new ArrayList<String>();
            var missing = new HashSet<>(writer.acknowledged);
            long end = System.nanoTime() + PATIENCE.toNanos();
            while (!missing.isEmpty() && System.nanoTime() < end) {
                var next = running.await(
                        "%d more of %s; -Dseed=%d".formatted(missing.size(), writer.name, seed),
                        event("message").and(with("from", writer.name)),
                        PATIENCE);
                shown.add(next.path("text").asText());
                missing.remove(next.path("text").asText());
            }
            var texts = shown.stream().filter(text -> text.startsWith("text ")).toList();
            assertThat(missing)
                    .as("acknowledged and lost; -Dseed=%d, %s", seed, writing.tail())
                    .isEmpty();
            assertThat(texts).as("shown twice; -Dseed=%d", seed).doesNotHaveDuplicates();
            assertThat(texts.stream()
                            .map(text -> Integer.parseInt(text.substring(5)))
                            .toList())
                    .as("order; -Dseed=%d", seed)
                    .isSorted();
        }
    }

    /** Somebody who writes numbered texts and remembers which of them were acknowledged. */
    private static final class Writer {
        private final Town town;
        private final String name;
        private final String to;
        private final Deque<String> unanswered = new ArrayDeque<>();
        final Set<String> acknowledged = new HashSet<>();
        private Running running;
        private int written;

        Writer(Town town, String name, String to) throws Exception {
            this.town = town;
            this.name = name;
            this.to = to;
            this.running = town.newcomer(name);
        }

        void write() throws Exception {
            take();
            for (int i = 0; i < TEXTS_A_ROUND; i++) {
                var text = "text " + written++;
                unanswered.add(text);
                running.type("send %s %s".formatted(to, text));
            }
        }

        /** What was not answered may be there or not. */
        void killed() throws Exception {
            running.kill();
            take();
            unanswered.clear();
            running = town.back(name);
        }

        void settle() throws Exception {
            long end = System.nanoTime() + PATIENCE.toNanos();
            while (!unanswered.isEmpty() && System.nanoTime() < end) {
                running.runFor(Duration.ofMillis(100));
                take();
            }
            assertThat(unanswered).as("every command is answered").isEmpty();
        }

        /** Texts to one contact are answered in the order in which they were typed. */
        private void take() {
            for (JsonNode answer : answers()) {
                var text = unanswered.remove();
                if (event("ok").test(answer)) acknowledged.add(text);
            }
        }

        private List<JsonNode> answers() {
            return running.takeAll(event("ok").or(event("error")).and(with("command", "send")));
        }
    }
}
