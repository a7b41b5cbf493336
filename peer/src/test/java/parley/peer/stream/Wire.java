package parley.peer.stream;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicLong;
import parley.messages.name.PeerAddress;

/** A way to a port that can be cut. Connections pass it one after the other; the last one's bytes are counted. */
final class Wire implements AutoCloseable {
    private final ServerSocket server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    private final int to;
    private final AtomicLong passed = new AtomicLong();
    private volatile long cutAfter = Long.MAX_VALUE;

    Wire(int to) throws IOException {
        this.to = to;
        Thread.ofPlatform().daemon().start(this::serve);
    }

    PeerAddress at() {
        return PeerAddress.of(new java.net.InetSocketAddress(server.getInetAddress(), server.getLocalPort()));
    }

    void cutAfter(long bytes) {
        cutAfter = bytes;
    }

    void passAll() {
        cutAfter = Long.MAX_VALUE;
    }

    /** From who has called. */
    long passed() {
        return passed.get();
    }

    private void serve() {
        try {
            while (true) {
                var caller = server.accept();
                var called = new Socket(server.getInetAddress(), to);
                passed.set(0);
                Thread.ofPlatform().daemon().start(() -> pump(called, caller, new AtomicLong(), Long.MAX_VALUE));
                pump(caller, called, passed, cutAfter);
            }
        } catch (IOException closed) {
            // The test is over.
        }
    }

    private static void pump(Socket from, Socket to, AtomicLong count, long max) {
        try (from;
                to;
                InputStream in = from.getInputStream()) {
            var bytes = new byte[16 * 1024];
            for (int n = in.read(bytes); n >= 0; n = in.read(bytes)) {
                to.getOutputStream().write(bytes, 0, n);
                if (count.addAndGet(n) > max) return;
            }
            to.shutdownOutput();
            // The other way ends it.
            while (!to.isClosed() && !from.isClosed() && to.getInputStream().available() >= 0) Thread.onSpinWait();
        } catch (IOException over) {
            // Either side has ended it.
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
