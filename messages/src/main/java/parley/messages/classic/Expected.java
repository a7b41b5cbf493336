package parley.messages.classic;

import org.apache.pekko.util.ByteString;

/**
 * What a link waits for, and whether what has come is the whole of it. Nothing in the protocol marks an end, so the
 * answer is how long to go on listening.
 */
public enum Expected {
    /** Either side's {@code dhk:}. */
    PUBLIC_VALUE {
        @Override
        public Patience patience(ByteString held) {
            int digits = held.size() - PeerCodec.DHK.length();
            if (digits > PeerCodec.DIGITS_MAX) return Patience.TOO_LONG;
            if (digits == PeerCodec.DIGITS_MAX) return Patience.WHOLE;
            return digits >= DIGITS_LIKELY ? Patience.BRIEF : Patience.QUIET;
        }
    },
    /** The first message of a link: a public value, or a group's header. */
    OPENING {
        @Override
        public Patience patience(ByteString held) {
            return PeerCodec.opensWithPublicValue(held) ? PUBLIC_VALUE.patience(held) : HEADER.patience(held);
        }
    },
    /** The header of a text or a file. */
    HEADER {
        @Override
        public Patience patience(ByteString held) {
            if (held.size() > MESSAGE_BYTES_MAX) return Patience.TOO_LONG;
            return TextShape.looksWhole(held) ? Patience.WHOLE : Patience.QUIET;
        }
    },
    /** The IV of a chunk; that of a text is {@link LateIv}'s. */
    IV {
        @Override
        public Patience patience(ByteString held) {
            if (held.size() > PeerCodec.IV_BYTES) return Patience.TOO_LONG;
            return held.size() == PeerCodec.IV_BYTES ? Patience.WHOLE : Patience.QUIET;
        }
    },
    CHUNK {
        @Override
        public Patience patience(ByteString held) {
            int digits = 2 * PeerCodec.CHUNK_BYTES_MAX;
            if (held.size() > digits) return Patience.TOO_LONG;
            return held.size() == digits ? Patience.WHOLE : Patience.QUIET;
        }
    },
    /** {@code send_iv}, {@code confirm} or {@code ack}. */
    WORD {
        @Override
        public Patience patience(ByteString held) {
            for (var word : PeerMessage.Word.values()) if (word.bytes().equals(held)) return Patience.WHOLE;
            return held.size() > WORD_BYTES_MAX ? Patience.TOO_LONG : Patience.QUIET;
        }
    };

    /** How long to listen for more before what is held counts as a message. */
    public enum Patience {
        WHOLE,
        /** A quarter of the quiet period: it is most likely whole, and waiting costs each message. */
        BRIEF,
        QUIET,
        /** More than this message can ever have: refuse it. */
        TOO_LONG
    }

    /** Bytes. More without an end is refused. */
    public static final int MESSAGE_BYTES_MAX = 4096;

    /** Digits. A random value is shorter once in 10^25; one that is not yet this long is still arriving. */
    private static final int DIGITS_LIKELY = 900;

    private static final int WORD_BYTES_MAX = "confirm".length();

    public abstract Patience patience(ByteString held);
}
