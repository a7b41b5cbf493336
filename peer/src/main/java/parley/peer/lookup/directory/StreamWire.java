package parley.peer.lookup.directory;

import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.stream.BoundedSourceQueue;
import org.apache.pekko.stream.javadsl.Flow;
import org.apache.pekko.stream.javadsl.Keep;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.SinkQueueWithCancel;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;
import parley.channel.ChannelRefused;

/** A wire that is a stream: lines go into one queue, and bytes come out of another, one read at a time. */
final class StreamWire implements Wire {
    private final BoundedSourceQueue<ByteString> out;
    private final SinkQueueWithCancel<ByteString> in;
    private final Consumer<Event> events;

    /** @param connection its stage completes when bytes may flow, and fails when they never will */
    static StreamWire run(
            ActorSystem<?> system,
            Flow<ByteString, ByteString, CompletionStage<Opened>> connection,
            Duration handshakeTimeout,
            Consumer<Event> events) {
        var ends = Source.<ByteString>queue(SENT_MAX)
                .viaMat(connection, Keep.both())
                .toMat(Sink.<ByteString>queue(1), Keep.both())
                .run(system);
        var wire = new StreamWire(ends.first().first(), ends.second(), events);
        CompletionStage<Opened> opened = ends.first()
                .second()
                .toCompletableFuture()
                .copy()
                .orTimeout(handshakeTimeout.toNanos(), TimeUnit.NANOSECONDS);
        opened.whenComplete(wire::opened);
        return wire;
    }

    private StreamWire(BoundedSourceQueue<ByteString> out, SinkQueueWithCancel<ByteString> in, Consumer<Event> events) {
        this.out = out;
        this.in = in;
        this.events = events;
    }

    private void opened(@Nullable Opened opened, @Nullable Throwable failure) {
        if (opened != null) {
            events.accept(opened);
        } else {
            close();
            events.accept(whyNot(failure));
        }
    }

    private static Event whyNot(@Nullable Throwable failure) {
        if (failure instanceof CompletionException wrapped && wrapped.getCause() != null)
            return whyNot(wrapped.getCause());
        if (failure instanceof TimeoutException) return new Ended("did not shake hands in time");
        if (failure instanceof ChannelRefused refused)
            return refused.isWrongKey()
                    ? new WrongKey("showed a wrong key: " + refused.getMessage())
                    : new Ended("did not shake hands: " + refused.getMessage());
        return new Ended("cannot be reached");
    }

    @Override
    public void read() {
        in.pull().whenComplete((bytes, failure) -> {
            if (bytes != null && bytes.isPresent()) events.accept(new Received(bytes.get()));
            else events.accept(new Ended("closed the connection"));
        });
    }

    @Override
    public void send(ByteString line) {
        out.offer(line);
    }

    @Override
    public void finish() {
        if (out.isCompleted()) return;
        try {
            out.complete();
        } catch (IllegalStateException meanwhile) {
            // The other side closed between our look and our word; that is what we wanted.
        }
    }

    @Override
    public void close() {
        finish();
        in.cancel();
    }
}
