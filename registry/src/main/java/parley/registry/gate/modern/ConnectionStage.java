package parley.registry.gate.modern;

import java.util.concurrent.CompletableFuture;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.stream.Attributes;
import org.apache.pekko.stream.FlowShape;
import org.apache.pekko.stream.Inlet;
import org.apache.pekko.stream.Outlet;
import org.apache.pekko.stream.stage.AbstractGraphStageWithMaterializedValue;
import org.apache.pekko.stream.stage.GraphStageLogic;
import org.apache.pekko.util.ByteString;
import parley.channel.Channel;
import parley.messages.directory.Push;
import parley.registry.gate.Door;
import parley.registry.gate.relay.RelayGate;

/**
 * The plain bytes of one modern peer in, those of its answers and pushes out; {@link Connection} is what happens between.
 * Materialises to where the key that the peer has shown, and what it came for, belong once they are known.
 */
final class ConnectionStage
        extends AbstractGraphStageWithMaterializedValue<
                FlowShape<ByteString, ByteString>, CompletableFuture<Channel.Met>> {
    private final FlowShape<ByteString, ByteString> shape =
            FlowShape.of(Inlet.create("requests"), Outlet.create("answers"));
    private final ModernDesk desk;
    private final ModernLimits limits;
    private final Push.Hello hello;
    private final Door.Visit visit;
    private final RelayGate relay;

    ConnectionStage(ModernDesk desk, ModernLimits limits, Push.Hello hello, Door.Visit visit, RelayGate relay) {
        this.desk = desk;
        this.limits = limits;
        this.hello = hello;
        this.visit = visit;
        this.relay = relay;
    }

    @Override
    public FlowShape<ByteString, ByteString> shape() {
        return shape;
    }

    @Override
    public Pair<GraphStageLogic, CompletableFuture<Channel.Met>> createLogicAndMaterializedValuePair(
            Attributes inherited) {
        var shown = new CompletableFuture<Channel.Met>();
        return Pair.create(new Connection(shape, desk, limits, hello, visit, relay, shown), shown);
    }
}
