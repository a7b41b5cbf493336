package parley.peer.stream;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.Test;
import parley.messages.identity.RegistryId;
import parley.messages.name.UserName;
import parley.messages.wire.MessageId;
import parley.peer.cipher.primitive.DocsVectors;
import parley.peer.cipher.primitive.DocsVectors.Vector;
import parley.peer.cipher.stream.BoxSealer;
import parley.peer.transfer.Sha256;

/** docs/vectors/file-stream.json: one stream of two chunks, all that both sides say, and the roots of some trees. */
class StreamVectorsTest {
    private static final int SIZE = Lane.CHUNK_BYTES + 3;

    private final List<Vector> made = new ArrayList<>();

    @Test
    void aStreamIsWhatTheDocumentSays() {
        var file = new MessageId(counting(0x10, MessageId.BYTES));
        var key = counting(0x40, 32);
        var registry = new RegistryId(counting(0, RegistryId.BYTES));
        var lane = new Lane(registry, new UserName("alice"), new UserName("bob"), true, file, key, SIZE);
        var alices = new Greeting(true, lane.tag(), counting(0x80, 32));
        var bobs = new Greeting(false, lane.tag(), counting(0xa0, 32));
        var keys = lane.keys().directions(alices.salt(), bobs.salt());
        made.add(new Vector()
                .put("what", "keys")
                .put("registry", registry.bytes())
                .put("file", file.bytes())
                .put("size", String.valueOf(SIZE))
                .put("key", key)
                .put("sender", "alice")
                .put("receiver", "bob")
                .put("tag", lane.tag())
                .put("relay-token", lane.relayToken())
                .put("sender-greeting", alices.encode())
                .put("receiver-greeting", bobs.encode())
                .put("from-sender", keys.fromSender())
                .put("from-receiver", keys.fromReceiver()));
        var sender = BoxSealer.of(keys.fromSender(), file, SIZE);
        var receiver = BoxSealer.of(keys.fromReceiver(), file, SIZE);
        var tree = new MerkleTree();
        var first = new byte[Lane.CHUNK_BYTES];
        tree.add(ByteBuffer.wrap(first));
        var second = new byte[] {'e', 'n', 'd'};
        tree.add(ByteBuffer.wrap(second));
        said("WANT 0", receiver, new StreamFrame.Want(0));
        made.add(new Vector()
                .put("what", "CHUNK 0, 65536 zeros: SHA-256 of what is said")
                .put("sha256", sha256(StreamLogic.sealed(sender, new StreamFrame.Chunk(0, ByteBuffer.wrap(first))))));
        said("CHUNK 1, \"end\"", sender, new StreamFrame.Chunk(1, ByteBuffer.wrap(second)));
        said("CLOSE", sender, new StreamFrame.Close(tree.root()));
        said("HAVE 2", receiver, new StreamFrame.Have(2));
        said("GOT 1", receiver, new StreamFrame.Got(StreamFrame.Got.Outcome.WHOLE));
        var other = BoxSealer.of(keys.fromSender(), file, SIZE);
        said("STOP 3, said first", other, new StreamFrame.Stop(StreamFrame.Stop.Reason.CHANGED));
        for (int leaves = 1; leaves <= 8; leaves++)
            made.add(new Vector().put("what", "root of " + leaves).put("root", root(leaves)));
        DocsVectors.check("file-stream.json", made);
    }

    private void said(String what, BoxSealer sealer, StreamFrame frame) {
        made.add(new Vector().put("what", what).put("said", StreamLogic.sealed(sealer, frame)));
    }

    /** Of leaves of one byte each: 0, 1, 2 and so on. */
    private static ByteString root(int leaves) {
        var tree = new MerkleTree();
        for (int i = 0; i < leaves; i++) tree.add(ByteBuffer.wrap(new byte[] {(byte) i}));
        return tree.root();
    }

    private static ByteString sha256(ByteString bytes) {
        return ByteString.fromArray(Sha256.begin().digest(bytes.toArray()));
    }

    private static ByteString counting(int from, int count) {
        var bytes = new byte[count];
        for (int i = 0; i < count; i++) bytes[i] = (byte) (from + i);
        return ByteString.fromArray(bytes);
    }
}
