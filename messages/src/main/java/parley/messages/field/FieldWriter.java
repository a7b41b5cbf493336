package parley.messages.field;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.apache.pekko.util.ByteString;

/** Writes fields in the order of the calls. Mutable and short-lived: it never leaves the method that made it. */
public final class FieldWriter {
    private static final long U32_MAX = 0xffff_ffffL;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    public FieldWriter u8(int value) {
        return number(value, 1, 0xff);
    }

    public FieldWriter u16(int value) {
        return number(value, 2, 0xffff);
    }

    public FieldWriter u32(long value) {
        return number(value, 4, U32_MAX);
    }

    /** The top bit is never set: what counts or tells time here fits a Java long. */
    public FieldWriter u63(long value) {
        return number(value, 8, Long.MAX_VALUE);
    }

    public FieldWriter bytes(byte[] value) {
        out.writeBytes(value);
        return this;
    }

    public FieldWriter bytes(ByteString value) {
        return bytes(value.toArrayUnsafe());
    }

    /** A length of one byte, then the characters; for names. */
    public FieldWriter ascii(String text) {
        return u8(text.length()).bytes(text.getBytes(StandardCharsets.US_ASCII));
    }

    public byte[] toBytes() {
        return out.toByteArray();
    }

    public ByteString toByteString() {
        return ByteString.fromArrayUnsafe(out.toByteArray());
    }

    private FieldWriter number(long value, int width, long max) {
        if (value < 0 || value > max) throw new IllegalArgumentException(value + " does not fit " + width + " bytes");
        for (int shift = 8 * (width - 1); shift >= 0; shift -= 8) out.write((int) (value >>> shift));
        return this;
    }
}
