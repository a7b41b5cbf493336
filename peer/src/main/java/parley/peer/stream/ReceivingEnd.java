package parley.peer.stream;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.Executor;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;
import parley.peer.stream.StreamFrame.Got.Outcome;
import parley.peer.stream.Streams.Closing;
import parley.peer.stream.Streams.Why;
import parley.peer.transfer.Disk;
import parley.peer.transfer.NoRoom;

/**
 * The side that gets the file.
 *
 * <pre>
 *   WANT said --CHUNK, in order--&gt; ... --CLOSE, the root is right, synced--&gt; GOT whole, over
 *                                            `--the root is another--&gt; GOT wrong, over
 *   any --no room, the disk fails, closed--&gt; GOT said, over       any --STOP--&gt; over
 * </pre>
 */
final class ReceivingEnd implements End {
    /** Chunks, 16 MiB: how often the sender hears how far it is. */
    private static final int HAVE_EVERY = 256;

    private final Lane lane;
    private final Path folder;
    private final int keptFreePercent;
    private final Disk disk;
    private final Executor beside;
    private final Queue<StreamFrame> toSay = new ArrayDeque<>();
    private @Nullable PartialFile partial;
    private @Nullable Verdict verdict;

    ReceivingEnd(Lane lane, Path folder, int keptFreePercent, Disk disk, Executor beside) {
        this.lane = lane;
        this.folder = folder;
        this.keptFreePercent = keptFreePercent;
        this.disk = disk;
        this.beside = beside;
    }

    private interface OnDisk {
        void run() throws IOException;
    }

    @Override
    public void begin() {
        attempt(() -> {
            partial = PartialFile.open(disk, lane, folder, keptFreePercent, beside);
            toSay.add(new StreamFrame.Want(partial.chunks()));
        });
    }

    /** Its sender hears why only where it will last: what one disk does not take now it may take later. */
    private void attempt(OnDisk step) {
        try {
            step.run();
        } catch (NoRoom full) {
            over(new Over(Why.NO_ROOM, String.valueOf(full.getMessage())), Outcome.NO_ROOM);
        } catch (IOException failed) {
            over(new Over(Why.DISK, String.valueOf(failed.getMessage())), Outcome.NOT_NOW);
        }
    }

    @Override
    public void take(StreamFrame frame) throws StreamBroken {
        switch (frame) {
            case StreamFrame.Chunk(var index, var bytes) -> chunk(index, bytes);
            case StreamFrame.Close(var root) -> closed(root);
            case StreamFrame.Stop(var reason) ->
                over(
                        switch (reason) {
                            case PAUSED -> new Over(Why.PAUSED, "its sender has paused it");
                            case CANCELLED -> new Over(Why.CANCELLED, "its sender has taken it back");
                            case CHANGED -> new Over(Why.CHANGED, "it was changed where it came from");
                        },
                        null);
            case StreamFrame.Want wrong -> throw new StreamBroken("WANT from the sender");
            case StreamFrame.Have wrong -> throw new StreamBroken("HAVE from the sender");
            case StreamFrame.Got wrong -> throw new StreamBroken("GOT from the sender");
        }
    }

    private void chunk(long index, ByteBuffer bytes) throws StreamBroken {
        var partial = this.partial;
        // What was on its way when we said our last word.
        if (verdict != null || partial == null) return;
        int length = bytes.remaining();
        if (index != partial.chunks() || index >= lane.chunks() || length != lane.chunkBytes(index))
            throw new StreamBroken("chunk %d of %d bytes, expected %d".formatted(index, length, partial.chunks()));
        attempt(() -> {
            partial.write(bytes);
            if (partial.chunks() % HAVE_EVERY == 0) toSay.add(new StreamFrame.Have(partial.chunks()));
        });
    }

    private void closed(ByteString root) throws StreamBroken {
        var partial = this.partial;
        if (verdict != null || partial == null) return;
        if (partial.chunks() != lane.chunks()) throw new StreamBroken("CLOSE at chunk %d".formatted(partial.chunks()));
        attempt(() -> {
            if (partial.root().equals(root)) {
                partial.sync();
                over(new Whole(partial.sha256()), Outcome.WHOLE);
            } else {
                partial.beginAnew();
                over(new Over(Why.WRONG, "what arrived is not what was sent"), Outcome.WRONG);
            }
        });
    }

    @Override
    public Optional<StreamFrame> say() {
        return Optional.ofNullable(toSay.poll());
    }

    @Override
    public void close(Closing why) {
        boolean never = why == Closing.CANCELLED || why == Closing.DECLINED;
        over(new Over(Why.CLOSED, "closed"), never ? Outcome.DECLINED : Outcome.NOT_NOW);
    }

    private void over(Verdict how, @Nullable Outcome word) {
        if (verdict != null) return;
        verdict = how;
        if (word != null) toSay.add(new StreamFrame.Got(word));
    }

    @Override
    public long bytes() {
        return partial == null ? 0 : partial.bytes();
    }

    @Override
    public Optional<Verdict> verdict() {
        return Optional.ofNullable(verdict);
    }

    @Override
    public void release() {
        if (partial != null) partial.close();
    }
}
