package parley.messages.wire;

import java.util.List;
import org.apache.pekko.util.ByteString;
import parley.messages.identity.Draft;

/** What is sealed in an envelope. Its id is the envelope's, so that no box can be put under another id. */
public sealed interface Content {
    MessageId id();

    /** Ids that one receipt or one repeat may name. */
    int IDS_MAX = 1_000;

    /**
     * Prints without its text.
     *
     * @param counter 1 for the first text to this contact
     * @param previous the hash of the text before, {@link #NO_PREVIOUS} for the first
     * @param timeMillis since 1970, of the writer's clock; it is shown and decides nothing
     * @param text at most {@value #BYTES_MAX} bytes of UTF-8
     */
    record Text(MessageId id, long counter, ByteString previous, long timeMillis, String text) implements Content {
        public static final int BYTES_MAX = 60 << 10;
        public static final int HASH_BYTES = 32;
        public static final ByteString NO_PREVIOUS = Draft.NONE;

        /** @throws IllegalArgumentException if one of them does not fit its field */
        public Text {
            check(counter, previous, timeMillis, text);
            previous = previous.compact();
        }

        private static void check(long counter, ByteString previous, long timeMillis, String text) {
            if (counter < 1) throw new IllegalArgumentException("counter %d, expected 1 or more".formatted(counter));
            if (timeMillis < 0) throw new IllegalArgumentException("a time before 1970");
            if (previous.size() != HASH_BYTES) throw new IllegalArgumentException("a hash of " + previous.size());
            int size = Utf8.encode(text).length;
            if (size > BYTES_MAX)
                throw new IllegalArgumentException(
                        "a text of %d bytes, expected at most %d".formatted(size, BYTES_MAX));
        }

        @Override
        public String toString() {
            return "Text[%s, %d]".formatted(id, counter);
        }
    }

    /** How far the named texts have come. */
    record Receipt(MessageId id, What what, List<MessageId> ids) implements Content {
        /** @throws IllegalArgumentException unless there are 1 to {@value #IDS_MAX} ids */
        public Receipt {
            ids = counted(ids);
        }

        public enum What {
            DELIVERED,
            READ
        }
    }

    /**
     * These could not be opened.
     *
     * @param expected the counter of the next text that the writer of this expects
     */
    record Repeat(MessageId id, List<Unopened> unopened, long expected) implements Content {
        public record Unopened(MessageId id, Reason reason) {}

        /** @throws IllegalArgumentException unless there are 1 to {@value #IDS_MAX} of them and a counter */
        public Repeat {
            unopened = counted(unopened);
            if (expected < 1) throw new IllegalArgumentException("expected counter " + expected);
        }
    }

    /** Lets a session begin, or go on. */
    record Nothing(MessageId id) implements Content {}

    /** What is said in a group: no contact's conversation has a place for it. */
    sealed interface InGroup extends Content permits GroupText, GroupNews, GroupFile {
        Place place();
    }

    /**
     * Prints without its text. Its id is the same for all members.
     *
     * @param counter 1 for the writer's first text in this group
     * @param previous the hash of the writer's text before in this group, {@link Text#NO_PREVIOUS} for the first
     * @param timeMillis since 1970, of the writer's clock; it is shown and decides nothing
     * @param text at most {@value Text#BYTES_MAX} bytes of UTF-8
     */
    record GroupText(MessageId id, Place place, long counter, ByteString previous, long timeMillis, String text)
            implements InGroup {
        /** @throws IllegalArgumentException if one of them does not fit its field */
        public GroupText {
            Text.check(counter, previous, timeMillis, text);
            previous = previous.compact();
        }

        @Override
        public String toString() {
            return "GroupText[%s, %s, %d]".formatted(id, place, counter);
        }
    }

    /** The group's log has entries up to there. */
    record GroupNews(MessageId id, Place place) implements InGroup {}

    /** A file for all members. Its id is the file's, and the same for all of them. */
    record GroupFile(MessageId id, Place place, FileOffer offer) implements InGroup {}

    /** What is said of a file between the one who sends it and one who gets it. */
    sealed interface OfFile extends Content permits File, Piece, FileState {
        MessageId file();
    }

    /** Its id is the file's. */
    record File(MessageId id, FileOffer offer) implements OfFile {
        @Override
        public MessageId file() {
            return id;
        }
    }

    /**
     * Some bytes of a file that comes in pieces. Prints without them.
     *
     * @param index 0 for the first
     * @param bytes {@value #BYTES_MAX} of them, in the last piece 1 or more
     */
    record Piece(MessageId id, MessageId file, int index, ByteString bytes) implements OfFile {
        public static final int BYTES_MAX = 60 << 10;

        /** @throws IllegalArgumentException if one of them does not fit its field, or no file has such a piece */
        public Piece {
            if (bytes.isEmpty() || bytes.size() > BYTES_MAX)
                throw new IllegalArgumentException(
                        "a piece of %d bytes, expected 1 to %d".formatted(bytes.size(), BYTES_MAX));
            if (index < 0 || index >= FileOffer.PIECES_MAX)
                throw new IllegalArgumentException(
                        "piece %d, expected 0 to %d".formatted(index, FileOffer.PIECES_MAX - 1));
            bytes = bytes.compact();
        }

        @Override
        public String toString() {
            return "Piece[%s, %s, %d]".formatted(id, file, index);
        }
    }

    /** How it is with a file, at whoever says it. */
    record FileState(MessageId id, MessageId file, State state) implements OfFile {
        public enum State {
            /** The receiver has it whole, on disk, under its name. */
            DONE,
            /** The receiver does not want it. */
            DECLINED,
            /** The receiver has no room; it goes on by itself when there is. */
            NO_ROOM,
            /** The receiver wants it, now. */
            READY,
            /** The sender took it back. */
            CANCELLED,
            /** The sender's source is another or gone: nothing of it is delivered. */
            CHANGED,
            /** The sender waits at the registry's relay. */
            RELAYED,
            /** The receiver could not keep it: its disk failed, or what came is not what was offered. */
            FAILED
        }
    }

    /** Of a later version, or of a part that we do not have: acknowledged, kept out of sight, named to the user. */
    record Unknown(MessageId id, int kind, ByteString body) implements Content {
        @Override
        public String toString() {
            return "Unknown[%s, kind %d]".formatted(id, kind);
        }
    }

    private static <T> List<T> counted(List<T> entries) {
        if (entries.isEmpty() || entries.size() > IDS_MAX)
            throw new IllegalArgumentException("%d ids, expected 1 to %d".formatted(entries.size(), IDS_MAX));
        return List.copyOf(entries);
    }
}
