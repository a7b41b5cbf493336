package parley.peer.script;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Lines of UTF-8 from a stream, of which none can take more memory than {@value #LINE_BYTES_MAX} bytes. */
final class InputLines {
    /** Four times the longest text. A pipe of binary data may hold no line end at all. */
    static final int LINE_BYTES_MAX = 256 * 1024;

    sealed interface Line {}

    /** @param text without its line end */
    record Text(String text) implements Line {
        @Override
        public String toString() {
            return "redacted";
        }
    }

    /** @param why with what was expected */
    record Unreadable(String why) implements Line {}

    private final InputStream in;

    private InputLines(InputStream in) {
        this.in = in;
    }

    static InputLines of(InputStream in) {
        return new InputLines(new BufferedInputStream(in));
    }

    /** @return empty at the end of input */
    Optional<Line> next() throws IOException {
        var bytes = new ByteArrayOutputStream();
        boolean any = false;
        boolean tooLong = false;
        for (int next = in.read(); next >= 0; next = in.read()) {
            any = true;
            if (next == '\n') break;
            if (bytes.size() < LINE_BYTES_MAX) bytes.write(next);
            else tooLong = true;
        }
        if (!any) return Optional.empty();
        if (tooLong) {
            var why = "Line too long, expected at most %d bytes".formatted(LINE_BYTES_MAX);
            return Optional.of(new Unreadable(why));
        }
        return Optional.of(line(bytes.toByteArray()));
    }

    /** What is no UTF-8 would arrive as something else than what was written. */
    private static Line line(byte[] bytes) {
        try {
            var text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return new Text(text.endsWith("\r") ? text.substring(0, text.length() - 1) : text);
        } catch (CharacterCodingException broken) {
            return new Unreadable("Line is no UTF-8, expected text in UTF-8");
        }
    }
}
