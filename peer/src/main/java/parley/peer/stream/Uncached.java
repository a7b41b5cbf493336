package parley.peer.stream;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import parley.peer.transfer.Disk;

/**
 * A way to the disk past the system's cache, where both have one. A large file that nobody reads soon would only drive
 * out what others need, and to find room for each of its pages can cost more than all else that we do with it. Takes
 * whole chunks at multiples of them.
 */
final class Uncached implements AutoCloseable {
    /** A part of the JDK that is not of Java: not every JVM has it. */
    private static final String OPTIONS = "com.sun.nio.file.ExtendedOpenOption";

    private static final Optional<OpenOption> DIRECT = direct();

    /** Nearly all disks have these; what has larger ones is written the usual way. */
    private static final int BLOCK_BYTES_MAX = 4096;

    private static Optional<OpenOption> direct() {
        try {
            return Stream.of(Class.forName(OPTIONS).getEnumConstants())
                    .filter(option -> option.toString().equals("DIRECT"))
                    .map(OpenOption.class::cast)
                    .findFirst();
        } catch (ClassNotFoundException none) {
            return Optional.empty();
        }
    }

    private final FileChannel channel;
    private final ByteBuffer block;

    /**
     * None if this disk has no such way.
     *
     * @param file that exists
     * @param most bytes at once
     */
    static Optional<Uncached> open(Path file, int most) {
        if (DIRECT.isEmpty()) return Optional.empty();
        try {
            if (Files.getFileStore(file).getBlockSize() > BLOCK_BYTES_MAX) return Optional.empty();
            return Optional.of(new Uncached(
                    FileChannel.open(file, Set.of(StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS, DIRECT.get())),
                    most));
        } catch (IOException | UnsupportedOperationException none) {
            return Optional.empty();
        }
    }

    private Uncached(FileChannel channel, int most) {
        this.channel = channel;
        // Of our own: the JDK would take a new one for each write, and give it back when it pleases.
        this.block = ByteBuffer.allocateDirect(most + BLOCK_BYTES_MAX).alignedSlice(BLOCK_BYTES_MAX);
    }

    void write(ByteBuffer chunks, long at, Disk disk) throws IOException {
        channel.position(at);
        block.clear().put(chunks).flip();
        disk.write(channel, block);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
