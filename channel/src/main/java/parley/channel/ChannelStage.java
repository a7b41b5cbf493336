package parley.channel;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.stream.Attributes;
import org.apache.pekko.stream.BidiShape;
import org.apache.pekko.stream.Inlet;
import org.apache.pekko.stream.Outlet;
import org.apache.pekko.stream.stage.AbstractGraphStageWithMaterializedValue;
import org.apache.pekko.stream.stage.GraphStageLogic;
import org.apache.pekko.util.ByteString;
import parley.messages.identity.IdentityKey;

/**
 * The blueprint of a channel; {@link ChannelLogic} is one that runs.
 *
 * @param <T> what it materialises to, of the key that the other side has shown and of the purpose that was agreed on
 */
final class ChannelStage<T>
        extends AbstractGraphStageWithMaterializedValue<
                BidiShape<ByteString, ByteString, ByteString, ByteString>, CompletionStage<T>> {
    private final Inlet<ByteString> plainIn = Inlet.create("plainIn");
    private final Outlet<ByteString> netOut = Outlet.create("netOut");
    private final Inlet<ByteString> netIn = Inlet.create("netIn");
    private final Outlet<ByteString> plainOut = Outlet.create("plainOut");
    private final BidiShape<ByteString, ByteString, ByteString, ByteString> shape =
            new BidiShape<>(plainIn, netOut, netIn, plainOut);
    private final Tls tls;
    private final BiFunction<IdentityKey, String, T> meeting;

    ChannelStage(Tls tls, BiFunction<IdentityKey, String, T> meeting) {
        this.tls = tls;
        this.meeting = meeting;
    }

    @Override
    public BidiShape<ByteString, ByteString, ByteString, ByteString> shape() {
        return shape;
    }

    @Override
    public Pair<GraphStageLogic, CompletionStage<T>> createLogicAndMaterializedValuePair(Attributes inherited) {
        var met = new CompletableFuture<T>();
        return Pair.create(new ChannelLogic<>(shape, tls, meeting, met), met);
    }
}
