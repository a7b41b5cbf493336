package parley.messages.wire;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Locale;
import org.apache.pekko.util.ByteString;
import parley.messages.field.FieldReader;
import parley.messages.field.MalformedFields;

/**
 * Names one envelope for ever: {@value #BYTES} random bytes. No secret; what was received is known again by it.
 *
 * @param bytes exactly {@value #BYTES}
 */
public record MessageId(ByteString bytes) {
    public static final int BYTES = 16;

    /** @throws IllegalArgumentException unless there are {@value #BYTES} bytes */
    public MessageId {
        if (bytes.size() != BYTES)
            throw new IllegalArgumentException("an id of %d bytes, expected %d".formatted(bytes.size(), BYTES));
        bytes = bytes.compact();
    }

    public static MessageId random(SecureRandom random) {
        var bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return new MessageId(ByteString.fromArrayUnsafe(bytes));
    }

    /** @throws MalformedFields if the bytes end early */
    public static MessageId read(FieldReader in) {
        return new MessageId(in.bytes(BYTES));
    }

    /**
     * What {@link #toString} writes; events and commands name ids so.
     *
     * @throws IllegalArgumentException unless it is 32 digits of lower-case hex
     */
    public static MessageId parse(String hex) {
        if (!hex.equals(hex.toLowerCase(Locale.ROOT))) throw new IllegalArgumentException("an id in upper case");
        return new MessageId(ByteString.fromArrayUnsafe(HexFormat.of().parseHex(hex)));
    }

    @Override
    public String toString() {
        return HexFormat.of().formatHex(bytes.toArrayUnsafe());
    }
}
