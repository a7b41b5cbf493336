package parley.peer.link.socket;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.function.IntConsumer;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * Reads one byte ahead of whoever gets the connection.
 *
 * <pre>
 *   untouched --await--&gt; waiting --a byte, its end, a failure, giveUp--&gt; told
 * </pre>
 */
final class FirstByte implements Sockets.First {
    private static final int NONE = -1;

    private final SocketChannel channel;
    private final ByteBuffer one = ByteBuffer.allocate(1);
    private @Nullable IntConsumer waiting;
    private volatile @Nullable EventLoop loop;

    FirstByte(SocketChannel channel) {
        this.channel = channel;
    }

    @Override
    public void await(IntConsumer told) {
        waiting = told;
        var here = EventLoop.current();
        loop = here;
        try {
            here.register(channel, ready -> read()).interestOps(SelectionKey.OP_READ);
        } catch (IOException broken) {
            tell(NONE);
        }
    }

    private void read() {
        try {
            int count = channel.read(one);
            tell(count == 1 ? one.get(0) & 0xff : NONE);
        } catch (IOException broken) {
            tell(NONE);
        }
    }

    private void tell(int first) {
        var told = waiting;
        if (told == null) return;
        waiting = null;
        if (first == NONE) EventLoop.current().closeNow(channel);
        told.accept(first);
    }

    @Override
    public void giveUp() {
        var there = loop;
        if (there != null) there.execute(() -> tell(NONE));
    }

    /** What was read ahead, once. */
    @Nullable
    ByteString take() {
        if (one.hasRemaining()) return null;
        var bytes = ByteString.fromArray(one.array());
        one.clear();
        return bytes;
    }
}
