package parley.peer.stream;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.concurrent.Executor;
import org.apache.pekko.util.ByteString;
import parley.peer.transfer.Sha256;

/**
 * Both hashes of a file that comes chunk after chunk: of its Merkle tree, and of all its bytes. They cost more than what
 * else is done with it, so that another thread computes them: one batch is filled while the one before is hashed.
 */
final class FileHashes {
    /** 256 KiB: enough that handing it over costs nothing, and little enough for a processor's cache. */
    private static final int BATCH_CHUNKS = 4;

    private final Beside beside;
    private final MerkleTree tree = new MerkleTree();
    private final MessageDigest whole = Sha256.begin();
    private ByteBuffer filling = batch();
    private ByteBuffer hashing = batch();
    private int filled;

    /** @param others may be the pool in which we are called ourselves */
    FileHashes(Executor others) {
        this.beside = new Beside(others);
    }

    private static ByteBuffer batch() {
        return ByteBuffer.allocate(BATCH_CHUNKS * Lane.CHUNK_BYTES);
    }

    /** @param chunk a whole one, except for the last; its bytes are copied */
    void add(ByteBuffer chunk) throws IOException {
        filling.put(chunk.duplicate());
        if (++filled < BATCH_CHUNKS) return;
        beside.finish();
        var batch = filling.flip();
        filling = hashing.clear();
        filled = 0;
        hashing = batch;
        beside.begin(() -> hash(batch, BATCH_CHUNKS));
    }

    private void hash(ByteBuffer batch, int chunks) {
        whole.update(batch.duplicate());
        for (int chunk = 0; chunk < chunks; chunk++) {
            int at = chunk * Lane.CHUNK_BYTES;
            // A file that is empty has one chunk, which is empty.
            tree.add(batch.slice(at, Math.min(Lane.CHUNK_BYTES, batch.limit() - at)));
        }
    }

    /** Of the chunks so far, one or more; whole ones may follow. */
    ByteString root() throws IOException {
        hashAll();
        return tree.root();
    }

    /** Lower-case hex. Once. */
    String sha256() throws IOException {
        hashAll();
        return HexFormat.of().formatHex(whole.digest());
    }

    private void hashAll() throws IOException {
        beside.finish();
        hash(filling.flip(), filled);
        filling.clear();
        filled = 0;
    }
}
