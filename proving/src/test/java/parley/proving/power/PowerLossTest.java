package parley.proving.power;

import static java.util.Comparator.comparingInt;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parley.registry.journal.JournalFolder;

/**
 * The power fails after as many operations as fit the time, drawn at random; {@code mvn verify -pl proving -am
 * -Dtest=PowerLossTest -Dpower.all=true -Dsurefire.failIfNoSpecifiedTests=false} takes every one. {@code -Dseed=} draws
 * the same.
 */
class PowerLossTest {
    private static final boolean ALL = Boolean.getBoolean("power.all");
    /** For the failures in one folder. */
    private static final Duration FOR_EACH = Duration.ofSeconds(Long.getLong("power.seconds", 6));

    @TempDir
    Path workshop;

    @TempDir(factory = InMemory.class)
    Path memory;

    private final long seed = Long.getLong("seed", System.nanoTime());

    @Test
    void nothingThatWasSaidIsLostWithThePower() throws Exception {
        System.out.printf("PowerLossTest: -Dseed=%d%n", seed);
        var recorder = Recorder.compiled(workshop, Files.createDirectory(workshop.resolve("town")));
        var cast = Conversation.held(recorder);
        var recording = Recording.read(recorder.log());
        registry(recorder, recording, cast);
        try (var reader = new Reader()) {
            vault(recorder, recording, reader, "alice", cast.alice());
            vault(recorder, recording, reader, "bob", cast.bob());
        }
    }

    private void vault(Recorder recorder, Recording recording, Reader reader, String name, Set<Long> processes)
            throws Exception {
        var promises = new VaultPromises(name, recording.said(processes));
        assertThat(promises.said().stream().filter(said -> said.is("message") || said.isOk("send")))
                .as("texts of the conversation")
                .hasSizeGreaterThan(2 * Conversation.TEXTS);
        var folder = recorder.folder().resolve(name).resolve("data").resolve("accounts");
        fails(recording, folder, (left, at) -> promises.areKept(reader, left, at));
    }

    private void registry(Recorder recorder, Recording recording, Conversation.Cast cast) throws Exception {
        var folder = recorder.folder().resolve("registry");
        var alice = recording.said(cast.alice());
        var bob = recording.said(cast.bob());
        int gone = at(bob.stream().filter(said -> said.isOk("exit")).min(comparingInt(Recording.Said::at)));
        // From being ready on he is about to sign in and to fetch what waits.
        int back = at(bob.stream().filter(said -> said.is("ready")).max(comparingInt(Recording.Said::at)));
        var left = alice.stream()
                .filter(said -> said.is("sent") && gone < said.at() && said.at() < back)
                .toList();
        assertThat(left).as("envelopes that the registry has taken").isNotEmpty();
        var end = memory.resolve("end");
        Disk.after(recording.operations()).lay(folder, end, Loss.BARE, new Random(seed));
        ByteString identity;
        try (var opened = JournalFolder.claim(end)) {
            identity = opened.identity().id();
        }
        int ready = at(recording.said(cast.registry()).stream().findFirst());
        var promises = new RegistryPromises(ready, identity, alice, bob, left, back);
        fails(recording, folder, promises::areKept);
    }

    private static int at(Optional<Recording.Said> said) {
        return said.orElseThrow().at();
    }

    private interface Check {
        void of(Path left, int at) throws Exception;
    }

    /** @param at the last operation before the power failed */
    private record Moment(int at, Loss loss) {}

    private void fails(Recording recording, Path folder, Check check) throws Exception {
        var moments = moments(recording.operations(), folder);
        Collections.shuffle(moments, new Random(seed));
        long end = System.nanoTime() + FOR_EACH.toNanos();
        int tried = 0;
        for (var moment : moments) {
            if (!ALL && System.nanoTime() > end) break;
            var left = memory.resolve("left");
            Disk.after(recording.operations().subList(0, moment.at + 1))
                    .lay(folder, left, moment.loss, new Random(seed + moment.at));
            try {
                check.of(left, moment.at);
            } catch (Exception | AssertionError lost) {
                throw new AssertionError(
                        "%s of %s; -Dseed=%d: %s"
                                .formatted(moment, workshop.relativize(folder), seed, lost.getMessage()),
                        lost);
            }
            delete(left);
            tried++;
        }
        System.out.printf(
                "PowerLossTest: %s, %d of %d failures of the power%n",
                workshop.relativize(folder), tried, moments.size());
        assertThat(tried).as("failures of the power").isPositive();
    }

    /**
     * Before each change of what may be on the disk, and at the end: until the next change only promises are added, so
     * that the last moment stands for all since the one before. What is there for good changes with a sync only.
     */
    private static List<Moment> moments(List<Operation> operations, Path folder) {
        var moments = new ArrayList<Moment>();
        for (int i = 0; i < operations.size(); i++) {
            boolean last = i == operations.size() - 1;
            if (!last && !operations.get(i + 1).changes(folder)) continue;
            moments.add(new Moment(i, Loss.RAGGED));
            if (last || operations.get(i + 1) instanceof Operation.Synced) moments.add(new Moment(i, Loss.BARE));
        }
        return moments;
    }

    private static void delete(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            for (var file : files.toList()) Files.delete(file);
        }
        Files.delete(folder);
    }
}
