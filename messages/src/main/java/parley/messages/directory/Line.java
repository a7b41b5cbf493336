package parley.messages.directory;

import java.util.Base64;
import java.util.Collection;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.stream.Collectors;
import org.apache.pekko.util.ByteString;

/** Writes a line; what {@link Words} reads. Mutable and short-lived: it never leaves the method that made it. */
final class Line {
    private final StringJoiner words = new StringJoiner(" ", "", "\n");

    Line word(Object word) {
        words.add(word.toString());
        return this;
    }

    Line orNone(Optional<?> word) {
        return word(word.isPresent() ? word.get() : Words.NONE);
    }

    Line binary(ByteString bytes) {
        return word(
                bytes.isEmpty()
                        ? Words.NONE
                        : Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.toArrayUnsafe()));
    }

    Line list(Collection<?> words) {
        return word(
                words.isEmpty()
                        ? Words.NONE
                        : words.stream().map(Object::toString).collect(Collectors.joining(",")));
    }

    /** @throws IllegalArgumentException if no line can be that long */
    ByteString end() {
        var line = ByteString.fromString(words.toString());
        if (line.size() > Limits.LINE_BYTES_MAX)
            throw new IllegalArgumentException("a line of %d bytes".formatted(line.size()));
        return line;
    }
}
