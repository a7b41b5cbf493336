package parley.peer.link.socket;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.stream.Attributes;
import org.apache.pekko.stream.Outlet;
import org.apache.pekko.stream.SourceShape;
import org.apache.pekko.stream.stage.AbstractGraphStageWithMaterializedValue;
import org.apache.pekko.stream.stage.AbstractOutHandler;
import org.apache.pekko.stream.stage.AsyncCallback;
import org.apache.pekko.stream.stage.GraphStageLogic;
import org.apache.pekko.stream.stage.TimerGraphStageLogic;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A port that is listened on.
 *
 * <pre>
 *   binding --bound--> accepting --unbind, cancel--> closed
 *      `--taken, forbidden--> failed      accepting --out of descriptors--> resting --a moment--> accepting
 * </pre>
 */
final class Accepting
        extends AbstractGraphStageWithMaterializedValue<
                SourceShape<Sockets.Incoming>, CompletionStage<Sockets.Binding>> {
    private static final Logger LOG = LoggerFactory.getLogger(Accepting.class);

    /** Connections that the system holds for us while we are busy. */
    private static final int BACKLOG = 128;

    /** How long to wait for a descriptor to come free. */
    private static final Duration REST = Duration.ofMillis(200);

    private final Outlet<Sockets.Incoming> out = Outlet.create("incoming");
    private final InetSocketAddress local;

    Accepting(InetSocketAddress local) {
        this.local = local;
    }

    @Override
    public SourceShape<Sockets.Incoming> shape() {
        return SourceShape.of(out);
    }

    @Override
    public Pair<GraphStageLogic, CompletionStage<Sockets.Binding>> createLogicAndMaterializedValuePair(
            Attributes inherited) {
        var bound = new CompletableFuture<Sockets.Binding>();
        return Pair.create(new Logic(bound), bound);
    }

    private final class Logic extends TimerGraphStageLogic {
        private final CompletableFuture<Sockets.Binding> bound;
        private final CompletableFuture<Done> unbound = new CompletableFuture<>();
        private @Nullable ServerSocketChannel server;
        private @Nullable SelectionKey key;

        Logic(CompletableFuture<Sockets.Binding> bound) {
            super(shape());
            this.bound = bound;
            setHandler(out, new AbstractOutHandler() {
                @Override
                public void onPull() {
                    accept();
                }
            });
        }

        @Override
        public void preStart() {
            AsyncCallback<Integer> ready = createAsyncCallback(ops -> accept());
            AsyncCallback<Done> unbind = createAsyncCallback(done -> completeStage());
            try {
                var opened = ServerSocketChannel.open();
                server = opened;
                opened.setOption(StandardSocketOptions.SO_REUSEADDR, true);
                opened.bind(local, BACKLOG);
                key = EventLoop.current().register(opened, ready::invoke);
                bound.complete(new Bound((InetSocketAddress) opened.getLocalAddress(), unbind, unbound));
            } catch (IOException | java.nio.channels.UnresolvedAddressException taken) {
                var why = "cannot listen on %s:%d: %s"
                        .formatted(local.getHostString(), local.getPort(), taken.getMessage());
                bound.completeExceptionally(new IOException(why, taken));
                failStage(taken);
            }
        }

        private void accept() {
            if (server == null || key == null || !isAvailable(out)) return;
            try {
                var channel = server.accept();
                if (channel == null) key.interestOps(SelectionKey.OP_ACCEPT);
                else push(out, Sockets.incoming((InetSocketAddress) channel.getRemoteAddress(), channel));
            } catch (IOException outOfDescriptors) {
                // Or a connection that was reset before we came to it. Either must not end the listening.
                LOG.warn("cannot accept a connection: {}", outOfDescriptors.getMessage());
                scheduleOnce("rest", REST);
            }
        }

        @Override
        public void onTimer(Object rest) {
            accept();
        }

        @Override
        public void postStop() {
            if (server != null) EventLoop.current().closeNow(server);
            bound.completeExceptionally(new IOException("stopped before it listened"));
            unbound.complete(Done.getInstance());
        }
    }

    private record Bound(InetSocketAddress local, AsyncCallback<Done> ask, CompletionStage<Done> unbound)
            implements Sockets.Binding {
        @Override
        public CompletionStage<Done> unbind() {
            ask.invoke(Done.getInstance());
            return unbound;
        }
    }
}
