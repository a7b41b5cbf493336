package parley.messages.wire;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * Frames out of any bytes: refused as {@link MalformedFrame} or read, the same however they are cut, and written again
 * as they came. Jazzer calls {@code fuzzerTestOneInput} by this name.
 */
public final class FrameFuzzTarget {
    /** What came out of a connection until it was refused, or not. */
    private record Came(List<Frame> frames, @Nullable String refusal) {}

    public static void fuzzerTestOneInput(byte[] input) {
        var bytes = ByteString.fromArray(input);
        var whole = read(List.of(bytes));
        var random = new Seeded(Arrays.hashCode(input)).random;
        var pieces = new ArrayList<ByteString>();
        for (int at = 0, next; at < bytes.size(); at = next) {
            next = at + 1 + random.nextInt(64);
            pieces.add(bytes.slice(at, next));
        }
        if (!whole.equals(read(pieces))) throw new AssertionError("cuts matter: " + whole);
        var again = whole.frames().stream()
                .map(FrameCodec::encode)
                .reduce(ByteString.emptyByteString(), ByteString::concat);
        if (!bytes.take(again.size()).equals(again)) throw new AssertionError("written otherwise: " + whole);
    }

    private static Came read(List<ByteString> pieces) {
        var framer = new FrameFramer();
        var frames = new ArrayList<Frame>();
        try {
            for (var piece : pieces) {
                framer.add(piece);
                for (var next = framer.next(); next != null; next = framer.next()) frames.add(next);
            }
            return new Came(frames, null);
        } catch (MalformedFrame refused) {
            return new Came(frames, refused.getMessage());
        }
    }

    private FrameFuzzTarget() {}
}
