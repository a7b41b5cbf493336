package parley.peer.link;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.pekko.util.ByteString;
import parley.messages.classic.Origin;
import parley.messages.classic.PeerCodec;

/**
 * A text as classic readers can take it: they read header and hex with one {@code recv} of 1024 bytes, so a long text
 * goes in several messages. It is cut between characters as a reader sees them, and only inside one, between code
 * points, when that one alone is too long for a message.
 */
public final class TextPieces {
    /**
     * Prints without its content.
     *
     * @param length code points
     * @param utf8 what is sealed
     */
    public record Piece(int length, ByteString utf8) {
        @Override
        public String toString() {
            return "Piece[%d redacted]".formatted(length);
        }
    }

    /** @return at least one piece; an empty text is one empty piece */
    public static List<Piece> of(Origin from, String text) {
        var pieces = new ArrayList<Piece>();
        // Half a surrogate pair has no UTF-8; it goes as the question mark that String.getBytes makes of it.
        int start = 0;
        var characters = BreakIterator.getCharacterInstance(Locale.ROOT);
        characters.setText(text);
        while (start < text.length() || pieces.isEmpty()) {
            int end = end(from, text, start, characters);
            pieces.add(piece(text.substring(start, end)));
            start = end;
        }
        return List.copyOf(pieces);
    }

    /** The text that was opened, cut to its length; empty if it is no UTF-8, as after a wrong key. */
    public static Optional<String> text(ByteString opened, int length) {
        try {
            var text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(opened.toArrayUnsafe()))
                    .toString();
            int present = text.codePointCount(0, text.length());
            return Optional.of(length >= present ? text : text.substring(0, text.offsetByCodePoints(0, length)));
        } catch (CharacterCodingException wrongKey) {
            return Optional.empty();
        }
    }

    /** The furthest a piece from {@code start} can reach. */
    private static int end(Origin from, String text, int start, BreakIterator characters) {
        int codePoints = 0;
        int bytes = 0;
        int end = start;
        while (end < text.length()) {
            int codePoint = text.codePointAt(end);
            bytes += utf8Bytes(codePoint);
            codePoints++;
            if (PeerCodec.headerBytes(from, codePoints) + 2 * bytes > PeerCodec.TEXT_MESSAGE_BYTES_MAX) {
                int whole = characters.isBoundary(end) ? end : characters.preceding(end);
                return whole > start ? whole : end;
            }
            end += Character.charCount(codePoint);
        }
        return end;
    }

    private static int utf8Bytes(int codePoint) {
        if (codePoint < 0x80) return 1;
        if (codePoint < 0x800) return 2;
        if (Character.isBmpCodePoint(codePoint)) return Character.isSurrogate((char) codePoint) ? 1 : 3;
        return 4;
    }

    private static Piece piece(String text) {
        return new Piece(text.codePointCount(0, text.length()), ByteString.fromString(text, StandardCharsets.UTF_8));
    }

    private TextPieces() {}
}
