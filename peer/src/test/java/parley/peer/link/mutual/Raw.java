package parley.peer.link.mutual;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.stream.BoundedSourceQueue;
import org.apache.pekko.stream.javadsl.Flow;
import org.apache.pekko.stream.javadsl.Keep;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.SinkQueueWithCancel;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.stream.javadsl.Tcp;
import org.apache.pekko.util.ByteString;
import parley.channel.Channel;
import parley.channel.Credentials;
import parley.channel.Expected;
import parley.messages.wire.Frame;
import parley.messages.wire.FrameCodec;
import parley.messages.wire.FrameFramer;

/** Somebody who has a channel and says in it whatever he likes. */
final class Raw {
    private final BoundedSourceQueue<ByteString> out;
    private final SinkQueueWithCancel<ByteString> in;
    private final FrameFramer framer = new FrameFramer();

    /** Calls {@code callee}, who is shown the key of {@code own}. */
    static Raw calling(ActorTestKit kit, Credentials own, End callee) {
        var tcp = Tcp.get(kit.system()).outgoingConnection("127.0.0.1", callee.at.port());
        var channel = Channel.client(own, new Expected.Anybody(), Channel.LINK).join(tcp);
        return over(kit, channel);
    }

    static Raw over(ActorTestKit kit, Flow<ByteString, ByteString, ?> channel) {
        var ends = Source.<ByteString>queue(1_024)
                .via(channel)
                .toMat(Sink.<ByteString>queue(1), Keep.both())
                .run(kit.system());
        return new Raw(ends.first(), ends.second());
    }

    private Raw(BoundedSourceQueue<ByteString> out, SinkQueueWithCancel<ByteString> in) {
        this.out = out;
        this.in = in;
    }

    Raw says(Frame frame) {
        return says(FrameCodec.encode(frame));
    }

    Raw says(ByteString bytes) {
        out.offer(bytes);
        return this;
    }

    /** Whether there was room for it. */
    boolean offers(ByteString bytes) {
        return out.offer(bytes).isEnqueued();
    }

    /** The next frame; empty at the end. */
    Optional<Frame> hears() throws Exception {
        for (var next = framer.next(); ; next = framer.next()) {
            if (next != null) return Optional.of(next);
            var bytes = in.pull().toCompletableFuture().get(10, TimeUnit.SECONDS);
            if (bytes.isEmpty()) return Optional.empty();
            framer.add(bytes.get());
        }
    }

    /** All that comes until they close. */
    List<Frame> hearsToTheEnd() throws Exception {
        var frames = new ArrayList<Frame>();
        try {
            for (var next = hears(); next.isPresent(); next = hears()) frames.add(next.get());
        } catch (TimeoutException hangs) {
            throw hangs;
        } catch (java.util.concurrent.ExecutionException reset) {
            // That is an end too.
        }
        return frames;
    }

    void hangsUp() {
        if (!out.isCompleted()) out.complete();
        in.cancel();
    }
}
