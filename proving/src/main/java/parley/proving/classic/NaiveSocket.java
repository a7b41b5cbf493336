package parley.proving.classic;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;

/** A connection as classic programs use one: what one {@link #recv} returns is taken for one message. */
final class NaiveSocket implements AutoCloseable {
    /** What a classic client reads at once. */
    static final int RECV_BYTES = 1024;

    /** The same for a file chunk: 1024 bytes in hex. */
    static final int RECV_CHUNK_BYTES = 2048;

    /** Real ones wait for ever. A test that did would never tell what it waited for. */
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final Socket socket;

    static NaiveSocket connect(InetSocketAddress address) throws IOException {
        return new NaiveSocket(new Socket(address.getAddress(), address.getPort()));
    }

    static NaiveSocket accepted(Socket socket) throws IOException {
        return new NaiveSocket(socket);
    }

    private NaiveSocket(Socket socket) throws IOException {
        this.socket = socket;
        socket.setSoTimeout(Math.toIntExact(PATIENCE.toMillis()));
    }

    void send(byte[] message) throws IOException {
        socket.getOutputStream().write(message);
    }

    void send(String message) throws IOException {
        send(message.getBytes(StandardCharsets.UTF_8));
    }

    /** What is there, up to {@code max} bytes; empty when the other side has closed. */
    byte[] recv(int max) throws IOException {
        var buffer = new byte[max];
        var read = socket.getInputStream().read(buffer);
        return Arrays.copyOf(buffer, Math.max(read, 0));
    }

    String recvText() throws IOException {
        return new String(recv(RECV_BYTES), StandardCharsets.UTF_8);
    }

    /** Fails unless the next message is just {@code word}. */
    void expect(String word) throws IOException {
        var got = recvText();
        if (!got.equals(word)) throw new IOException("expected '%s', got '%s'".formatted(word, got));
    }

    InetSocketAddress remote() {
        return new InetSocketAddress(socket.getInetAddress(), socket.getPort());
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
