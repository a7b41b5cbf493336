package parley.proving.classic;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The sender's half of a conversation between peers: one connection, one text or one file. */
final class Sending {
    /** Plain bytes of a chunk; its hex is what the other side's {@code recv} has room for. */
    private static final int CHUNK_BYTES = 1024;

    /** The sender speaks first: agrees on a key of its own for this one message. */
    static byte[] agree(NaiveSocket peer) throws IOException {
        var ours = Agreement.fresh();
        peer.send("dhk:" + ours.publicValue());
        var answer = peer.recvText();
        if (!answer.startsWith("dhk:")) throw new IOException("expected dhk:, got '%s'".formatted(answer));
        return ours.keyWith(answer.substring("dhk:".length()));
    }

    static void text(NaiveSocket peer, Header header, byte[] key, String text) throws IOException {
        var iv = TripleDes.freshIv();
        var hex = TripleDes.seal(key, iv, Padding.pad(text).getBytes(StandardCharsets.UTF_8));
        peer.send("%s:%s:False::%d:%s".formatted(header.from(), header.kind(), Padding.length(text), hex));
        peer.expect("send_iv");
        peer.send(iv);
        if (peer.recv(1).length != 0) throw new IOException("the receiver of a text closes, and says nothing more");
    }

    static void file(NaiveSocket peer, Header header, byte[] key, String typedPath, Path file) throws IOException {
        peer.send("%s:%s:True:%s".formatted(header.from(), header.kind(), typedPath));
        peer.expect("confirm");
        try (InputStream content = Files.newInputStream(file)) {
            for (var chunk = content.readNBytes(CHUNK_BYTES);
                    chunk.length > 0;
                    chunk = content.readNBytes(CHUNK_BYTES)) {
                var iv = TripleDes.freshIv();
                peer.send(TripleDes.seal(key, iv, Padding.pad(chunk)));
                peer.expect("send_iv");
                peer.send(iv);
                peer.expect("ack");
            }
        }
    }

    /**
     * How a message names itself.
     *
     * @param from the user, or the group: a group's message does not say who wrote it
     */
    record Header(String from, String kind) {
        static Header ofUser(String user) {
            return new Header(user, "client_sending");
        }

        static Header ofGroup(String group) {
            return new Header(group, "group_sending");
        }
    }

    private Sending() {}
}
