package parley.peer.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileToSendTest {
    static final ActorTestKit kit = ActorTestKit.create();
    static final TransferSettings SETTINGS = new TransferSettings(10 << 20, 0);

    @TempDir
    Path folder;

    @AfterAll
    static void close() {
        kit.shutdownTestKit();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 1023, 1024, 1025, 64 * 1024, 64 * 1024 + 1, 3 << 20})
    void aFileIsReadInChunks(int bytes) throws Exception {
        var content = random(bytes);
        var file = sendable(Files.write(folder.resolve("pic.bin"), content));
        assertThat(file.bytes()).isEqualTo(bytes);
        assertThat(file.name()).isEqualTo("pic.bin");
        var chunks = read(file).stream().flatMap(List::stream).toList();
        assertThat(chunks.stream().limit(Math.max(0, chunks.size() - 1))).allMatch(chunk -> chunk.size() == 1024);
        assertThat(chunks.stream()
                        .reduce(ByteString.emptyByteString(), ByteString::concat)
                        .toArray())
                .isEqualTo(content);
    }

    @Test
    void aFileCanBeReadForEachMemberOfAGroup() throws Exception {
        var file = sendable(Files.write(folder.resolve("pic.bin"), random(5000)));
        assertThat(read(file)).isEqualTo(read(file));
    }

    @Test
    void whatIsNoFileIsRefusedBeforeAnythingIsSent() throws Exception {
        assertThat(open(folder)).isEqualTo(new FileToSend.Unsendable("a folder, expected a file"));
        assertThat(open(folder.resolve("none"))).isEqualTo(new FileToSend.Unsendable("no such file or folder"));
        assertThat(open(Path.of("/dev/null"))).isEqualTo(new FileToSend.Unsendable("not a regular file"));
        var long11 = Files.write(folder.resolve("long"), random(11 << 20));
        assertThat(open(long11)).isEqualTo(new FileToSend.Unsendable("longer than the 10 MiB that are sent"));
    }

    interface Change {
        void to(Path file) throws IOException;
    }

    @Test
    void aFileThatShrinksGrowsVanishesOrChangesIsReported() throws Exception {
        assertThat(failure(file -> Files.write(file, random(100_000))))
                .isEqualTo("it shrank from 200000 to 100000 bytes while it was being sent");
        assertThat(failure(file -> Files.write(file, random(1), StandardOpenOption.APPEND)))
                .isEqualTo("it grew from 200000 to 200001 bytes while it was being sent");
        assertThat(failure(Files::delete)).isEqualTo("it vanished while it was being sent");
        assertThat(failure(file -> Files.setLastModifiedTime(file, FileTime.fromMillis(1))))
                .isEqualTo("it was changed while it was being sent");
        assertThat(failure(file -> {
                    var other = Files.write(folder.resolve("other"), random(200_000));
                    Files.setLastModifiedTime(other, Files.getLastModifiedTime(file));
                    Files.move(other, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
                }))
                .isEqualTo("it was changed while it was being sent");
    }

    /** Where the last batch is let go, a receiver that asks no hash has a file that is whole. */
    @Test
    void theLastBatchOfAFileThatChangedIsNotLetGo() throws Exception {
        var path = Files.write(folder.resolve("pic.bin"), random(1000));
        var file = sendable(path);
        Files.setLastModifiedTime(path, FileTime.fromMillis(1));
        var first = file.chunks().runWith(Sink.head(), kit.system()).toCompletableFuture();
        assertThat(first).failsWithin(5, TimeUnit.SECONDS).withThrowableThat().withCauseInstanceOf(FileChanged.class);
    }

    private String failure(Change change) throws Exception {
        var path = Files.write(folder.resolve("pic.bin"), random(200_000));
        var file = sendable(path);
        change.to(path);
        try {
            read(file);
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof FileChanged changed) return String.valueOf(changed.getMessage());
            throw failed;
        }
        throw new AssertionError("read to its end");
    }

    private static FileToSend.Opened open(Path path) throws Exception {
        return FileToSend.open(kit.system(), SETTINGS, path)
                .toCompletableFuture()
                .get(5, TimeUnit.SECONDS);
    }

    private static FileToSend.Sendable sendable(Path path) throws Exception {
        return (FileToSend.Sendable) open(path);
    }

    private static List<List<ByteString>> read(FileToSend.Sendable file) throws Exception {
        return file.chunks()
                .runWith(Sink.seq(), kit.system())
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
    }

    private static byte[] random(int bytes) {
        var content = new byte[bytes];
        new Random(bytes).nextBytes(content);
        return content;
    }
}
