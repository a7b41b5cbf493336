package parley.peer.transfer;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import org.apache.pekko.util.ByteString;

/** What the first bytes of a file look like. For a screen only: nothing is opened, run or chosen by it. */
public final class MediaType {
    /** Bytes. All that is looked at. */
    public static final int BYTES_MAX = 512;

    private static final String NOTHING_KNOWN = "application/octet-stream";
    private static final String TEXT = "text/plain";

    /** The longest character of UTF-8 but one byte: so much may be cut off at the end. */
    private static final int CUT_MAX = 3;

    private static final Map<String, String> BEGINNINGS = Map.ofEntries(
            Map.entry("89504e470d0a1a0a", "image/png"),
            Map.entry("ffd8ff", "image/jpeg"),
            Map.entry("474946383761", "image/gif"),
            Map.entry("474946383961", "image/gif"),
            Map.entry("255044462d", "application/pdf"),
            Map.entry("504b0304", "application/zip"),
            Map.entry("1f8b", "application/gzip"),
            Map.entry("425a68", "application/x-bzip2"),
            Map.entry("fd377a585a00", "application/x-xz"),
            Map.entry("28b52ffd", "application/zstd"),
            Map.entry("377abcaf271c", "application/x-7z-compressed"),
            Map.entry("7f454c46", "application/x-executable"),
            Map.entry("4f676753", "audio/ogg"),
            Map.entry("494433", "audio/mpeg"),
            Map.entry("664c6143", "audio/flac"),
            Map.entry("1a45dfa3", "video/webm"));

    /** @param beginning the first {@value #BYTES_MAX} bytes, or all there are */
    public static String of(ByteString beginning) {
        var bytes = beginning.toArrayUnsafe();
        var hex = HexFormat.of().formatHex(bytes, 0, Math.min(bytes.length, 8));
        return BEGINNINGS.entrySet().stream()
                .filter(known -> hex.startsWith(known.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElseGet(() -> boxed(bytes));
    }

    private static String boxed(byte[] bytes) {
        if (has(bytes, 0, "RIFF") && has(bytes, 8, "WEBP")) return "image/webp";
        if (has(bytes, 0, "RIFF") && has(bytes, 8, "WAVE")) return "audio/wav";
        if (has(bytes, 4, "ftyp")) return "video/mp4";
        return isText(bytes) ? TEXT : NOTHING_KNOWN;
    }

    private static boolean has(byte[] bytes, int at, String ascii) {
        var there = ascii.getBytes(StandardCharsets.US_ASCII);
        return bytes.length >= at + there.length && Arrays.equals(bytes, at, at + there.length, there, 0, there.length);
    }

    private static boolean isText(byte[] bytes) {
        if (bytes.length == 0) return false;
        for (byte b : bytes) if (b >= 0 && b < ' ' && b != '\n' && b != '\r' && b != '\t' && b != '\f') return false;
        for (int cut = 0; cut <= Math.min(CUT_MAX, bytes.length - 1); cut++)
            if (isWhole(ByteBuffer.wrap(bytes, 0, bytes.length - cut))) return true;
        return false;
    }

    private static boolean isWhole(ByteBuffer text) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(text);
            return true;
        } catch (CharacterCodingException binary) {
            return false;
        }
    }

    private MediaType() {}
}
