package parley.messages.field;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.pekko.util.ByteString;

/**
 * Reads fields in their order. Every length is held against what is left before anything is allocated.
 *
 * <p>All methods throw {@link MalformedFields} when the bytes end early.
 */
public final class FieldReader {
    private final ByteBuffer in;

    public FieldReader(ByteString bytes) {
        in = ByteBuffer.wrap(bytes.toArrayUnsafe());
    }

    public int u8() {
        return need(1).get() & 0xff;
    }

    /** Of what was kept or sent in that version, behind the byte that says so. */
    public static FieldReader of(ByteString bytes, int version) {
        var in = new FieldReader(bytes);
        in.version(version);
        return in;
    }

    /** The byte that everything begins with that is kept or sent. */
    public void version(int expected) {
        int version = u8();
        if (version != expected) throw new MalformedFields("version %d, expected %d".formatted(version, expected));
    }

    public int u16() {
        return need(2).getShort() & 0xffff;
    }

    public long u32() {
        return need(4).getInt() & 0xffff_ffffL;
    }

    public long u63() {
        long value = need(8).getLong();
        if (value < 0) throw new MalformedFields("a number beyond 63 bits");
        return value;
    }

    public ByteString bytes(int count) {
        return ByteString.fromArrayUnsafe(array(count));
    }

    public byte[] array(int count) {
        need(count);
        var value = new byte[count];
        in.get(value);
        return value;
    }

    /** A length of one byte, then as many characters of printable ASCII. */
    public String ascii() {
        var text = array(u8());
        for (byte c : text) if (c < ' ' || c == 0x7f) throw new MalformedFields("a character that is not ASCII");
        return new String(text, StandardCharsets.US_ASCII);
    }

    /** Whether a field is there that may be missing: 1 or 0, and nothing else. */
    public boolean flag() {
        int flag = u8();
        if (flag > 1) throw new MalformedFields("flag %d, expected 0 or 1".formatted(flag));
        return flag == 1;
    }

    public int left() {
        return in.remaining();
    }

    /** What is left over would be a second meaning of the same value. */
    public void end() {
        if (in.hasRemaining()) throw new MalformedFields("%d bytes after the end".formatted(in.remaining()));
    }

    private ByteBuffer need(int count) {
        if (count > in.remaining())
            throw new MalformedFields("%d bytes left, expected %d".formatted(in.remaining(), count));
        return in;
    }
}
