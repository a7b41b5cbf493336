package parley.proving.modern.group;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Optional;
import java.util.function.Function;

/** A port before that of one end: whoever connects to it is carried on as far as the {@link Web} lets him. */
final class Way implements AutoCloseable {
    private final Web web;
    private final String called;
    private final Function<Socket, Optional<String>> caller;
    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private volatile int target;

    /** @param caller who that is */
    Way(Web web, String called, Function<Socket, Optional<String>> caller) throws IOException {
        this.web = web;
        this.called = called;
        this.caller = caller;
        Thread.ofVirtual().start(this::listen);
    }

    int port() {
        return server.getLocalPort();
    }

    /** Nobody is carried anywhere before. */
    void leadsTo(int port) {
        target = port;
    }

    @Override
    public void close() throws IOException {
        server.close();
    }

    private void listen() {
        while (!server.isClosed()) {
            try {
                var from = server.accept();
                Thread.ofVirtual().start(() -> carry(from));
            } catch (IOException closed) {
                // Asked again by the loop.
            }
        }
    }

    private void carry(Socket from) {
        try {
            var who = caller.apply(from);
            if (who.isEmpty() || target == 0) {
                from.close();
                return;
            }
            var wire = new Wire(who.get(), called, from, new Socket(InetAddress.getLoopbackAddress(), target));
            web.join(wire);
            wire.begin();
        } catch (IOException notAtHome) {
            try (from) {
                from.setSoLinger(true, 0);
            } catch (IOException gone) {
                // So is the caller.
            }
        }
    }
}
