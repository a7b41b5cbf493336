package parley.messages.classic;

import java.math.BigInteger;
import org.apache.pekko.util.ByteString;
import parley.messages.name.BadName;
import parley.messages.name.GroupName;
import parley.messages.name.UserName;

/**
 * What peers say to each other, to bytes and back.
 *
 * <pre>
 *   PublicValue   dhk:DECIMAL
 *   Text          NAME:client_sending:False::LENGTH:HEX     NAME:group_sending:False::LENGTH:HEX
 *   FileOffer     NAME:client_sending:True:PATH             NAME:group_sending:True:PATH
 *   Chunk         HEX          Iv   8 raw bytes             Word   send_iv  confirm  ack
 * </pre>
 */
public final class PeerCodec {
    /** Digits of the largest value below the 3072-bit prime. */
    public static final int DIGITS_MAX = 925;
    /** Bytes of a file in one chunk; a classic reader takes twice as many hex digits at once. */
    public static final int CHUNK_BYTES_MAX = 1024;
    /** Bytes a classic reader takes of a text, its header included. */
    public static final int TEXT_MESSAGE_BYTES_MAX = 1024;

    public static final int IV_BYTES = 8;

    static final String DHK = "dhk:";
    private static final ByteString DHK_BYTES = ByteString.fromString(DHK);
    static final String CLIENT = "client_sending";
    static final String GROUP = "group_sending";
    private static final String TEXT = "False";
    private static final String FILE = "True";

    public static ByteString encode(PeerMessage message) {
        return switch (message) {
            case PeerMessage.PublicValue(var value) -> ByteString.fromString(DHK + value);
            case PeerMessage.Text(var from, var length, var hex) ->
                ByteString.fromString("%s:%s::%d:".formatted(origin(from), TEXT, length))
                        .concat(hex);
            case PeerMessage.FileOffer(var from, var path) ->
                ByteString.fromString("%s:%s:%s".formatted(origin(from), FILE, path));
            case PeerMessage.Chunk(var hex) -> hex;
            case PeerMessage.Iv(var bytes) -> bytes;
            case PeerMessage.Word word -> word.bytes();
        };
    }

    /** Bytes that a text's header takes, for whoever cuts a long text into pieces. */
    public static int headerBytes(Origin from, int length) {
        return encode(new PeerMessage.Text(from, length, ByteString.emptyByteString()))
                .size();
    }

    /** Whether it means to be one; {@link #decodePublicValue} says whether it is. */
    public static boolean isPublicValue(ByteString bytes) {
        return bytes.take(DHK.length()).utf8String().equals(DHK);
    }

    /** @throws MalformedMessage unless it is {@code dhk:} and 1 to {@link #DIGITS_MAX} decimal digits */
    public static PeerMessage.PublicValue decodePublicValue(ByteString bytes) {
        var line = bytes.utf8String();
        if (!line.startsWith(DHK)) throw new MalformedMessage("no public value");
        int digits = line.length() - DHK.length();
        if (digits < 1 || digits > DIGITS_MAX)
            throw new MalformedMessage("a public value of %d digits".formatted(digits));
        for (int i = DHK.length(); i < line.length(); i++) {
            if (!isDigit(line.charAt(i))) throw new MalformedMessage("a public value with a non-digit");
        }
        return new PeerMessage.PublicValue(new BigInteger(line.substring(DHK.length())));
    }

    /**
     * The first message of a link: a {@link PeerMessage.PublicValue}, or a group's header.
     *
     * @throws MalformedMessage if it is neither
     */
    public static PeerMessage decodeOpening(ByteString bytes) {
        return opensWithPublicValue(bytes) ? decodePublicValue(bytes) : decodeHeader(bytes);
    }

    /** A header may begin like a public value too, if it is of a group called dhk; a digit tells them apart. */
    static boolean opensWithPublicValue(ByteString held) {
        if (!held.startsWith(DHK_BYTES, 0)) return false;
        return held.size() == DHK_BYTES.size() || isDigit(held.apply(DHK_BYTES.size()));
    }

    /**
     * The first thing a sender says of a text or a file.
     *
     * @throws MalformedMessage if it is neither
     */
    public static PeerMessage decodeHeader(ByteString bytes) {
        var line = bytes.utf8String();
        var fields = line.split(":", 4);
        if (fields.length < 4) throw new MalformedMessage("a header of %d fields".formatted(fields.length));
        var from = origin(fields[0], fields[1]);
        return switch (fields[2]) {
            case TEXT -> text(from, fields[3]);
            case FILE -> {
                if (fields[3].isEmpty()) throw new MalformedMessage("a file without a name");
                yield new PeerMessage.FileOffer(from, fields[3]);
            }
            default -> throw new MalformedMessage("a header that is neither text nor file");
        };
    }

    /** @param rest {@code :LENGTH:HEX} */
    private static PeerMessage.Text text(Origin from, String rest) {
        int colon = rest.indexOf(':', 1);
        if (!rest.startsWith(":") || colon < 0) throw new MalformedMessage("a text without its length");
        var hex = rest.substring(colon + 1);
        if (hex.length() % 2 != 0 || !isHex(hex)) throw new MalformedMessage("a text that is not hex");
        int length = Decimal.parse(rest.substring(1, colon), Expected.MESSAGE_BYTES_MAX, "a text's length");
        return new PeerMessage.Text(from, length, ByteString.fromString(hex));
    }

    /** @throws MalformedMessage unless it is an even number of hex digits, at least one byte's, at most a chunk's */
    public static PeerMessage.Chunk decodeChunk(ByteString bytes) {
        if (bytes.isEmpty() || bytes.size() > 2 * CHUNK_BYTES_MAX || bytes.size() % 2 != 0) {
            throw new MalformedMessage("a chunk of %d hex digits".formatted(bytes.size()));
        }
        for (int i = 0; i < bytes.size(); i++) {
            if (!isHexDigit(bytes.apply(i))) throw new MalformedMessage("a chunk that is not hex");
        }
        return new PeerMessage.Chunk(bytes);
    }

    /** @throws MalformedMessage unless it is {@code expected} */
    public static PeerMessage.Word decodeWord(PeerMessage.Word expected, ByteString bytes) {
        if (!expected.bytes().equals(bytes)) {
            throw new MalformedMessage("%d bytes instead of %s"
                    .formatted(bytes.size(), expected.bytes().utf8String()));
        }
        return expected;
    }

    private static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }

    static boolean isHexDigit(int c) {
        return isDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
    }

    private static boolean isHex(String text) {
        return text.chars().allMatch(PeerCodec::isHexDigit);
    }

    private static String origin(Origin from) {
        return switch (from) {
            case Origin.User(var name) -> name + ":" + CLIENT;
            case Origin.Group(var name) -> name + ":" + GROUP;
        };
    }

    private static Origin origin(String name, String sending) {
        try {
            return switch (sending) {
                case CLIENT -> new Origin.User(new UserName(name));
                case GROUP -> new Origin.Group(new GroupName(name));
                default -> throw new MalformedMessage("a header that is neither of a client nor of a group");
            };
        } catch (BadName bad) {
            throw new MalformedMessage("a sender whose name is not allowed");
        }
    }

    private PeerCodec() {}
}
