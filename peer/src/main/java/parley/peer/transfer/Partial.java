package parley.peer.transfer;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HexFormat;
import java.util.Set;
import org.apache.pekko.util.ByteString;
import parley.messages.name.UserName;
import parley.messages.wire.MessageId;

/** What a modern file is called while it is not whole. */
public final class Partial {
    /** Two accounts may share a folder, and anybody may choose an id that somebody else has chosen. */
    public static Path path(Path folder, UserName own, UserName from, MessageId file) {
        return folder.resolve(".parley-%s-%s-%s.partial".formatted(own, from, file));
    }

    /** Whoever has thrown the download folder away meanwhile gets a new one, which is private. Blocks. */
    public static void unlessThereMake(Path folder) throws IOException {
        try {
            Files.createDirectories(folder, OwnerOnly.folder(folder));
        } catch (FileAlreadyExistsException file) {
            throw new IOException("%s: a file has that name, expected a folder".formatted(folder), file);
        }
    }

    /**
     * Makes it of bytes that are all there, synced; what was there of it is replaced. Blocks.
     *
     * @return the SHA-256 of its content in lower-case hex
     * @throws IOException fit to show
     */
    public static String write(Path folder, Path partial, Iterable<ByteString> bytes) throws IOException {
        try {
            Files.deleteIfExists(partial);
            var digest = Sha256.begin();
            try (var file = FileChannel.open(
                    partial,
                    Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS),
                    OwnerOnly.file(folder))) {
                for (var some : bytes) {
                    var buffer = some.asByteBuffer();
                    digest.update(buffer.duplicate());
                    Disk.REAL.write(file, buffer);
                }
                Disk.REAL.sync(file);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (IOException failure) {
            throw new IOException(Reasons.of(failure), failure);
        }
    }

    private Partial() {}
}
