package parley.proving;

import static org.assertj.core.api.Assertions.assertThat;
import static parley.proving.process.Running.event;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parley.proving.process.Launch;

/**
 * A file larger than the memory of either peer passes through both. {@code -DfileMiB=2048} sends the largest that is
 * allowed, which takes minutes: {@code mvn verify -pl proving -am -Dtest=BigFileTest -DfileMiB=2048
 * -Dsurefire.failIfNoSpecifiedTests=false}.
 */
class BigFileTest {
    private static final int FILE_MIB = Integer.getInteger("fileMiB", 96);
    private static final int MIB = 1024 * 1024;

    /** As slow as one chunk a round trip on a busy machine. */
    private static final Duration PATIENCE = Duration.ofSeconds(60L + FILE_MIB);

    @TempDir
    Path folder;

    @Test
    void aFileLargerThanTheHeapArrivesByteForByte() throws Exception {
        try (var scene = Scene.open(folder)) {
            var file = written(scene.home("ann").resolve("film.bin"));
            var ann = scene.enter(
                    "ann", Launch.peer(scene.registry(), scene.home("ann")).onJvm("-Xmx64m"));
            var ben = scene.enter(
                    "ben", Launch.peer(scene.registry(), scene.home("ben")).onJvm("-Xmx64m"));

            ann.type("SEND ben FILE " + file);

            var received = ben.await("file", event("file"), PATIENCE);
            assertThat(received.path("bytes").asLong()).isEqualTo((long) FILE_MIB * MIB);
            assertThat(Files.mismatch(Path.of(received.path("path").asText()), file))
                    .isEqualTo(-1);
            assertThat(ann.await("answer", event("ok"), PATIENCE)
                            .path("delivered")
                            .asInt())
                    .isEqualTo(1);
        }
    }

    private static Path written(Path file) throws IOException {
        var random = new Random(FILE_MIB);
        var piece = new byte[MIB];
        try (var out = Files.newOutputStream(file)) {
            for (int i = 0; i < FILE_MIB; i++) {
                random.nextBytes(piece);
                out.write(piece);
            }
        }
        return file;
    }
}
