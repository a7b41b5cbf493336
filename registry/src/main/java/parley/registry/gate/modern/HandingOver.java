package parley.registry.gate.modern;

import org.apache.pekko.NotUsed;
import org.apache.pekko.stream.FlowShape;
import org.apache.pekko.stream.Inlet;
import org.apache.pekko.stream.Outlet;
import org.apache.pekko.stream.javadsl.Flow;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.stream.stage.AbstractInHandler;
import org.apache.pekko.stream.stage.AbstractOutHandler;
import org.apache.pekko.stream.stage.TimerGraphStageLogic;
import org.apache.pekko.util.ByteString;

/**
 * A connection that can be given to somebody else once it is known what it is for. The other one runs within the same
 * actor; whoever is served here pays nothing for it.
 */
abstract class HandingOver extends TimerGraphStageLogic {
    private final Inlet<ByteString> in;
    private final Outlet<ByteString> out;

    HandingOver(FlowShape<ByteString, ByteString> shape) {
        super(shape);
        this.in = shape.in();
        this.out = shape.out();
    }

    /** @param early what was read already, or nothing */
    final void handOver(Flow<ByteString, ByteString, NotUsed> to, ByteString early) {
        var onwards = new SubSourceOutlet<ByteString>("onwards");
        var back = new SubSinkInlet<ByteString>("back");
        setHandler(in, new AbstractInHandler() {
            @Override
            public void onPush() {
                onwards.push(grab(in));
            }

            @Override
            public void onUpstreamFinish() {
                onwards.complete();
            }

            @Override
            public void onUpstreamFailure(Throwable cause) {
                onwards.fail(cause);
            }
        });
        onwards.setHandler(new AbstractOutHandler() {
            @Override
            public void onPull() {
                if (!isClosed(in) && !hasBeenPulled(in)) pull(in);
            }

            @Override
            public void onDownstreamFinish(Throwable cause) {
                if (!isClosed(in)) cancel(in, cause);
            }
        });
        back.setHandler(new AbstractInHandler() {
            @Override
            public void onPush() {
                push(out, back.grab());
            }

            @Override
            public void onUpstreamFinish() {
                complete(out);
            }

            @Override
            public void onUpstreamFailure(Throwable cause) {
                fail(out, cause);
            }
        });
        setHandler(out, new AbstractOutHandler() {
            @Override
            public void onPull() {
                back.pull();
            }

            @Override
            public void onDownstreamFinish(Throwable cause) {
                back.cancel(cause);
            }
        });
        Source.single(early)
                .filterNot(ByteString::isEmpty)
                .concat(Source.fromGraph(onwards.source()))
                .via(to)
                .runWith(back.sink(), subFusingMaterializer());
        if (isAvailable(out)) back.pull();
    }
}
