package parley.peer.transfer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import parley.messages.field.FieldReader;
import parley.messages.field.FieldWriter;

/**
 * What tells a file that is to be sent from another one, or from itself after a change.
 *
 * @param modified when it was written last, as precisely as the file system says
 * @param key what the file system calls it, empty where it has no such thing
 */
public record SourceStamp(long size, String modified, String key) {
    /** Characters. What is longer says nothing more. */
    private static final int KEY_MAX = 128;

    /**
     * Blocks.
     *
     * @throws IOException fit to show, if there is no file that can be read
     */
    public static SourceStamp of(Path path) throws IOException {
        try {
            var seen = Files.readAttributes(path, BasicFileAttributes.class);
            if (!seen.isRegularFile()) throw new IOException("not a file");
            if (!Files.isReadable(path)) throw new IOException("no permission");
            var key = Objects.toString(seen.fileKey(), "");
            return new SourceStamp(
                    seen.size(),
                    seen.lastModifiedTime().toInstant().toString(),
                    key.substring(0, Math.min(key.length(), KEY_MAX)));
        } catch (IOException failure) {
            throw new IOException(Reasons.of(failure), failure);
        }
    }

    /** Whether {@code path} is what it was. Blocks. */
    public boolean isStill(Path path) {
        try {
            return equals(of(path));
        } catch (IOException gone) {
            return false;
        }
    }

    public void write(FieldWriter out) {
        out.u63(size).ascii(modified).ascii(key);
    }

    public static SourceStamp read(FieldReader in) {
        return new SourceStamp(in.u63(), in.ascii(), in.ascii());
    }
}
