package parley.peer.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DownloadsTest {
    static final ActorTestKit kit = ActorTestKit.create();
    static final TransferSettings SHIPPED =
            TransferSettings.from(ConfigFactory.load().getConfig("parley.peer.transfer"));
    /** Whatever this machine's disk has free. */
    static final TransferSettings ANY_DISK = new TransferSettings(SHIPPED.fileBytesMax(), 0);

    static final List<ByteString> HELLO = List.of(ByteString.fromString("hello"));

    @TempDir
    Path outside;

    @AfterAll
    static void close() {
        kit.shutdownTestKit();
    }

    Path folder() {
        return outside.resolve("downloads");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 1023, 1024, 1025, 5 << 20})
    void aFileIsStoredWithItsHash(int bytes) throws Exception {
        var content = new byte[bytes];
        new Random(bytes).nextBytes(content);
        var chunks = IntStream.iterate(0, at -> at < bytes, at -> at + 1024)
                .mapToObj(at -> ByteString.fromArray(content, at, Math.min(1024, bytes - at)))
                .toList();
        var stored = stored(receive(
                downloads(Disk.REAL), "/etc/pic.bin", Source.from(chunks).grouped(16)));
        assertThat(stored.path())
                .isEqualTo(folder().resolve("pic.bin").toAbsolutePath())
                .hasBinaryContent(content);
        assertThat(stored.name()).isEqualTo("pic.bin");
        assertThat(stored.bytes()).isEqualTo(bytes);
        assertThat(stored.sha256())
                .isEqualTo(HexFormat.of()
                        .formatHex(MessageDigest.getInstance("SHA-256").digest(content)));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(stored.path())))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder())))
                .isEqualTo("rwx------");
        assertThat(names()).containsExactly("pic.bin");
    }

    @Test
    void nothingIsReplacedNotEvenWhenManyComeAtOnce() throws Exception {
        var downloads = downloads(Disk.REAL);
        Files.writeString(folder().resolve("pic.bin"), "mine");
        Files.createSymbolicLink(folder().resolve("pic (1).bin"), outside.resolve("nowhere"));
        var outcomes = new ArrayList<CompletionStage<Downloads.Outcome>>();
        for (int i = 0; i < 20; i++) outcomes.add(receive(downloads, "pic.bin", Source.single(HELLO)));
        var names = new HashSet<String>();
        for (var outcome : outcomes) names.add(stored(outcome).name());
        assertThat(names).hasSize(20).contains("pic (2).bin", "pic (21).bin");
        assertThat(folder().resolve("pic.bin")).hasContent("mine");
        assertThat(outside.resolve("nowhere")).doesNotExist();
    }

    @Test
    void fiveHundredHostileNamesLeaveNothingOutside() throws Exception {
        var downloads = downloads(Disk.REAL);
        long seed = Long.getLong("seed", System.nanoTime());
        for (var hostile : FileNamesTest.hostile(new Random(seed), 500)) {
            var stored = stored(receive(downloads, hostile, Source.single(HELLO)));
            assertThat(stored.path().getParent()).as("seed %d", seed).isEqualTo(folder().toAbsolutePath());
        }
        assertThat(names()).hasSize(500);
        try (var all = Files.list(outside)) {
            assertThat(all).containsExactly(folder());
        }
    }

    @Test
    void aBrokenConnectionLeavesNothingAndSaysWhy() throws Exception {
        var broken = Source.single(HELLO).concat(Source.failed(new IllegalStateException("the connection broke")));
        assertThat(outcome(receive(downloads(Disk.REAL), "pic.bin", broken)))
                .isEqualTo(new Downloads.NotStored("the connection broke"));
        assertThat(names()).isEmpty();
    }

    /** A disk that breaks at one of its calls. */
    private static final class Breaking implements Disk {
        private final String at;
        final List<String> calls = Collections.synchronizedList(new ArrayList<>());

        Breaking(String at) {
            this.at = at;
        }

        private void called(String call) throws IOException {
            calls.add(call);
            if (call.equals(at)) throw new IOException("No space left on device");
        }

        @Override
        public void write(FileChannel file, ByteBuffer bytes) throws IOException {
            called("write");
            Disk.super.write(file, bytes);
        }

        @Override
        public void sync(FileChannel file) throws IOException {
            called("sync");
            Disk.super.sync(file);
        }

        @Override
        public void link(Path name, Path existing) throws IOException {
            called("link");
            Disk.super.link(name, existing);
        }

        @Override
        public void syncFolder(Path folder) throws IOException {
            called("syncFolder");
            Disk.super.syncFolder(folder);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"write", "sync", "link", "syncFolder"})
    void aDiskThatBreaksLeavesNothingAndSaysWhy(String at) throws Exception {
        var downloads = downloads(new Breaking(at));
        assertThat(outcome(receive(downloads, "pic.bin", Source.single(HELLO))))
                .isEqualTo(new Downloads.NotStored("No space left on device"));
        assertThat(names()).isEmpty();
    }

    @Test
    void aFileHasItsNameOnlyWhenItIsOnDiskAndIsToldOnlyWhenItsNameIs() throws Exception {
        var disk = new Breaking("never");
        stored(receive(downloads(disk), "pic.bin", Source.single(HELLO)));
        assertThat(disk.calls).containsExactly("write", "sync", "link", "syncFolder");
    }

    @Test
    void whereThereAreNoHardLinksNothingIsReplacedEither() throws Exception {
        var noLinks = new Disk() {
            @Override
            public void link(Path name, Path existing) {
                throw new UnsupportedOperationException();
            }
        };
        var downloads = downloads(noLinks);
        Files.writeString(folder().resolve("pic.bin"), "mine");
        assertThat(stored(receive(downloads, "pic.bin", Source.single(HELLO))).name())
                .isEqualTo("pic (1).bin");
        assertThat(folder().resolve("pic.bin")).hasContent("mine");
        assertThat(folder().resolve("pic (1).bin")).hasContent("hello");
    }

    /** A disk of 100 bytes, of which so many are free. */
    private static final class Filling implements Disk {
        final AtomicLong usable = new AtomicLong();

        @Override
        public long usableBytes(Path folder) {
            return usable.get();
        }

        @Override
        public long totalBytes(Path folder) {
            return 100;
        }
    }

    private Downloads downloads(TransferSettings settings, Disk disk) throws Exception {
        return Downloads.open(kit.system(), settings, folder(), disk)
                .toCompletableFuture()
                .get(5, TimeUnit.SECONDS);
    }

    @Test
    void aDiskThatIsNearlyFullTakesNothing() throws Exception {
        var disk = new Filling();
        disk.usable.set(9);
        assertThat(downloads(SHIPPED, disk)
                        .offer("pic.bin")
                        .toCompletableFuture()
                        .get(5, TimeUnit.SECONDS))
                .isEqualTo(new Downloads.NoPlace("the disk is nearly full, 10 % of it is kept free"));
        assertThat(names()).isEmpty();
    }

    @Test
    void aDiskThatGetsNearlyFullTakesNoMore() throws Exception {
        var disk = new Filling();
        disk.usable.set(10);
        var endless = Source.repeat(List.of(ByteString.fromArray(new byte[1024])))
                .map(chunk -> {
                    disk.usable.set(9);
                    return chunk;
                });
        assertThat(outcome(receive(downloads(SHIPPED, disk), "pic.bin", endless)))
                .isEqualTo(new Downloads.NotStored("the disk is nearly full, 10 % of it is kept free"));
        assertThat(names()).isEmpty();
    }

    @Test
    void aFileThatIsTooLongIsGivenUp() throws Exception {
        var small = new TransferSettings(1 << 20, 0);
        var downloads = downloads(small, Disk.REAL);
        var endless = Source.repeat(List.of(ByteString.fromArray(new byte[1024])));
        assertThat(outcome(receive(downloads, "pic.bin", endless)))
                .isEqualTo(new Downloads.NotStored("longer than the 1 MiB that are accepted"));
        assertThat(names()).isEmpty();
    }

    @Test
    void whatACrashLeftIsClearedButNotWhatSomebodyIsWriting() throws Exception {
        var first = downloads(Disk.REAL);
        var open =
                (Downloads.Ready) first.offer("pic.bin").toCompletableFuture().get(5, TimeUnit.SECONDS);
        Files.writeString(folder().resolve(".parley-abc.part"), "half a file");
        Files.writeString(folder().resolve("mine.part"), "not ours");
        var second = downloads(Disk.REAL);
        assertThat(names()).hasSize(2).contains("mine.part").doesNotContain(".parley-abc.part");
        assertThat(stored(Source.single(HELLO).runWith(open.sink(), kit.system()))
                        .name())
                .isEqualTo("pic.bin");
        assertThat(stored(receive(second, "pic.bin", Source.single(HELLO))).name())
                .isEqualTo("pic (1).bin");
    }

    @Test
    void aProgramThatEndsKeepsNoHalfFile() throws Exception {
        var ending = ActorTestKit.create();
        var downloads = Downloads.open(ending.system(), ANY_DISK, folder(), Disk.REAL)
                .toCompletableFuture()
                .get(5, TimeUnit.SECONDS);
        var begun = Source.single(HELLO).concat(Source.maybe());
        var offered = (Downloads.Ready)
                downloads.offer("pic.bin").toCompletableFuture().get(5, TimeUnit.SECONDS);
        var outcome = begun.runWith(offered.sink(), ending.system());
        ending.shutdownTestKit();
        assertThat(outcome(outcome)).isInstanceOf(Downloads.NotStored.class);
        assertThat(names()).isEmpty();
    }

    @Test
    void whatAnotherProgramIsWritingIsNotCleared() throws Exception {
        Files.createDirectories(folder());
        var theirs = Files.writeString(folder().resolve(".parley-theirs.part"), "half a file");
        var other = PartHolder.start(theirs);
        try {
            downloads(Disk.REAL);
            assertThat(names()).containsExactly(".parley-theirs.part");
        } finally {
            other.end();
        }
        downloads(Disk.REAL);
        assertThat(names()).isEmpty();
    }

    @Test
    void aFolderThatCannotBeUsedIsSaidAtTheStart() throws Exception {
        Files.writeString(folder(), "a file");
        assertThatThrownBy(() -> downloads(Disk.REAL))
                .hasMessageContaining("cannot use the download folder " + folder());
    }

    Downloads downloads(Disk disk) throws Exception {
        return downloads(ANY_DISK, disk);
    }

    static CompletionStage<Downloads.Outcome> receive(
            Downloads downloads, String name, Source<List<ByteString>, ?> content) {
        return downloads
                .offer(name)
                .thenCompose(offered -> content.runWith(((Downloads.Ready) offered).sink(), kit.system()));
    }

    static Downloads.Outcome outcome(CompletionStage<Downloads.Outcome> outcome) throws Exception {
        return outcome.toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    static Downloads.Stored stored(CompletionStage<Downloads.Outcome> outcome) throws Exception {
        var stored = outcome(outcome);
        assertThat(stored).isInstanceOf(Downloads.Stored.class);
        return (Downloads.Stored) stored;
    }

    List<String> names() throws IOException {
        try (var files = Files.list(folder())) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
