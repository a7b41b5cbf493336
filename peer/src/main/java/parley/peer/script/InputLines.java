package parley.peer.script;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Lines of UTF-8 from a stream, of which none can take more memory than {@value #LINE_BYTES_MAX} bytes. */
final class InputLines {
    /** Four times the longest text. A pipe of binary data may hold no line end at all. */
    static final int LINE_BYTES_MAX = 256 * 1024;

    /** @param text without its line end; empty if the line was {@code tooLong} */
    record Line(String text, boolean tooLong) {}

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
        if (tooLong) return Optional.of(new Line("", true));
        var text = bytes.toString(StandardCharsets.UTF_8);
        return Optional.of(new Line(text.endsWith("\r") ? text.substring(0, text.length() - 1) : text, false));
    }
}
