package parley.peer.stream;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.apache.pekko.util.ByteString;
import parley.peer.transfer.SourceStamp;

/** A file that is read once from its beginning to its end, if it stays what it was. All calls block. */
final class SourceFile implements AutoCloseable {
    private final Lane lane;
    private final Path path;
    private final SourceStamp stamp;
    private final FileChannel file;
    private final MerkleTree tree = new MerkleTree();
    private final byte[] chunk = new byte[Lane.CHUNK_BYTES];
    private long next;

    /** @throws SourceChanged if it is another than the one that was offered, or gone */
    static SourceFile open(Lane lane, Path path, SourceStamp stamp) throws IOException {
        requireSame(path, stamp);
        return new SourceFile(lane, path, stamp, FileChannel.open(path, StandardOpenOption.READ));
    }

    private SourceFile(Lane lane, Path path, SourceStamp stamp, FileChannel file) {
        this.lane = lane;
        this.path = path;
        this.stamp = stamp;
        this.file = file;
    }

    boolean hasNext() {
        return next < lane.chunks();
    }

    /** Its bytes are used again by the next call. */
    StreamFrame.Chunk next() throws IOException {
        int length = lane.chunkBytes(next);
        var into = ByteBuffer.wrap(chunk, 0, length);
        while (into.hasRemaining()) if (file.read(into) < 0) throw new SourceChanged("it has become shorter");
        tree.add(into.flip());
        return new StreamFrame.Chunk(next++, into);
    }

    /** Of all chunks, after the last. */
    ByteString root() throws IOException {
        requireSame(path, stamp);
        return tree.root();
    }

    private static void requireSame(Path path, SourceStamp stamp) throws IOException {
        if (!stamp.isStill(path)) throw new SourceChanged("it was changed, or is gone, since it was offered");
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException readOnly) {
            // Nothing was to be written.
        }
    }

    /** Nothing of it may count as sent. */
    static final class SourceChanged extends IOException {
        private static final long serialVersionUID = 1L;

        SourceChanged(String why) {
            super(why);
        }
    }
}
