package parley.peer.stream;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import parley.peer.stream.SourceFile.SourceChanged;
import parley.peer.stream.Streams.Closing;
import parley.peer.stream.Streams.Why;
import parley.peer.transfer.SourceStamp;

/**
 * The side that has the file.
 *
 * <pre>
 *   waiting --WANT--&gt; sending --CLOSE said--&gt; closing --GOT--&gt; over        any --GOT--&gt; over
 *   any --closed, changed--&gt; STOP said, over
 * </pre>
 */
final class SendingEnd implements End {
    private final Lane lane;
    private final Path path;
    private final SourceStamp stamp;
    private @Nullable SourceFile source;
    private boolean closing;
    private @Nullable StreamFrame lastWord;
    private @Nullable Verdict verdict;
    private long bytes;

    SendingEnd(Lane lane, Path path, SourceStamp stamp) {
        this.lane = lane;
        this.path = path;
        this.stamp = stamp;
    }

    @Override
    public void begin() {
        // The receiver speaks first.
    }

    @Override
    public void take(StreamFrame frame) throws StreamBroken, IOException {
        switch (frame) {
            case StreamFrame.Want(var first) -> want(first);
            case StreamFrame.Have(var chunks) -> {
                if (chunks > lane.chunks()) throw new StreamBroken("more chunks than there are");
            }
            case StreamFrame.Got(var outcome) -> got(outcome);
            case StreamFrame.Chunk wrong -> throw new StreamBroken("a chunk from the receiver");
            case StreamFrame.Close wrong -> throw new StreamBroken("CLOSE from the receiver");
            case StreamFrame.Stop wrong -> throw new StreamBroken("STOP from the receiver");
        }
    }

    /** What the receiver has is read all the same: the root is over all of it. */
    private void want(long first) throws StreamBroken, IOException {
        if (source != null || first > lane.chunks()) throw new StreamBroken("WANT %d".formatted(first));
        try {
            source = SourceFile.open(lane, path, stamp);
            for (long index = 0; index < first; index++) source.next();
            bytes = Math.min(lane.size(), first * Lane.CHUNK_BYTES);
        } catch (SourceChanged changed) {
            changed(changed);
        }
    }

    private void got(StreamFrame.Got.Outcome outcome) throws StreamBroken {
        if (outcome == StreamFrame.Got.Outcome.WHOLE && !closing) throw new StreamBroken("GOT before CLOSE");
        over(
                switch (outcome) {
                    case WHOLE -> new Whole("");
                    case WRONG -> new Over(Why.WRONG, "what arrived is not what was sent");
                    case NO_ROOM -> new Over(Why.NO_ROOM, "the receiver has no room");
                    case NOT_NOW -> new Over(Why.NOT_NOW, "the receiver does not want it now");
                    case DECLINED -> new Over(Why.DECLINED, "the receiver does not want it");
                },
                null);
    }

    @Override
    public Optional<StreamFrame> say() throws IOException {
        if (lastWord != null) {
            var word = lastWord;
            lastWord = null;
            return Optional.of(word);
        }
        if (verdict != null || source == null || closing) return Optional.empty();
        try {
            if (!source.hasNext()) {
                var close = new StreamFrame.Close(source.root());
                closing = true;
                return Optional.of(close);
            }
            var chunk = source.next();
            bytes += chunk.bytes().remaining();
            return Optional.of(chunk);
        } catch (SourceChanged changed) {
            changed(changed);
            return say();
        }
    }

    private void changed(SourceChanged changed) {
        over(
                new Over(Why.CHANGED, String.valueOf(changed.getMessage())),
                new StreamFrame.Stop(StreamFrame.Stop.Reason.CHANGED));
    }

    @Override
    public void close(Closing why) {
        // After CLOSE nothing more can be said: it is over as soon as the receiver knows.
        boolean cancelled = why == Closing.CANCELLED || why == Closing.DECLINED;
        var reason = cancelled ? StreamFrame.Stop.Reason.CANCELLED : StreamFrame.Stop.Reason.PAUSED;
        over(new Over(Why.CLOSED, "closed"), closing ? null : new StreamFrame.Stop(reason));
    }

    private void over(Verdict how, @Nullable StreamFrame word) {
        if (verdict != null) return;
        verdict = how;
        lastWord = word;
    }

    @Override
    public long bytes() {
        return bytes;
    }

    @Override
    public Optional<Verdict> verdict() {
        return Optional.ofNullable(verdict);
    }

    @Override
    public void release() {
        if (source != null) source.close();
    }
}
