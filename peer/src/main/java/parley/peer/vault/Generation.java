package parley.peer.vault;

import java.security.SecureRandom;
import org.apache.pekko.util.ByteString;
import parley.messages.field.FieldReader;
import parley.messages.field.FieldWriter;

/**
 * Which opening of a vault this is. A copy that was put back counts on from where it was made, and so reaches a number
 * that was reached before, but with another id: whoever remembers both knows that it is a copy.
 *
 * @param opening 1 for the first
 * @param id random, made anew by each opening
 */
public record Generation(long opening, ByteString id) {
    public static final int ID_BYTES = 16;

    static Generation first(SecureRandom random) {
        return new Generation(1, Nonces.random(random, ID_BYTES));
    }

    Generation next(SecureRandom random) {
        return new Generation(opening + 1, Nonces.random(random, ID_BYTES));
    }

    static Generation read(ByteString bytes) {
        var in = new FieldReader(bytes);
        var generation = new Generation(in.u63(), in.bytes(ID_BYTES));
        in.end();
        return generation;
    }

    ByteString write() {
        return new FieldWriter().u63(opening).bytes(id).toByteString();
    }
}
