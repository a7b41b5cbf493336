package parley.peer.vault;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;
import parley.messages.field.FieldWriter;
import parley.peer.cipher.primitive.AesGcm;
import parley.peer.cipher.primitive.Secret;
import parley.peer.vault.VaultRefused.Reason;

/**
 * A stream of any length, sealed in pieces that can be neither reordered, repeated nor left out, at the end neither:
 * STREAM of Hoang, Reyhanitabar, Rogaway and Vizár (2015). Chunks are of 64 KiB; only the last may be shorter.
 *
 * <pre>
 *   nonce = prefix, 7 random bytes || u32 index || u8 1 for the last, else 0
 * </pre>
 */
final class Chunks {
    static final int PLAIN_BYTES = 64 * 1024;
    static final int SEALED_BYTES = PLAIN_BYTES + AesGcm.TAG_BYTES;
    static final int PREFIX_BYTES = 7;

    private final Secret key;
    private final ByteString prefix;
    private final ByteString associated;
    private long index;

    /** @param key of this stream alone */
    Chunks(Secret key, ByteString prefix, ByteString associated) {
        this.key = key;
        this.prefix = prefix;
        this.associated = associated;
    }

    void seal(InputStream plain, OutputStream sealed) throws IOException {
        var chunk = plain.readNBytes(PLAIN_BYTES);
        boolean last = false;
        while (!last) {
            var next = plain.readNBytes(PLAIN_BYTES);
            last = next.length == 0;
            sealed.write(AesGcm.seal(key, nonce(last), associated, chunk));
            chunk = next;
        }
    }

    Opening opening(InputStream sealed) throws IOException {
        return new Opening(sealed);
    }

    /** The chunks one after the other. What comes before a refusal was sealed; that it was all, only the end says. */
    final class Opening {
        private final InputStream sealed;
        private byte[] box;
        private boolean ended;

        private Opening(InputStream sealed) throws IOException {
            this.sealed = sealed;
            box = sealed.readNBytes(SEALED_BYTES);
        }

        /** Null after the last. */
        byte @Nullable [] next() throws IOException {
            if (ended) return null;
            var following = sealed.readNBytes(SEALED_BYTES);
            ended = following.length == 0;
            boolean first = index == 0;
            var plain = AesGcm.open(key, nonce(ended), associated, box);
            if (plain == null) throw refused(first);
            box = following;
            return plain;
        }

        private static VaultRefused refused(boolean first) {
            return first
                    ? new VaultRefused(Reason.WRONG_PASSWORD, "Wrong password, or the file was altered or cut")
                    : new VaultRefused(Reason.DAMAGED, "The file was altered or cut");
        }
    }

    private byte[] nonce(boolean last) {
        return new FieldWriter().bytes(prefix).u32(index++).u8(last ? 1 : 0).toBytes();
    }
}
