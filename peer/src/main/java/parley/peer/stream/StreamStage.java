package parley.peer.stream;

import java.security.SecureRandom;
import java.util.function.Consumer;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.stream.Attributes;
import org.apache.pekko.stream.FlowShape;
import org.apache.pekko.stream.Inlet;
import org.apache.pekko.stream.Outlet;
import org.apache.pekko.stream.stage.AbstractGraphStageWithMaterializedValue;
import org.apache.pekko.stream.stage.GraphStageLogic;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;

/** The blueprint of one end of a stream; {@link StreamLogic} is one that runs. It blocks: on the disk's dispatcher. */
final class StreamStage extends AbstractGraphStageWithMaterializedValue<FlowShape<ByteString, ByteString>, StreamPort> {
    /** What becomes of it. */
    sealed interface Event {}

    record Began(Lane lane) implements Event {}

    record Progress(Lane lane, long bytes) implements Event {}

    /**
     * Once, and the last.
     *
     * @param lane the one that we called for, or that the caller knew
     */
    record Done(@Nullable Lane lane, End.Verdict verdict) implements Event {}

    private final Inlet<ByteString> in = Inlet.create("fromThem");
    private final Outlet<ByteString> out = Outlet.create("toThem");
    private final FlowShape<ByteString, ByteString> shape = FlowShape.of(in, out);
    private final Lanes lanes;
    private final @Nullable Lane called;
    private final SecureRandom random;
    private final Consumer<Event> events;

    /** @param called what we call for; null if we are called */
    StreamStage(Lanes lanes, @Nullable Lane called, SecureRandom random, Consumer<Event> events) {
        this.lanes = lanes;
        this.called = called;
        this.random = random;
        this.events = events;
    }

    @Override
    public FlowShape<ByteString, ByteString> shape() {
        return shape;
    }

    @Override
    public Pair<GraphStageLogic, StreamPort> createLogicAndMaterializedValuePair(Attributes inherited) {
        var logic = new StreamLogic(shape, new Handshake(lanes, called, random), lanes, events);
        return Pair.create(logic, logic);
    }
}
