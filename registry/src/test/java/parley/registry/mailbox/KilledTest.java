package parley.registry.mailbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parley.messages.name.UserName;
import parley.registry.journal.JournalFolder;

/** A process that deposits and deletes as fast as it can is killed at a random moment, several times over one folder. */
class KilledTest {
    private static final UserName ALICE = new UserName("alice");
    private static final UserName BOB = new UserName("bob");
    private static final int KILLS = 4;
    private static final long SEED = System.nanoTime();

    @TempDir
    Path folder;

    @Test
    void everythingAnsweredIsThereAndNothingThatWasDeletedComesBack() throws Exception {
        var random = new Random(SEED);
        var there = new TreeSet<Long>();
        long highest = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            var gone = new TreeSet<Long>();
            for (var line : saidUntilKilled(random.nextInt(500))) {
                long serial = Long.parseLong(line.substring(1));
                if (line.startsWith("-")) {
                    there.remove(serial);
                    gone.add(serial);
                } else {
                    assertThat(serial).as("serials rise, seed %d", SEED).isGreaterThan(highest);
                    highest = serial;
                    there.add(serial);
                }
            }
            try (var shelf = JournalFolder.shelfBeside(folder)) {
                var found = done(new Envelopes(shelf).entries(ALICE)).keySet();
                // What was being deleted may be gone though nobody was told so, but for what was never touched.
                assertThat(found).as("kill %d, seed %d", kill, SEED).noneMatch(gone::contains);
                assertThat(there)
                        .as("kill %d, seed %d", kill, SEED)
                        .allMatch(serial -> serial % 3 == 0 || found.contains(serial));
                var check = done(shelf.carryOut(rows -> rows.first("PRAGMA integrity_check", row -> row.getString(1))));
                assertThat(check).contains("ok");
                there.clear();
                there.addAll(found);
            }
        }
        assertThat(highest).isPositive();
    }

    private List<String> saidUntilKilled(int millisAfterTheFirst) throws Exception {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var process = new ProcessBuilder(
                        java,
                        "-cp",
                        System.getProperty("java.class.path"),
                        Depositor.class.getName(),
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (var said = new BufferedReader(process.inputReader(StandardCharsets.US_ASCII))) {
            var first = said.readLine();
            new Thread(() -> {
                        try {
                            process.waitFor(millisAfterTheFirst, TimeUnit.MILLISECONDS);
                        } catch (InterruptedException never) {
                            throw new AssertionError(never);
                        } finally {
                            // By its handle, which leaves us what it said.
                            process.toHandle().destroyForcibly();
                        }
                    })
                    .start();
            var lines = new ArrayList<String>();
            for (var line = first; line != null; line = said.readLine()) lines.add(line);
            // The last one may be cut off.
            return lines.subList(0, Math.max(0, lines.size() - 1));
        } finally {
            process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
        }
    }

    private static <T> T done(CompletionStage<T> stage) {
        return assertThat(stage).succeedsWithin(Duration.ofSeconds(30)).actual();
    }

    /** Says "+SERIAL" when a deposit was answered, and "-SERIAL" when the deletion of every third was. */
    static final class Depositor {
        private static final int AT_ONCE = 64;

        public static void main(String[] arguments) throws IOException, InterruptedException {
            try (var shelf = JournalFolder.shelfBeside(Path.of(arguments[0]))) {
                var envelopes = new Envelopes(shelf);
                var free = new Semaphore(AT_ONCE);
                var bytes = ByteString.fromArray(new byte[2_000]);
                while (true) {
                    free.acquire();
                    envelopes
                            .put(ALICE, new Contents.Entry(BOB, System.currentTimeMillis(), bytes.size()), bytes)
                            .whenComplete((serial, failure) -> {
                                free.release();
                                if (failure != null) return;
                                say("+" + serial);
                                if (serial % 3 == 0)
                                    envelopes.delete(ALICE, List.of(serial)).thenAccept(gone -> say("-" + serial));
                            });
                }
            }
        }

        private static void say(String what) {
            System.out.println(what);
            System.out.flush();
        }

        private Depositor() {}
    }
}
