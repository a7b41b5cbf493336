package parley.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/**
 * Many connections to a registry from one thread, one request out on each: the load takes as little of the machine as it
 * can, because the registry shares it.
 */
final class RegistryCrowd implements AutoCloseable {
    private static final int REPLY_BYTES_MAX = 1024;

    private final List<SocketChannel> connections = new ArrayList<>();
    private final ByteBuffer reply = ByteBuffer.allocateDirect(REPLY_BYTES_MAX);

    static RegistryCrowd connect(String registry, int size) throws IOException {
        var crowd = new RegistryCrowd();
        int colon = registry.lastIndexOf(':');
        var address =
                new InetSocketAddress(registry.substring(0, colon), Integer.parseInt(registry.substring(colon + 1)));
        for (int i = 0; i < size; i++) {
            var connection = SocketChannel.open(address);
            connection.socket().setTcpNoDelay(true);
            crowd.connections.add(connection);
        }
        return crowd;
    }

    /** Each connection asks once and waits; the last answer of each, in their order. */
    List<String> eachOnce(IntFunction<String> request) throws IOException {
        var answers = new ArrayList<String>();
        for (int i = 0; i < connections.size(); i++) {
            var connection = connections.get(i);
            connection.configureBlocking(true);
            write(connection, request.apply(i) + "\n");
        }
        for (var connection : connections) answers.add(read(connection));
        return answers;
    }

    /** The same request over and over on all connections, for a while; how many were answered. */
    long rush(String request, long nanos) throws IOException {
        var line = ByteBuffer.allocateDirect(request.length() + 1)
                .put((request + "\n").getBytes(StandardCharsets.UTF_8))
                .flip();
        long answered = 0;
        try (var selector = Selector.open()) {
            for (var connection : connections) {
                connection.configureBlocking(false);
                connection.register(selector, SelectionKey.OP_READ);
                connection.write(line.rewind());
            }
            long end = System.nanoTime() + nanos;
            int out = connections.size();
            while (out > 0) {
                selector.select();
                boolean more = System.nanoTime() < end;
                for (var key : selector.selectedKeys()) {
                    var connection = (SocketChannel) key.channel();
                    reply.clear();
                    if (connection.read(reply) < 0) throw new IOException("the registry closed a connection");
                    answered++;
                    if (more) connection.write(line.rewind());
                    else out--;
                }
                selector.selectedKeys().clear();
            }
            for (var key : selector.keys()) key.cancel();
            selector.selectNow();
        }
        return answered;
    }

    private static void write(SocketChannel connection, String text) throws IOException {
        connection.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
    }

    private String read(SocketChannel connection) throws IOException {
        reply.clear();
        if (connection.read(reply) < 0) throw new IOException("the registry closed a connection");
        return StandardCharsets.UTF_8.decode(reply.flip()).toString();
    }

    @Override
    public void close() throws IOException {
        for (var connection : connections) connection.close();
    }
}
