package parley.channel;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.stream.Attributes;
import org.apache.pekko.stream.BidiShape;
import org.apache.pekko.stream.Inlet;
import org.apache.pekko.stream.Outlet;
import org.apache.pekko.stream.stage.AbstractGraphStageWithMaterializedValue;
import org.apache.pekko.stream.stage.GraphStageLogic;
import org.apache.pekko.util.ByteString;
import parley.messages.identity.IdentityKey;

/** The blueprint of a channel; {@link ChannelLogic} is one that runs. */
final class ChannelStage
        extends AbstractGraphStageWithMaterializedValue<
                BidiShape<ByteString, ByteString, ByteString, ByteString>, CompletionStage<IdentityKey>> {
    private final Inlet<ByteString> plainIn = Inlet.create("plainIn");
    private final Outlet<ByteString> netOut = Outlet.create("netOut");
    private final Inlet<ByteString> netIn = Inlet.create("netIn");
    private final Outlet<ByteString> plainOut = Outlet.create("plainOut");
    private final BidiShape<ByteString, ByteString, ByteString, ByteString> shape =
            new BidiShape<>(plainIn, netOut, netIn, plainOut);
    private final Tls tls;

    ChannelStage(Tls tls) {
        this.tls = tls;
    }

    @Override
    public BidiShape<ByteString, ByteString, ByteString, ByteString> shape() {
        return shape;
    }

    @Override
    public Pair<GraphStageLogic, CompletionStage<IdentityKey>> createLogicAndMaterializedValuePair(
            Attributes inherited) {
        var theirKey = new CompletableFuture<IdentityKey>();
        return Pair.create(new ChannelLogic(shape, tls, theirKey), theirKey);
    }
}
