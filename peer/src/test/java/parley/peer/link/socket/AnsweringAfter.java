package parley.peer.link.socket;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.stream.Attributes;
import org.apache.pekko.stream.FlowShape;
import org.apache.pekko.stream.Inlet;
import org.apache.pekko.stream.Outlet;
import org.apache.pekko.stream.stage.AbstractGraphStageWithMaterializedValue;
import org.apache.pekko.stream.stage.AbstractInHandler;
import org.apache.pekko.stream.stage.AbstractOutHandler;
import org.apache.pekko.stream.stage.GraphStageLogic;
import org.apache.pekko.util.ByteString;

/** Asks for more bytes and then, when it may, answers those that it got. Materializes to the failure that it is told. */
final class AnsweringAfter
        extends AbstractGraphStageWithMaterializedValue<
                FlowShape<ByteString, ByteString>, CompletableFuture<Throwable>> {
    private final Inlet<ByteString> in = Inlet.create("in");
    private final Outlet<ByteString> out = Outlet.create("out");
    private final CountDownLatch heard;
    private final CountDownLatch may;

    AnsweringAfter(CountDownLatch heard, CountDownLatch may) {
        this.heard = heard;
        this.may = may;
    }

    @Override
    public FlowShape<ByteString, ByteString> shape() {
        return FlowShape.of(in, out);
    }

    @Override
    public Pair<GraphStageLogic, CompletableFuture<Throwable>> createLogicAndMaterializedValuePair(
            Attributes inherited) {
        var told = new CompletableFuture<Throwable>();
        return Pair.create(new Logic(told), told);
    }

    private final class Logic extends GraphStageLogic {
        Logic(CompletableFuture<Throwable> told) {
            super(shape());
            setHandler(in, new AbstractInHandler() {
                @Override
                public void onPush() throws Exception {
                    var bytes = grab(in);
                    pull(in);
                    heard.countDown();
                    may.await();
                    push(out, bytes);
                }

                @Override
                public void onUpstreamFailure(Throwable failure) {
                    told.complete(failure);
                    failStage(failure);
                }
            });
            setHandler(out, new AbstractOutHandler() {
                @Override
                public void onPull() {}

                @Override
                public void onDownstreamFinish(Throwable cause) {
                    // The reading side tells why.
                }
            });
        }

        @Override
        public void preStart() {
            pull(in);
        }
    }
}
