package parley.messages.classic;

import org.apache.pekko.util.ByteString;

/**
 * The IV of a text or of a file's last chunk, and the hex digits that may come before it. A text may look whole before its last digits have
 * come, and we have asked for the IV by then; so whatever is hex before the last eight bytes still belongs to it.
 *
 * <pre>
 *   bob:client_sending:False::5:0123456789 | 012345 | IV       padded to 8 characters, cut after the fifth
 *   `---------- taken for whole ---------´  `late´
 * </pre>
 */
public final class LateIv {
    public static Expected.Patience patience(ByteString held) {
        if (held.size() > Expected.MESSAGE_BYTES_MAX) return Expected.Patience.TOO_LONG;
        // Eight bytes that begin like a late byte may be that and the first part of an IV; one IV in 135 does.
        return held.size() == PeerCodec.IV_BYTES && hexDigits(held) < 2
                ? Expected.Patience.WHOLE
                : Expected.Patience.QUIET;
    }

    /**
     * Whether only late digits have come and the IV is still on its way, after the quiet period too: it comes a round
     * trip after we asked. An IV of hex digits alone happens once in 3 x 10^8 texts; it is taken for digits, and the text is
     * lost to the link's time limit rather than shown as rubbish.
     */
    public static boolean stillToCome(ByteString held) {
        return hexDigits(held) == held.size();
    }

    /**
     * The text with its late digits.
     *
     * @throws MalformedMessage if what comes before the last eight bytes is no whole bytes of hex, or there are no eight
     */
    public static PeerMessage.Text complete(PeerMessage.Text text, ByteString held) {
        return new PeerMessage.Text(text.from(), text.length(), text.hex().concat(lateDigits(held)));
    }

    /**
     * The chunk with its late digits; a chunk that looked like a file's short last one may be the beginning of another.
     *
     * @throws MalformedMessage if what comes before the last eight bytes is not hex, there are no eight, or the chunk is
     *     too long
     */
    public static PeerMessage.Chunk complete(PeerMessage.Chunk chunk, ByteString held) {
        return PeerCodec.decodeChunk(chunk.hex().concat(lateDigits(held)).compact());
    }

    private static ByteString lateDigits(ByteString held) {
        int late = held.size() - PeerCodec.IV_BYTES;
        if (late < 0 || late % 2 != 0 || hexDigits(held) < late) {
            throw new MalformedMessage("an IV of %d bytes".formatted(held.size()));
        }
        return held.take(late);
    }

    /** @throws MalformedMessage if there are fewer than eight bytes */
    public static PeerMessage.Iv iv(ByteString held) {
        return new PeerMessage.Iv(held.takeRight(PeerCodec.IV_BYTES));
    }

    /** Leading hex digits. */
    private static int hexDigits(ByteString held) {
        int n = 0;
        while (n < held.size() && PeerCodec.isHexDigit(held.apply(n))) n++;
        return n;
    }

    private LateIv() {}
}
