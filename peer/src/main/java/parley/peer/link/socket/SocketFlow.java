package parley.peer.link.socket;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import org.apache.pekko.stream.Attributes;
import org.apache.pekko.stream.FlowShape;
import org.apache.pekko.stream.Inlet;
import org.apache.pekko.stream.Outlet;
import org.apache.pekko.stream.SubscriptionWithCancelException;
import org.apache.pekko.stream.stage.AbstractInHandler;
import org.apache.pekko.stream.stage.AbstractOutHandler;
import org.apache.pekko.stream.stage.AsyncCallback;
import org.apache.pekko.stream.stage.GraphStage;
import org.apache.pekko.stream.stage.GraphStageLogic;
import org.apache.pekko.stream.stage.TimerGraphStageLogic;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * A TCP connection.
 *
 * <pre>
 *   dialling --connected--> open --our end--> we have said all --their end--> closed
 *      |                     |`---their end--> they have ------our end------^
 *      `--refused, timeout-->`--our failure, their reset--> reset
 * </pre>
 *
 * Reads only on demand and writes at once; what the system doesn't take waits, and we ask for no more until it went.
 */
final class SocketFlow extends GraphStage<FlowShape<ByteString, ByteString>> {
    private final Inlet<ByteString> in = Inlet.create("toSocket");
    private final Outlet<ByteString> out = Outlet.create("fromSocket");
    private final @Nullable SocketChannel accepted;
    private final @Nullable FirstByte ahead;
    private final @Nullable InetSocketAddress remote;
    private final Duration dialTimeout;

    /** @param ahead what was read of it before */
    static SocketFlow accepted(SocketChannel channel, FirstByte ahead) {
        return new SocketFlow(channel, ahead, null, Duration.ZERO);
    }

    static SocketFlow dialling(InetSocketAddress remote, Duration timeout) {
        return new SocketFlow(null, null, remote, timeout);
    }

    private SocketFlow(
            @Nullable SocketChannel accepted,
            @Nullable FirstByte ahead,
            @Nullable InetSocketAddress remote,
            Duration dialTimeout) {
        this.accepted = accepted;
        this.ahead = ahead;
        this.remote = remote;
        this.dialTimeout = dialTimeout;
    }

    @Override
    public FlowShape<ByteString, ByteString> shape() {
        return FlowShape.of(in, out);
    }

    @Override
    public GraphStageLogic createLogic(Attributes inherited) {
        return new Logic();
    }

    private interface Step {
        void run() throws IOException;
    }

    private final class Logic extends TimerGraphStageLogic {
        private @Nullable SocketChannel channel;
        private @Nullable SelectionKey key;
        private ByteBuffer unwritten = ByteBuffer.allocate(0);

        /**
         * Fails us in a turn of our own. Not at once: where the stage beside us has pulled and pushed in one go, Pekko
         * runs our {@code onPush} before our {@code onPull}, and a failure in the former is lost to the latter.
         */
        private final AsyncCallback<IOException> failing = createAsyncCallback(this::failStage);

        Logic() {
            super(shape());
            setHandler(in, new AbstractInHandler() {
                @Override
                public void onPush() {
                    unwritten = grab(in).asByteBuffer();
                    attempt(Logic.this::write);
                }

                @Override
                public void onUpstreamFinish() {
                    attempt(Logic.this::finishWriting);
                }

                @Override
                public void onUpstreamFailure(Throwable ours) {
                    reset();
                    failStage(ours);
                }
            });
            setHandler(out, new AbstractOutHandler() {
                @Override
                public void onPull() {
                    var first = ahead == null ? null : ahead.take();
                    if (first != null) push(out, first);
                    else interest(SelectionKey.OP_READ);
                }

                @Override
                public void onDownstreamFinish(Throwable cause) {
                    if (!(cause instanceof SubscriptionWithCancelException.NonFailureCancellation)) {
                        reset();
                        failStage(cause);
                    } else if (isClosed(in) && !unwritten.hasRemaining()) {
                        completeStage();
                    }
                }
            });
        }

        @Override
        public void preStart() {
            // Until both directions are done, which the ports alone do not tell while bytes wait to be written.
            setKeepGoing(true);
            attempt(() -> {
                var loop = EventLoop.current();
                AsyncCallback<Integer> ready = createAsyncCallback(ops -> attempt(() -> ready(ops)));
                var opened = accepted != null ? accepted : SocketChannel.open();
                channel = opened;
                opened.setOption(StandardSocketOptions.TCP_NODELAY, true);
                key = loop.register(opened, ready::invoke);
                if (remote != null && !opened.connect(remote)) {
                    scheduleOnce("dial", dialTimeout);
                    interest(SelectionKey.OP_CONNECT);
                } else {
                    pull(in);
                }
            });
        }

        private void ready(int ops) throws IOException {
            if ((ops & SelectionKey.OP_CONNECT) != 0) connected();
            if ((ops & SelectionKey.OP_WRITE) != 0) write();
            if ((ops & SelectionKey.OP_READ) != 0) read();
        }

        private void connected() throws IOException {
            channel().finishConnect();
            cancelTimer("dial");
            if (isAvailable(out)) interest(SelectionKey.OP_READ);
            if (isClosed(in)) finishWriting();
            else pull(in);
        }

        private void write() throws IOException {
            if (unwritten.hasRemaining()) channel().write(unwritten);
            if (unwritten.hasRemaining()) interest(SelectionKey.OP_WRITE);
            else if (isClosed(in)) finishWriting();
            else if (!hasBeenPulled(in)) pull(in);
        }

        private void finishWriting() throws IOException {
            if (unwritten.hasRemaining() || !channel().isConnected()) return;
            if (isClosed(out)) completeStage();
            else channel().shutdownOutput();
        }

        private void read() throws IOException {
            if (isClosed(out) || !isAvailable(out)) return;
            var buffer = EventLoop.current().readBuffer();
            int bytes = channel().read(buffer);
            if (bytes > 0) {
                push(out, ByteString.fromByteBuffer(buffer.flip()));
            } else if (bytes == 0) {
                interest(SelectionKey.OP_READ);
            } else {
                complete(out);
                if (isClosed(in) && !unwritten.hasRemaining()) completeStage();
            }
        }

        @Override
        public void onTimer(Object dial) {
            reset();
            failStage(new SocketTimeoutException("Connection timed out"));
        }

        private void interest(int op) {
            // While it is being dialled there is one thing to wait for.
            if (key == null || !key.isValid() || (!channel().isConnected() && op != SelectionKey.OP_CONNECT)) return;
            key.interestOpsOr(op);
        }

        private SocketChannel channel() {
            if (channel == null) throw new IllegalStateException("no socket yet");
            return channel;
        }

        /** Both directions fail together: a connection of which one is broken serves nobody. */
        private void attempt(Step step) {
            try {
                step.run();
            } catch (IOException broken) {
                reset();
                failing.invoke(broken);
            }
        }

        /** No lingering: the other side gets a reset. */
        private void reset() {
            try {
                if (channel != null && channel.isOpen()) channel.setOption(StandardSocketOptions.SO_LINGER, 0);
            } catch (IOException gone) {
                // Then there is nobody left to tell.
            }
            close();
        }

        @Override
        public void postStop() {
            close();
        }

        private void close() {
            if (channel != null && channel.isOpen()) EventLoop.current().closeNow(channel);
        }
    }
}
