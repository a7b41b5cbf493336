package parley.registry.gate;

import org.apache.pekko.stream.Attributes;
import org.apache.pekko.stream.FlowShape;
import org.apache.pekko.stream.Inlet;
import org.apache.pekko.stream.Outlet;
import org.apache.pekko.stream.stage.GraphStage;
import org.apache.pekko.stream.stage.GraphStageLogic;
import org.apache.pekko.util.ByteString;

/** The bytes of one classic client in, the bytes of its answers out; {@link Connection} is what happens between. */
final class GateStage extends GraphStage<FlowShape<ByteString, ByteString>> {
    private final FlowShape<ByteString, ByteString> shape =
            FlowShape.of(Inlet.create("requests"), Outlet.create("replies"));
    private final Desk desk;
    private final GateLimits limits;
    private final Door.Visit visit;

    GateStage(Desk desk, GateLimits limits, Door.Visit visit) {
        this.desk = desk;
        this.limits = limits;
        this.visit = visit;
    }

    @Override
    public FlowShape<ByteString, ByteString> shape() {
        return shape;
    }

    @Override
    public GraphStageLogic createLogic(Attributes inherited) {
        return new Connection(shape, desk, limits, visit);
    }
}
