package parley.peer.cipher.stream;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.spec.AlgorithmParameterSpec;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import parley.messages.field.FieldWriter;
import parley.messages.wire.MessageId;
import parley.peer.cipher.primitive.AesGcm;
import parley.peer.cipher.primitive.Secret;

/**
 * The boxes of one direction of a stream, counted: AES-256-GCM under a key that serves this direction of this stream
 * alone.
 *
 * <pre>
 *   nonce:  00 00 00 | last 1 | number 8            additional data:  file's id 16 | size 8
 * </pre>
 */
final class Boxes {
    private final Cipher cipher;
    private final SecretKeySpec key;
    private final byte[] associated;
    private long number;
    private boolean ended;

    Boxes(Secret key, MessageId file, long size) {
        this.key = new SecretKeySpec(key.unsafeBytes(), "AES");
        this.associated =
                new FieldWriter().bytes(file.bytes()).u63(size).toByteString().toArray();
        try {
            this.cipher = Cipher.getInstance("AES/GCM/NoPadding");
        } catch (GeneralSecurityException never) {
            throw new IllegalStateException("every Java has AES-GCM", never);
        }
    }

    /** Ready for the next box; there is none after the {@code last}. */
    Cipher next(int mode, boolean last) throws GeneralSecurityException {
        if (ended) throw new IllegalStateException("the last box was before");
        cipher.init(mode, key, nonce(last));
        cipher.updateAAD(associated);
        return cipher;
    }

    /** That box is done. */
    void advance(boolean last) {
        number++;
        ended = last;
    }

    boolean hasEnded() {
        return ended;
    }

    private AlgorithmParameterSpec nonce(boolean last) {
        var nonce = ByteBuffer.allocate(AesGcm.NONCE_BYTES)
                .put(3, (byte) (last ? 1 : 0))
                .putLong(4, number);
        return new GCMParameterSpec(8 * AesGcm.TAG_BYTES, nonce.array());
    }
}
