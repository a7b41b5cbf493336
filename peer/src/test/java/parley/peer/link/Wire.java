package parley.peer.link;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.stream.FlowShape;
import org.apache.pekko.stream.Graph;
import org.apache.pekko.stream.javadsl.Flow;
import org.apache.pekko.stream.javadsl.Keep;
import org.apache.pekko.stream.testkit.TestPublisher;
import org.apache.pekko.stream.testkit.TestSubscriber;
import org.apache.pekko.stream.testkit.javadsl.TestSink;
import org.apache.pekko.stream.testkit.javadsl.TestSource;
import org.apache.pekko.util.ByteString;

/** The other side of a stage, by hand: what it is told, piece by piece, and what it says. */
final class Wire<M> {
    /** Long enough that pieces sent one after the other are one message, even on a busy machine. */
    static final Duration QUIET = Duration.ofMillis(100);

    /** Cuts a message before this byte, or, negative, before each. */
    record Cut(int at) {
        static final Cut NOWHERE = new Cut(0);
        static final Cut EVERYWHERE = new Cut(-1);
    }

    private final TestPublisher.Probe<ByteString> told;
    private final TestSubscriber.Probe<ByteString> said;
    private final CompletionStage<M> end;

    Wire(ActorTestKit kit, Graph<FlowShape<ByteString, ByteString>, CompletionStage<M>> stage) {
        var classic = Adapter.toClassic(kit.system());
        var probes = TestSource.<ByteString>create(classic)
                .viaMat(Flow.fromGraph(stage), Keep.both())
                .toMat(TestSink.create(classic), Keep.both())
                .run(kit.system());
        this.told = probes.first().first();
        this.end = probes.first().second();
        this.said = probes.second();
        said.request(Long.MAX_VALUE);
    }

    static LinkSettings settings() {
        var shipped = Limits.SHIPPED;
        return new LinkSettings(
                QUIET,
                shipped.dialTimeout(),
                shipped.handshakeTimeout(),
                shipped.silenceTimeout(),
                shipped.drainTimeout(),
                shipped.inboundMax(),
                shipped.inboundPerAddressMax());
    }

    CompletionStage<M> end() {
        return end;
    }

    Wire<M> tell(ByteString message, Cut cut) {
        if (cut.at() < 0) {
            for (int i = 0; i < message.size(); i++) told.sendNext(message.slice(i, i + 1));
        } else {
            if (cut.at() > 0) told.sendNext(message.take(cut.at()));
            told.sendNext(message.drop(cut.at()));
        }
        return this;
    }

    Wire<M> tell(String message) {
        return tell(ByteString.fromString(message), Cut.NOWHERE);
    }

    Wire<M> tellEnd() {
        told.sendComplete();
        return this;
    }

    Wire<M> tellReset() {
        told.sendError(new IllegalStateException("reset"));
        return this;
    }

    /** Whatever comes next. */
    ByteString hear() {
        return said.requestNext();
    }

    Wire<M> expect(ByteString message) {
        said.expectNext(message);
        return this;
    }

    Wire<M> expect(String message) {
        return expect(ByteString.fromString(message));
    }

    Wire<M> expectNothingFor(Duration time) {
        said.expectNoMessage(time);
        return this;
    }

    void expectClose() {
        said.expectComplete();
    }

    /** @return why */
    String expectAbort() {
        var why = said.expectError();
        if (!(why instanceof LinkAborted)) throw new AssertionError("not aborted by us", why);
        return String.valueOf(why.getMessage());
    }
}
