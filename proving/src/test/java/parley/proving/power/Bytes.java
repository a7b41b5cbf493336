package parley.proving.power;

import java.util.Arrays;

/** A file's, as they are written: thousands of writes must not copy it thousands of times. */
final class Bytes {
    private byte[] room = {};
    private int length;

    void happens(Operation operation) {
        if (operation instanceof Operation.Cut cut) resize(cut.length());
        else if (operation instanceof Operation.Written more) {
            resize(Math.max(length, more.offset() + more.bytes().size()));
            more.bytes().copyToArray(room, more.offset());
        }
    }

    private void resize(int wanted) {
        if (wanted > room.length) room = Arrays.copyOf(room, Math.max(wanted, 2 * room.length));
        // What is cut off comes back as zeros if the file grows again.
        if (wanted < length) Arrays.fill(room, wanted, length, (byte) 0);
        length = wanted;
    }

    Bytes copy() {
        var copy = new Bytes();
        copy.room = toArray();
        copy.length = length;
        return copy;
    }

    byte[] toArray() {
        return Arrays.copyOf(room, length);
    }
}
