package parley.proving.classic;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;

/** The receiver's half: accepts, and gives every connection a thread that reads one text or one file. */
final class Listening implements AutoCloseable {
    /** Fields before the rest: from, kind, file or not. What follows may itself contain colons. */
    private static final int HEADER_FIELDS = 4;

    private static final String AGREE = "dhk:";
    private static final String GROUP = "group_sending";

    /** Enough for a crowd that sends at once; a connection beyond it is retried by the kernel, slowly. */
    private static final int BACKLOG = 256;

    private final ServerSocket server;
    private final Path folder;
    private final Consumer<Received> inbox;
    private final Queue<Exception> failures;
    private final ConcurrentMap<String, byte[]> groupKeys = new ConcurrentHashMap<>();

    static Listening start(Path folder, Consumer<Received> inbox, Queue<Exception> failures) throws IOException {
        var server = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
        var listening = new Listening(server, folder, inbox, failures);
        daemon("classic-accept", listening::accept);
        return listening;
    }

    private Listening(ServerSocket server, Path folder, Consumer<Received> inbox, Queue<Exception> failures) {
        this.server = server;
        this.folder = folder;
        this.inbox = inbox;
        this.failures = failures;
    }

    InetSocketAddress address() {
        return new InetSocketAddress(server.getInetAddress(), server.getLocalPort());
    }

    void learn(String group, byte[] key) {
        groupKeys.put(group, key.clone());
    }

    /** @throws IllegalStateException if nobody has told us the group's key */
    byte[] keyOf(String group) {
        var key = groupKeys.get(group);
        if (key == null) throw new IllegalStateException("no key for the group '%s'".formatted(group));
        return key;
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                var socket = server.accept();
                daemon("classic-receive", () -> receive(socket));
            } catch (IOException broken) {
                if (!server.isClosed()) failures.add(broken);
            }
        }
    }

    private void receive(Socket socket) {
        try (var peer = NaiveSocket.accepted(socket)) {
            converse(peer);
        } catch (IOException | RuntimeException broken) {
            failures.add(broken);
        }
    }

    private void converse(NaiveSocket peer) throws IOException {
        byte[] agreed = {};
        var message = peer.recvText();
        if (message.startsWith(AGREE)) {
            var ours = Agreement.fresh();
            peer.send(AGREE + ours.publicValue());
            agreed = ours.keyWith(message.substring(AGREE.length()));
            message = peer.recvText();
        }
        var fields = message.split(":", HEADER_FIELDS);
        if (fields.length < HEADER_FIELDS) throw new IOException("no header: '%s'".formatted(message));
        var group = fields[1].equals(GROUP);
        var key = group ? keyOf(fields[0]) : agreed;
        switch (fields[2]) {
            case "True" -> file(peer, fields[0], group, key, fields[3]);
            case "False" -> text(peer, fields[0], group, key, fields[3]);
            default -> throw new IOException("neither text nor file: '%s'".formatted(message));
        }
    }

    /** @param rest {@code :<length>:<hex>}, the path being empty */
    private void text(NaiveSocket peer, String from, boolean group, byte[] key, String rest) throws IOException {
        var fields = rest.split(":", -1);
        var length = Integer.parseInt(fields[1]);
        peer.send("send_iv");
        var iv = peer.recv(NaiveSocket.RECV_BYTES);
        var padded = new String(TripleDes.open(key, iv, fields[2]), StandardCharsets.UTF_8);
        inbox.accept(new Received.Text(from, group, Padding.cut(padded, length), length));
    }

    private void file(NaiveSocket peer, String from, boolean group, byte[] key, String typedPath) throws IOException {
        var stored = folder.resolve("received_from_" + (group ? "group_" : "") + from + "_" + typedPath);
        peer.send("confirm");
        long bytes = 0;
        try (OutputStream out = Files.newOutputStream(stored)) {
            for (var hex = chunk(peer); !hex.isEmpty(); hex = chunk(peer)) {
                peer.send("send_iv");
                var plain = TripleDes.open(key, peer.recv(NaiveSocket.RECV_BYTES), hex);
                out.write(plain);
                bytes += plain.length;
                peer.send("ack");
            }
        }
        inbox.accept(new Received.File(from, group, typedPath, stored, bytes));
    }

    private static String chunk(NaiveSocket peer) throws IOException {
        return new String(peer.recv(NaiveSocket.RECV_CHUNK_BYTES), StandardCharsets.US_ASCII);
    }

    private static void daemon(String name, Runnable work) {
        var thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
