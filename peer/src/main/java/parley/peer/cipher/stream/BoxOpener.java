package parley.peer.cipher.stream;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import parley.messages.wire.MessageId;
import parley.peer.cipher.primitive.Secret;

/** Opens what the other side of a stream says, box after box. */
public final class BoxOpener {
    private final Boxes boxes;

    public static BoxOpener of(Secret direction, MessageId file, long size) {
        return new BoxOpener(new Boxes(direction, file, size));
    }

    private BoxOpener(Boxes boxes) {
        this.boxes = boxes;
    }

    /**
     * @param plain gets what was sealed
     * @param last whether the other side claims that it says nothing more
     * @return false if it is not the next box of the other side, unaltered; nothing it may have written counts then
     */
    public boolean open(ByteBuffer box, ByteBuffer plain, boolean last) {
        if (boxes.hasEnded()) return false;
        try {
            boxes.next(Cipher.DECRYPT_MODE, last).doFinal(box, plain);
            boxes.advance(last);
            return true;
        } catch (GeneralSecurityException forgedOrTooShort) {
            return false;
        }
    }
}
