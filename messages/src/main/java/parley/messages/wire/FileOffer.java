package parley.messages.wire;

import org.apache.pekko.util.ByteString;

/**
 * A file that somebody sends. Prints without name and key.
 *
 * @param timeMillis since 1970, of the sender's clock; it is shown and decides nothing
 * @param inPieces whether its bytes come in {@link Content.Piece}s, else in a stream
 * @param size bytes
 * @param key {@value #KEY_BYTES} bytes, new and random for each file
 * @param name 1 to {@value #NAME_BYTES_MAX} bytes of UTF-8, whatever the sender says: nothing to be trusted
 */
public record FileOffer(long timeMillis, boolean inPieces, long size, ByteString key, String name) {
    public static final int KEY_BYTES = 32;
    public static final int NAME_BYTES_MAX = 255;

    /** Bytes of a file that may come in pieces: a mailbox has room for many of them. */
    public static final int IN_PIECES_MAX = 256 << 10;

    public static final int PIECES_MAX = (IN_PIECES_MAX + Content.Piece.BYTES_MAX - 1) / Content.Piece.BYTES_MAX;

    /** @throws IllegalArgumentException if one of them does not fit its field */
    public FileOffer {
        if (timeMillis < 0) throw new IllegalArgumentException("a time before 1970");
        if (size < 0) throw new IllegalArgumentException("a file of %d bytes".formatted(size));
        if (inPieces && size > IN_PIECES_MAX)
            throw new IllegalArgumentException(
                    "%d bytes in pieces, expected at most %d".formatted(size, IN_PIECES_MAX));
        if (key.size() != KEY_BYTES) throw new IllegalArgumentException("a key of %d bytes".formatted(key.size()));
        int length = Utf8.encode(name).length;
        if (length < 1 || length > NAME_BYTES_MAX)
            throw new IllegalArgumentException(
                    "a name of %d bytes, expected 1 to %d".formatted(length, NAME_BYTES_MAX));
        key = key.compact();
    }

    /** Pieces that it comes in; none of a file without bytes, which is whole at once. */
    public int pieces() {
        if (!inPieces) throw new IllegalStateException("not in pieces");
        return (int) ((size + Content.Piece.BYTES_MAX - 1) / Content.Piece.BYTES_MAX);
    }

    /** Bytes of that piece. */
    public int pieceBytes(int index) {
        return (int) Math.min(Content.Piece.BYTES_MAX, size - (long) index * Content.Piece.BYTES_MAX);
    }

    @Override
    public String toString() {
        return "FileOffer[%d bytes, redacted]".formatted(size);
    }
}
