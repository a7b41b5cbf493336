package parley.registry.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.function.Consumer;
import org.apache.pekko.util.ByteString;

/**
 * Who this registry is: made at its first start, kept for ever. Everything that its accounts sign names the id, and
 * peers have pinned the key: with another one, all of them would have to begin anew.
 *
 * <pre>
 *   absent --drawn, synced as identity.new--&gt; renamed to identity, folder synced --&gt; read at every start
 * </pre>
 *
 * @param id {@value #ID_BYTES} bytes, public
 * @param tlsSeed {@value #SEED_BYTES} bytes, the Ed25519 private key of the registry's certificate
 */
public record RegistryIdentity(ByteString id, ByteString tlsSeed) {
    static final String NAME = "identity";

    private static final String NEW = "identity.new";
    private static final int ID_BYTES = 16;
    private static final int SEED_BYTES = 32;
    private static final int BYTES = ID_BYTES + SEED_BYTES;

    static boolean isIn(Path folder) {
        return Files.exists(folder.resolve(NAME));
    }

    /** @throws IOException if it cannot be read, or is not one; it is never written over */
    static RegistryIdentity in(Path folder) throws IOException {
        var file = PrivateFiles.file(folder.resolve(NAME));
        long size = Files.size(file);
        if (size != BYTES)
            throw new IOException(
                    "%s has %d bytes, expected %d; restore it from a backup, for no peer knows another one"
                            .formatted(file, size, BYTES));
        return of(ByteString.fromArrayUnsafe(Files.readAllBytes(file)));
    }

    /** Only where there is none; on disk when this returns. */
    static RegistryIdentity make(Path folder, Consumer<byte[]> random) throws IOException {
        var drawn = new byte[BYTES];
        random.accept(drawn);
        var draft = PrivateFiles.file(folder.resolve(NEW));
        try (var channel = FileChannel.open(draft, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            var bytes = ByteBuffer.wrap(drawn);
            while (bytes.hasRemaining()) channel.write(bytes);
            channel.force(true);
        }
        Files.move(draft, folder.resolve(NAME), StandardCopyOption.ATOMIC_MOVE);
        PrivateFiles.sync(folder);
        return of(ByteString.fromArrayUnsafe(drawn));
    }

    private static RegistryIdentity of(ByteString bytes) {
        return new RegistryIdentity(
                bytes.take(ID_BYTES).compact(), bytes.drop(ID_BYTES).compact());
    }

    @Override
    public String toString() {
        return "RegistryIdentity[redacted]";
    }
}
