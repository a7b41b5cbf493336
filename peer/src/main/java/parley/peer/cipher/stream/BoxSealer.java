package parley.peer.cipher.stream;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import parley.messages.wire.MessageId;
import parley.peer.cipher.primitive.AesGcm;
import parley.peer.cipher.primitive.Secret;

/** Seals what one side of a stream says, box after box. */
public final class BoxSealer {
    private final Boxes boxes;

    public static BoxSealer of(Secret direction, MessageId file, long size) {
        return new BoxSealer(new Boxes(direction, file, size));
    }

    private BoxSealer(Boxes boxes) {
        this.boxes = boxes;
    }

    /** How much {@code plain} bytes become. */
    public static int sealedBytes(int plain) {
        return plain + AesGcm.TAG_BYTES;
    }

    /**
     * @param head and {@code body}, one after the other, are what is sealed
     * @param into gets {@link #sealedBytes} bytes
     * @param last whether this side says nothing more
     */
    public void seal(ByteBuffer head, ByteBuffer body, ByteBuffer into, boolean last) {
        try {
            var cipher = boxes.next(Cipher.ENCRYPT_MODE, last);
            cipher.update(head, into);
            cipher.doFinal(body, into);
            boxes.advance(last);
        } catch (GeneralSecurityException never) {
            throw new IllegalStateException("AES-GCM takes any text", never);
        }
    }
}
