package parley.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parley.messages.directory.Limits;
import parley.messages.group.Deed;
import parley.messages.group.GroupEntry;
import parley.messages.group.GroupLog;
import parley.messages.group.Policy;
import parley.messages.group.Taking;
import parley.messages.name.GroupName;
import parley.registry.group.GroupRegistry;
import parley.registry.group.ModernGroup;

/** A registry whose group grows as fast as it can is killed at a random moment, twice over one folder. */
class KilledGroupTest {
    private static final GroupName TEAM = new GroupName("team");
    private static final int KILLS = 2;
    private static final String SAYS = "on disk: ";
    private static final String END = ".";
    private static final long SEED = System.nanoTime();

    @TempDir
    Path folder;

    @Test
    void everyEntryThatWasAnsweredIsThere() throws Exception {
        var random = new Random(SEED);
        var answered = new ArrayList<String>();
        for (int kill = 0; kill < KILLS; kill++) {
            answered.addAll(saidUntilKilled(random.nextInt(1_500)));
            try (var registry = RunningRegistry.start(folder)) {
                var log = log(registry);
                assertThat(answered).as("seed %d", SEED).isNotEmpty().allSatisfy(line -> {
                    int blank = line.indexOf(' ');
                    long entries = Long.parseLong(line.substring(0, blank));
                    assertThat(log.hashAt(entries - 1).map(KilledGroupTest::hex))
                            .as("kill, seed %d: entry %s", SEED, line)
                            .contains(line.substring(blank + 1));
                });
                // One may be there though nobody was told so.
                assertThat(log.size()).isGreaterThanOrEqualTo(answered.size());
            }
        }
    }

    private List<String> saidUntilKilled(int millisAfterTheFirst) throws Exception {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var process = new ProcessBuilder(
                        java, "-cp", System.getProperty("java.class.path"), Founder.class.getName(), folder.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (var said = new BufferedReader(process.inputReader(StandardCharsets.US_ASCII))) {
            var lines = new ArrayList<String>();
            long until = Long.MAX_VALUE;
            for (var line = said.readLine(); line != null; line = said.readLine()) {
                // The log of the registry comes the same way, and the last line may be cut off.
                if (!line.startsWith(SAYS) || !line.endsWith(END)) continue;
                if (lines.isEmpty()) until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millisAfterTheFirst);
                lines.add(line.substring(SAYS.length(), line.length() - END.length()));
                // By its handle, which leaves us what it said; at once, before the disk could make up for a lie.
                if (System.nanoTime() > until) process.toHandle().destroyForcibly();
            }
            return lines;
        } finally {
            process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
        }
    }

    private static GroupLog log(RunningRegistry registry) {
        var alice = alice(registry);
        var entries = new ArrayList<GroupEntry>();
        int size;
        do {
            var answer = (ModernGroup.Log) registry.<GroupRegistry.Command, ModernGroup.LogAnswer>ask(
                    registry.groups.of(TEAM),
                    replyTo -> new ModernGroup.LogOf(alice.name, entries.size(), Limits.ROW_BYTES_MAX, replyTo));
            entries.addAll(answer.row());
            size = answer.entries();
        } while (entries.size() < size);
        var begun = longer(GroupLog.begin(registry.id, TEAM, entries.getFirst()));
        return longer(begun.append(entries.subList(1, entries.size())));
    }

    private static Person alice(RunningRegistry registry) {
        return new Person(registry.id, "alice", 1);
    }

    private static String hex(ByteString hash) {
        return HexFormat.of().formatHex(hash.toArrayUnsafe());
    }

    private static GroupLog longer(Taking answer) {
        return switch (answer) {
            case Taking.Longer(var log) -> log;
            case Taking.Refused(var why) -> throw new AssertionError("refused: " + why);
        };
    }

    /** Says "ENTRIES HEAD" when an entry was answered, the first one included. */
    static final class Founder {
        public static void main(String[] arguments) throws Exception {
            var registry = RunningRegistry.start(Path.of(arguments[0]));
            var alice = alice(registry);
            var first = alice.creates(TEAM, Policy.OPEN);
            var created = registry.<GroupRegistry.Command, ModernGroup.CreateAnswer>ask(
                    registry.groups.of(TEAM),
                    replyTo -> new ModernGroup.Create(alice.name, alice.chain.identity(), first, replyTo));
            var log = log(registry);
            if (created instanceof ModernGroup.Created) say(log);
            while (log.size() < GroupLog.ENTRIES_MAX) {
                var policy = log.policy() == Policy.OPEN ? Policy.INVITE : Policy.OPEN;
                var entry = alice.writes(log, new Deed.Become(policy));
                var answer = registry.<GroupRegistry.Command, ModernGroup.AppendAnswer>ask(
                        registry.groups.of(TEAM),
                        replyTo -> new ModernGroup.Append(alice.name, alice.chain.identity(), entry, replyTo));
                log = longer(log.append(entry));
                if (!answer.equals(new ModernGroup.Appended(log.size()))) throw new AssertionError(answer);
                say(log);
            }
        }

        private static void say(GroupLog log) {
            System.out.println(SAYS + log.size() + " " + hex(log.head()) + END);
            System.out.flush();
        }

        private Founder() {}
    }
}
