package parley.peer.stream;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.apache.pekko.util.ByteString;
import parley.peer.transfer.Sha256;

/** Both hashes of a file that comes chunk after chunk: of its Merkle tree, and of all its bytes. Mutable. */
final class FileHashes {
    private final MerkleTree tree = new MerkleTree();
    private final MessageDigest whole = Sha256.begin();

    /** @param batch so many chunks, all of them whole but for the last of the file */
    void add(ByteBuffer batch, int chunks) {
        whole.update(batch.duplicate());
        for (int chunk = 0; chunk < chunks; chunk++) {
            int at = batch.position() + chunk * Lane.CHUNK_BYTES;
            // A file that is empty has one chunk, which is empty.
            tree.add(batch.slice(at, Math.min(Lane.CHUNK_BYTES, batch.limit() - at)));
        }
    }

    /** Of the chunks so far, one or more; whole ones may follow. */
    ByteString root() {
        return tree.root();
    }

    /** Lower-case hex. Once. */
    String sha256() {
        return HexFormat.of().formatHex(whole.digest());
    }
}
