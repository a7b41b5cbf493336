package parley.peer.lookup.directory;

import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
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
    private final CompletionStage<?> connected;
    private final Consumer<Event> events;

    /**
     * How a connection begins.
     *
     * @param connected completes or fails with the TCP connection
     * @param opened completes when bytes may flow, and fails when they never will
     */
    record Beginning(CompletionStage<?> connected, CompletionStage<Opened> opened) {}

    static StreamWire run(
            ActorSystem<?> system, Flow<ByteString, ByteString, Beginning> connection, Consumer<Event> events) {
        var ends = Source.<ByteString>queue(SENT_MAX)
                .viaMat(connection, Keep.both())
                .toMat(Sink.<ByteString>queue(1), Keep.both())
                .run(system);
        var beginning = ends.first().second();
        var wire = new StreamWire(ends.first().first(), ends.second(), beginning.connected(), events);
        beginning.opened().whenComplete(wire::opened);
        return wire;
    }

    private StreamWire(
            BoundedSourceQueue<ByteString> out,
            SinkQueueWithCancel<ByteString> in,
            CompletionStage<?> connected,
            Consumer<Event> events) {
        this.out = out;
        this.in = in;
        this.connected = connected;
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

    /** Not while it is being dialled: Pekko's TCP takes a goodbye in that moment for a fault of its own, and logs it. */
    @Override
    public void close() {
        connected.whenComplete((here, failure) -> {
            finish();
            in.cancel();
        });
    }
}
