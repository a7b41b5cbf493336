package parley.peer.stream;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.ArrayDeque;
import java.util.Deque;
import org.apache.pekko.util.ByteString;
import parley.peer.transfer.Sha256;

/**
 * The Merkle tree hash over leaves that come one after the other; RFC 6962 §2.1. Mutable. Keeps one hash for each bit
 * that is set in the number of leaves, and no leaf.
 */
final class MerkleTree {
    private static final byte LEAF = 0;
    private static final byte NODE = 1;

    private record Subtree(long leaves, ByteString hash) {}

    private final MessageDigest digest = Sha256.begin();
    private final Deque<Subtree> subtrees = new ArrayDeque<>();

    void add(ByteBuffer leaf) {
        digest.update(LEAF);
        digest.update(leaf.duplicate());
        var last = new Subtree(1, hash());
        while (!subtrees.isEmpty() && subtrees.getLast().leaves == last.leaves)
            last = over(subtrees.removeLast(), last);
        subtrees.addLast(last);
    }

    /** Of all leaves so far, which must be one or more; more may follow. */
    ByteString root() {
        var each = subtrees.descendingIterator();
        var root = each.next();
        while (each.hasNext()) root = over(each.next(), root);
        return root.hash;
    }

    private Subtree over(Subtree left, Subtree right) {
        digest.update(NODE);
        digest.update(left.hash.toArrayUnsafe());
        digest.update(right.hash.toArrayUnsafe());
        return new Subtree(left.leaves + right.leaves, hash());
    }

    private ByteString hash() {
        return ByteString.fromArrayUnsafe(digest.digest());
    }
}
