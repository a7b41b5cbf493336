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
import parley.messages.directory.Push;
import parley.messages.identity.IdentityKey;
import parley.registry.gate.Door;

/**
 * The plain bytes of one modern peer in, those of its answers and pushes out; {@link Connection} is what happens between.
 * Materialises to where the key that the peer has shown belongs, once it is known.
 */
final class ConnectionStage
        extends AbstractGraphStageWithMaterializedValue<
                FlowShape<ByteString, ByteString>, CompletableFuture<IdentityKey>> {
    private final FlowShape<ByteString, ByteString> shape =
            FlowShape.of(Inlet.create("requests"), Outlet.create("answers"));
    private final ModernDesk desk;
    private final ModernLimits limits;
    private final Push.Hello hello;
    private final Door.Visit visit;

    ConnectionStage(ModernDesk desk, ModernLimits limits, Push.Hello hello, Door.Visit visit) {
        this.desk = desk;
        this.limits = limits;
        this.hello = hello;
        this.visit = visit;
    }

    @Override
    public FlowShape<ByteString, ByteString> shape() {
        return shape;
    }

    @Override
    public Pair<GraphStageLogic, CompletableFuture<IdentityKey>> createLogicAndMaterializedValuePair(
            Attributes inherited) {
        var shown = new CompletableFuture<IdentityKey>();
        return Pair.create(new Connection(shape, desk, limits, hello, visit, shown), shown);
    }
}
