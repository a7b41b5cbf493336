package parley.peer.transfer;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.pekko.stream.Attributes;
import org.apache.pekko.stream.Outlet;
import org.apache.pekko.stream.SourceShape;
import org.apache.pekko.stream.stage.AbstractOutHandler;
import org.apache.pekko.stream.stage.GraphStage;
import org.apache.pekko.stream.stage.GraphStageLogic;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * Reads a file and makes sure that it is still the one that was looked at. Blocks, so it runs on the disk's dispatcher.
 *
 * <pre>
 *   reading --all that it had, and unchanged--> complete       reading --anything else--> failed
 * </pre>
 */
final class FileChunks extends GraphStage<SourceShape<List<ByteString>>> {
    /** Bytes of plain text in a chunk; docs/CLASSIC.md. */
    private static final int CHUNK_BYTES = 1024;

    /** Bytes. Fewer reads than chunks. */
    private static final int BATCH_BYTES = 64 * CHUNK_BYTES;

    private final Outlet<List<ByteString>> out = Outlet.create("chunks");
    private final Path path;
    private final BasicFileAttributes seen;

    FileChunks(Path path, BasicFileAttributes seen) {
        this.path = path;
        this.seen = seen;
    }

    @Override
    public SourceShape<List<ByteString>> shape() {
        return SourceShape.of(out);
    }

    @Override
    public GraphStageLogic createLogic(Attributes inherited) {
        return new Logic();
    }

    private final class Logic extends GraphStageLogic {
        private @Nullable FileChannel file;
        private long left = seen.size();

        Logic() {
            super(shape());
            setHandler(out, new AbstractOutHandler() {
                @Override
                public void onPull() {
                    try {
                        next();
                    } catch (NoSuchFileException gone) {
                        failStage(new FileChanged("it vanished while it was being sent"));
                    } catch (IOException failure) {
                        failStage(new FileChanged(Reasons.of(failure)));
                    } catch (FileChanged changed) {
                        failStage(changed);
                    }
                }
            });
        }

        private void next() throws IOException, FileChanged {
            if (file == null) file = FileChannel.open(path, StandardOpenOption.READ);
            if (left == 0) {
                requireUnchanged();
                complete(out);
                return;
            }
            var batch = read(file);
            // The last batch is not let go before the file has been looked at again: what is sent cannot be recalled.
            if (left == 0) requireUnchanged();
            push(out, batch);
        }

        private List<ByteString> read(FileChannel from) throws IOException, FileChanged {
            var buffer = ByteBuffer.allocate((int) Math.min(left, BATCH_BYTES));
            while (buffer.hasRemaining()) {
                if (from.read(buffer) < 0) throw changed(seen.size() - left + buffer.position());
            }
            left -= buffer.capacity();
            var chunks = new ArrayList<ByteString>();
            var bytes = buffer.array();
            for (int at = 0; at < bytes.length; at += CHUNK_BYTES) {
                chunks.add(ByteString.fromArray(bytes, at, Math.min(CHUNK_BYTES, bytes.length - at)));
            }
            return chunks;
        }

        private void requireUnchanged() throws IOException, FileChanged {
            var now = Files.readAttributes(path, BasicFileAttributes.class);
            if (now.size() != seen.size()) throw changed(now.size());
            if (!Objects.equals(now.fileKey(), seen.fileKey())
                    || !now.lastModifiedTime().equals(seen.lastModifiedTime())) {
                throw new FileChanged("it was changed while it was being sent");
            }
        }

        private FileChanged changed(long bytes) {
            return new FileChanged("it %s from %d to %d bytes while it was being sent"
                    .formatted(bytes < seen.size() ? "shrank" : "grew", seen.size(), bytes));
        }

        @Override
        public void postStop() {
            try {
                if (file != null) file.close();
            } catch (IOException readOnly) {
                // Nothing was to be written.
            }
        }
    }
}
