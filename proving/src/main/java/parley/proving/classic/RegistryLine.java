package parley.proving.classic;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/** A connection to the registry: a request with one {@code send}, its answer with one {@code recv}. */
public final class RegistryLine implements AutoCloseable {
    private static final String ERROR = "Error:";

    private final NaiveSocket registry;

    public static RegistryLine connect(InetSocketAddress registry) throws IOException {
        return new RegistryLine(NaiveSocket.connect(registry));
    }

    private RegistryLine(NaiveSocket registry) {
        this.registry = registry;
    }

    /** The answer, whatever it says; empty if the registry has closed. One at a time: answers carry no number. */
    public synchronized byte[] exchange(String request) throws IOException {
        registry.send(request);
        return registry.recv(NaiveSocket.RECV_BYTES);
    }

    /** The answer as text, an {@code Error:} like any other. */
    public String request(String request) throws IOException {
        return new String(exchange(request), StandardCharsets.UTF_8);
    }

    /** The answer to a request that should succeed. */
    public String must(String request) throws IOException {
        return new String(mustBytes(request), StandardCharsets.UTF_8);
    }

    /** The same for an answer that is no text. */
    public byte[] mustBytes(String request) throws IOException {
        var answer = exchange(request);
        var text = new String(answer, StandardCharsets.UTF_8);
        if (answer.length == 0) throw new IOException("the registry closed instead of answering");
        if (text.startsWith(ERROR)) throw new Refused(text.substring(ERROR.length()));
        return answer;
    }

    /** {@code exit} alone has no answer: the registry closes. Returns what came before that; nothing is right. */
    public synchronized String exit() throws IOException {
        registry.send("exit");
        return registry.recvText();
    }

    /** Sends nothing more and hangs up, as a client that crashed. */
    @Override
    public void close() throws IOException {
        registry.close();
    }
}
