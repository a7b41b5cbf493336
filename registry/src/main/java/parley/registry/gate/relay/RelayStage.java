package parley.registry.gate.relay;

import org.apache.pekko.stream.Attributes;
import org.apache.pekko.stream.FlowShape;
import org.apache.pekko.stream.Inlet;
import org.apache.pekko.stream.Outlet;
import org.apache.pekko.stream.stage.GraphStage;
import org.apache.pekko.stream.stage.GraphStageLogic;
import org.apache.pekko.util.ByteString;

/** The plain bytes of one side in, those of the other one out; {@link RelayConnection} is what happens between. */
final class RelayStage extends GraphStage<FlowShape<ByteString, ByteString>> {
    private final FlowShape<ByteString, ByteString> shape = FlowShape.of(Inlet.create("said"), Outlet.create("heard"));
    private final RelayConnection.Around around;

    RelayStage(RelayConnection.Around around) {
        this.around = around;
    }

    @Override
    public FlowShape<ByteString, ByteString> shape() {
        return shape;
    }

    @Override
    public GraphStageLogic createLogic(Attributes inherited) {
        return new RelayConnection(shape, around);
    }
}
