package parley.peer.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parley.messages.name.UserName;
import parley.messages.wire.MessageId;
import parley.peer.transfer.Disk;
import parley.peer.transfer.NoRoom;

class PartialFileTest {
    /** A sync is begun behind so many. */
    private static final int A_SYNC = 256;

    private static final Lane LANE = new Lane(
            Station.REGISTRY,
            new UserName("bob"),
            new UserName("alice"),
            false,
            new MessageId(ByteString.fromArray(new byte[MessageId.BYTES])),
            Station.KEY,
            1L << 30);

    @TempDir
    Path folder;

    @Test
    void whatIsWrittenDoesNotWaitForTheSyncBesideIt() throws Exception {
        List<FutureTask<?>> slow = new ArrayList<>();
        var synced = new Syncing(Integer.MAX_VALUE);
        try (var partial = open(synced, task -> slow.add((FutureTask<?>) task))) {
            write(partial, 2 * A_SYNC);
            // That, and the last batch that was to be hashed and written.
            assertThat(slow).filteredOn(task -> !task.isDone()).hasSize(3);
            assertThat(synced.times).isZero();
            partial.sync();
            // The one that nobody had begun, and the last.
            assertThat(synced.times).isEqualTo(2);
        }
    }

    @Test
    void whatASyncHasRefusedIsToComeAgain() throws Exception {
        try (var partial = open(new Syncing(1), Runnable::run)) {
            write(partial, 3 * A_SYNC - 1);
            assertThatThrownBy(() -> write(partial, 1)).isInstanceOf(NoRoom.class);
        }
        try (var again = open(new Syncing(Integer.MAX_VALUE), Runnable::run)) {
            assertThat(again.chunks()).isEqualTo(A_SYNC);
        }
    }

    @Test
    void whatADiskDoesNotTakePastTheCacheItGetsTheUsualWay() throws Exception {
        var times = new AtomicInteger();
        var picky = new Disk() {
            @Override
            public void write(FileChannel to, ByteBuffer bytes) throws IOException {
                if (times.getAndIncrement() == 0) throw new IOException("Invalid argument");
                Disk.super.write(to, bytes);
            }
        };
        try (var partial = open(picky, Runnable::run)) {
            assumeThat(Uncached.open(onlyFile(), Batches.BYTES_MAX)).isPresent();
            write(partial, 3 * Batches.CHUNKS_MAX);
            partial.sync();
        }
        try (var again = open(picky, Runnable::run)) {
            assertThat(again.chunks()).isEqualTo(3 * Batches.CHUNKS_MAX);
        }
    }

    private Path onlyFile() throws IOException {
        try (var there = Files.list(folder)) {
            return there.findFirst().orElseThrow();
        }
    }

    @Test
    void aFolderThatWasThrownAwayIsMadeAnewForItsOwnerAlone() throws IOException {
        var gone = folder.resolve("gone").resolve("downloads");
        PartialFile.open(Disk.REAL, LANE, gone, 0, Runnable::run).close();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(gone)))
                .isEqualTo("rwx------");
        Files.createFile(folder.resolve("file"));
        assertThatThrownBy(() -> PartialFile.open(Disk.REAL, LANE, folder.resolve("file"), 0, Runnable::run))
                .hasMessageContaining("a file has that name, expected a folder");
    }

    private PartialFile open(Disk disk, Executor beside) throws IOException {
        return PartialFile.open(disk, LANE, folder, 0, beside);
    }

    private static void write(PartialFile partial, int chunks) throws IOException {
        for (int i = 0; i < chunks; i++) partial.write(ByteBuffer.allocate(Lane.CHUNK_BYTES));
    }

    /** Has room for so many syncs. */
    private static final class Syncing implements Disk {
        private final int most;
        private int times;

        Syncing(int most) {
            this.most = most;
        }

        @Override
        public boolean takesUncached() {
            return false;
        }

        @Override
        public void sync(FileChannel file) throws IOException {
            if (times == most) throw new IOException("No space left on device");
            times++;
        }
    }
}
