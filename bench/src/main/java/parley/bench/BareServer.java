package parley.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/** Answers whatever comes with one fixed address, from one thread: what this machine can do with no registry behind it. */
final class BareServer {
    static double rate(int connections, long warmUpNanos, long roundNanos, int rounds) throws Exception {
        var selector = Selector.open();
        try (var server = ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
            server.configureBlocking(false);
            server.register(selector, SelectionKey.OP_ACCEPT);
            var thread = Thread.ofPlatform().daemon().start(() -> serve(server, selector));
            var address = (InetSocketAddress) server.getLocalAddress();
            try (var crowd = RegistryCrowd.connect("127.0.0.1:" + address.getPort(), connections)) {
                crowd.rush("client_info:user7", warmUpNanos / 5);
                var rates = new double[rounds];
                for (int round = 0; round < rounds; round++) {
                    long start = System.nanoTime();
                    long answered = crowd.rush("client_info:user7", roundNanos);
                    rates[round] = answered / ((System.nanoTime() - start) / 1e9);
                }
                return Figure.median(rates);
            } finally {
                selector.close();
                thread.join();
            }
        }
    }

    private static void serve(ServerSocketChannel server, Selector selector) {
        var in = ByteBuffer.allocateDirect(1024);
        var out = ByteBuffer.allocateDirect(32)
                .put("127.0.0.1:10007".getBytes(StandardCharsets.UTF_8))
                .flip();
        try {
            while (true) {
                selector.select();
                for (var key : selector.selectedKeys()) {
                    if (key.isAcceptable()) {
                        var connection = server.accept();
                        connection.configureBlocking(false);
                        connection.socket().setTcpNoDelay(true);
                        connection.register(selector, SelectionKey.OP_READ);
                    } else {
                        var connection = (SocketChannel) key.channel();
                        if (connection.read(in.clear()) < 0) connection.close();
                        else connection.write(out.rewind());
                    }
                }
                selector.selectedKeys().clear();
            }
        } catch (IOException | ClosedSelectorException over) {
            // The measurement closed what we serve.
        }
    }

    private BareServer() {}
}
