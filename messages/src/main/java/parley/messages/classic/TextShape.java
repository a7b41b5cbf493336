package parley.messages.classic;

import org.apache.pekko.util.ByteString;

/** Whether the bytes of a text's header show that its last hex digit has come. */
final class TextShape {
    /** Characters. Classic senders pad to a multiple of this many. */
    private static final int PADDING = 8;

    private static final ByteString CLIENT_TEXT = ByteString.fromString(":client_sending:False::");
    private static final ByteString GROUP_TEXT = ByteString.fromString(":group_sending:False::");

    /** Names have at most this many bytes, so the mark of a text stands no later. */
    private static final int NAME_BYTES_MAX = 32;

    /**
     * True at 2 x length digits (ours) and at 2 x (length rounded up to a multiple of 8) digits (a classic sender's). The
     * first may be a cut of the second or of a text that is not ASCII: {@link LateIv} takes what comes late.
     */
    static boolean looksWhole(ByteString held) {
        int mark = markEnd(held);
        if (mark < 0) return false;
        int length = 0;
        int at = mark;
        for (; at < held.size() && held.apply(at) != ':'; at++) {
            int digit = held.apply(at) - '0';
            if (digit < 0 || digit > 9 || length > Expected.MESSAGE_BYTES_MAX) return false;
            length = 10 * length + digit;
        }
        if (at == mark || at == held.size()) return false;
        int digits = held.size() - at - 1;
        return digits == 2 * length || digits == 2 * padded(length);
    }

    private static int padded(int length) {
        return (length + PADDING - 1) / PADDING * PADDING;
    }

    private static int markEnd(ByteString held) {
        int colon = held.indexOf((byte) ':');
        if (colon < 0 || colon > NAME_BYTES_MAX) return -1;
        for (var mark : new ByteString[] {CLIENT_TEXT, GROUP_TEXT}) {
            if (held.slice(colon, colon + mark.size()).equals(mark)) return colon + mark.size();
        }
        return -1;
    }

    private TextShape() {}
}
