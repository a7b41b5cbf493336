package parley.peer.store;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.apache.pekko.util.ByteString;
import parley.messages.field.MalformedFields;
import parley.messages.wire.MessageId;

/**
 * Goes over the texts of a page and copies nothing that nobody asks for. Mutable and short-lived.
 *
 * <p>All methods throw {@link MalformedFields} when the bytes end early.
 */
final class PageScan {
    private static final int FIXED_BYTES = MessageId.BYTES + 3 * Long.BYTES;

    private final byte[] bytes;
    private final ByteBuffer in;
    private final int version;
    private final long first;
    private final int count;
    private int read;
    private int begin;
    private int nameAt;
    private int nameLength;
    private int groupAt;
    /** -1 outside of groups. */
    private int groupLength;

    private int textAt;
    private int end;

    PageScan(ByteString page) {
        bytes = page.toArrayUnsafe();
        in = ByteBuffer.wrap(bytes);
        try {
            version = in.get() & 0xff;
            Page.mustBeKnown(version);
            first = in.getLong();
            count = in.get() & 0xff;
        } catch (BufferUnderflowException early) {
            throw new MalformedFields("a page of %d bytes".formatted(bytes.length));
        }
    }

    long first() {
        return first;
    }

    int count() {
        return count;
    }

    /** Steps to the next text. */
    boolean next() {
        if (read == count) return false;
        try {
            begin = in.position();
            int flags = in.get() & 0xff;
            Page.mustBeFlags(flags, version);
            nameLength = in.get() & 0xff;
            nameAt = in.position();
            in.position(nameAt + nameLength);
            groupLength = (flags & Page.IN_GROUP) != 0 ? in.get() & 0xff : -1;
            groupAt = in.position();
            skip(Math.max(0, groupLength));
            if ((flags & Page.FILE) != 0) skipFile();
            skip(FIXED_BYTES);
            int length = in.getInt();
            textAt = in.position();
            end = textAt + length;
            in.position(end);
        } catch (BufferUnderflowException | IllegalArgumentException early) {
            throw new MalformedFields("a page that ends early");
        }
        read++;
        return true;
    }

    private void skip(int length) {
        in.position(in.position() + length);
    }

    private void skipFile() {
        skip(Long.BYTES);
        skip(in.get() & 0xff); // sha256
        skip(in.get() & 0xff); // type
        skip(in.getShort() & 0xffff); // path
    }

    long serial() {
        return first + read - 1;
    }

    boolean isWith(byte[] name) {
        return groupLength < 0 && Arrays.equals(bytes, nameAt, nameAt + nameLength, name, 0, name.length);
    }

    boolean isIn(byte[] group) {
        return groupLength >= 0 && Arrays.equals(bytes, groupAt, groupAt + groupLength, group, 0, group.length);
    }

    boolean holds(Needle words) {
        return words.isIn(bytes, textAt, end);
    }

    ByteString encoded() {
        return ByteString.fromArray(bytes, begin, end - begin);
    }
}
