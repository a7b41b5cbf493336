package parley.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import parley.messages.settings.Endpoint;

/** What a classic client is: one send, one recv of at most 1024 bytes. */
final class ClassicSocket implements AutoCloseable {
    private static final int RECV_BYTES = 1024;
    private static final int PATIENCE_MILLIS = 10_000;

    private final Socket socket;

    ClassicSocket(Endpoint registry) throws IOException {
        socket = new Socket();
        socket.connect(new InetSocketAddress(registry.host(), registry.port()), PATIENCE_MILLIS);
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.setTcpNoDelay(true);
    }

    ClassicSocket send(String request) throws IOException {
        socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    byte[] receive() throws IOException {
        var bytes = new byte[RECV_BYTES];
        int read = socket.getInputStream().read(bytes);
        return Arrays.copyOf(bytes, Math.max(0, read));
    }

    String ask(String request) throws IOException {
        return new String(send(request).receive(), StandardCharsets.UTF_8);
    }

    ClassicSocket signedUp(String name) throws IOException {
        assertThat(ask("signup %s secret 10.0.0.7:1".formatted(name))).isEqualTo("Signup successful");
        return this;
    }

    ClassicSocket signedIn(String name, int port) throws IOException {
        return signedUp(name).back(name, port);
    }

    ClassicSocket back(String name, int port) throws IOException {
        assertThat(ask("signin %s secret 10.0.0.7:%d".formatted(name, port))).isEqualTo("Signin successful");
        return this;
    }

    /** As nc does at the end of its input: it goes on reading. */
    ClassicSocket closeOutput() throws IOException {
        socket.shutdownOutput();
        return this;
    }

    /** All that is left to read, until the other side closes. */
    String rest() throws IOException {
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    boolean closedByRegistry() throws IOException {
        return socket.getInputStream().read() < 0;
    }

    /** Without a goodbye. */
    void reset() throws IOException {
        socket.setOption(StandardSocketOptions.SO_LINGER, 0);
        socket.close();
    }

    void hangUp() throws IOException {
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
