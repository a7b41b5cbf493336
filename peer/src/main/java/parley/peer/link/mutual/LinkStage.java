package parley.peer.link.mutual;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.stream.Attributes;
import org.apache.pekko.stream.FlowShape;
import org.apache.pekko.stream.Inlet;
import org.apache.pekko.stream.Outlet;
import org.apache.pekko.stream.stage.AbstractGraphStageWithMaterializedValue;
import org.apache.pekko.stream.stage.GraphStageLogic;
import org.apache.pekko.util.ByteString;
import parley.messages.identity.IdentityKey;
import parley.messages.wire.Frame;

/** The blueprint of one end of a link, above its channel; {@link LinkLogic} is one that runs. */
final class LinkStage extends AbstractGraphStageWithMaterializedValue<FlowShape<ByteString, ByteString>, LinkPort> {
    /** What its links are told of it; what comes over it goes to their owner. */
    sealed interface Event {}

    /** They have greeted; nothing more is read until they are served or sent away. */
    record Greeted(Frame.Hello hello, IdentityKey shown) implements Event {}

    /** Once, and the last. {@code why} is one line, fit to show. */
    record Ended(String why) implements Event {}

    private static final AtomicLong NUMBERS = new AtomicLong();

    /** How many have served. One that has yet to greet is none of them: nobody can send it away by its contact's name. */
    private static final AtomicLong SERVED = new AtomicLong();

    static long newest() {
        return SERVED.get();
    }

    static long serves() {
        return SERVED.incrementAndGet();
    }

    private final Inlet<ByteString> in = Inlet.create("fromThem");
    private final Outlet<ByteString> out = Outlet.create("toThem");
    private final FlowShape<ByteString, ByteString> shape = FlowShape.of(in, out);
    private final LinksSettings settings;
    private final List<Frame> greeting;
    private final Consumer<Event> events;
    private final ActorRef<? super Links.Change> owner;

    /** @param greeting our {@code HELLO} if we call */
    LinkStage(
            LinksSettings settings,
            List<Frame> greeting,
            Consumer<Event> events,
            ActorRef<? super Links.Change> owner) {
        this.settings = settings;
        this.greeting = greeting;
        this.events = events;
        this.owner = owner;
    }

    @Override
    public FlowShape<ByteString, ByteString> shape() {
        return shape;
    }

    @Override
    public Pair<GraphStageLogic, LinkPort> createLogicAndMaterializedValuePair(Attributes inherited) {
        var logic = new LinkLogic(shape, NUMBERS.incrementAndGet(), settings, greeting, events, owner);
        return Pair.create(logic, logic.port());
    }
}
