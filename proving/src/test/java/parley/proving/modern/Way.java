package parley.proving.modern;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** A way to one port, as slow as it is told to be, which can be cut and counts what comes to one end of it. */
final class Way implements AutoCloseable {
    private static final int BYTES_AT_ONCE = 64 * 1024;

    /** What carries a chunk of a file: length, kind, index, 64 KiB and the tag. */
    private static final int BOX_BYTES = 4 + 1 + 4 + (64 << 10) + 16;

    private final int target;
    private final End counted;
    private final long bytesASecond;
    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final List<Connection> connections = new CopyOnWriteArrayList<>();

    enum End {
        CALLER,
        CALLED
    }

    /** @param came to the end that counts */
    private record Connection(Socket caller, Socket called, Payload came) {
        void end() {
            try (caller;
                    called) {
                // Both, whatever the first says.
            } catch (IOException broken) {
                // So it is over, too.
            }
        }
    }

    Way(int target, End counted, long bytesASecond) throws IOException {
        this.target = target;
        this.counted = counted;
        this.bytesASecond = bytesASecond;
        Thread.ofVirtual().start(this::listen);
    }

    int port() {
        return server.getLocalPort();
    }

    long bytes() {
        return connections.stream().mapToLong(one -> one.came.bytes()).sum();
    }

    /** Whole ones, of what is nothing but a file. */
    long chunks() {
        return connections.stream()
                .mapToLong(one -> one.came.bytes() / BOX_BYTES)
                .sum();
    }

    /** Every connection ends here and now, wherever it is. */
    void cut() {
        connections.forEach(Connection::end);
    }

    @Override
    public void close() throws IOException {
        server.close();
        cut();
    }

    private void listen() {
        while (!server.isClosed()) {
            try {
                var caller = server.accept();
                try {
                    var called = new Socket(server.getInetAddress(), target);
                    var connection = new Connection(caller, called, new Payload());
                    connections.add(connection);
                    var other = new Payload();
                    carry(connection, caller, called, counted == End.CALLED ? connection.came : other);
                    carry(connection, called, caller, counted == End.CALLER ? connection.came : other);
                } catch (IOException nobody) {
                    caller.close();
                }
            } catch (IOException closed) {
                // No more calls.
            }
        }
    }

    private void carry(Connection connection, Socket from, Socket to, Payload payload) {
        Thread.ofVirtual().start(() -> {
            try {
                carry(from, to, payload);
                to.shutdownOutput();
            } catch (IOException | InterruptedException cut) {
                connection.end();
            }
        });
    }

    private void carry(Socket from, Socket to, Payload payload) throws IOException, InterruptedException {
        var in = from.getInputStream();
        var out = to.getOutputStream();
        var bytes = new byte[BYTES_AT_ONCE];
        long due = System.nanoTime();
        for (int count = in.read(bytes); count >= 0; count = in.read(bytes)) {
            out.write(bytes, 0, count);
            payload.passed(bytes, count);
            // The line is as fast as it is, however much comes.
            due = Math.max(due, System.nanoTime()) + TimeUnit.SECONDS.toNanos(count) / bytesASecond;
            TimeUnit.NANOSECONDS.sleep(due - System.nanoTime());
        }
    }
}
