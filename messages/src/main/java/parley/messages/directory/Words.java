package parley.messages.directory;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.apache.pekko.util.ByteString;
import parley.messages.field.MalformedFields;
import parley.messages.identity.BadKey;
import parley.messages.name.BadName;
import parley.messages.name.GroupName;
import parley.messages.name.PeerAddress;
import parley.messages.name.UserName;

/**
 * The words of one line, read one after the other. Each has one spelling: what reads as the same value looks the same.
 * Mutable and short-lived: it never leaves the method that made it.
 *
 * <p>All methods throw {@link MalformedLine} if the next word is not what was asked for.
 */
final class Words {
    /** For what is empty, or is nobody, or is nowhere. */
    static final String NONE = "-";

    private static final Pattern NUMBER = Pattern.compile("0|[1-9][0-9]{0,18}");

    private final String line;
    private int at;

    static Words of(ByteString line) {
        try {
            var decoder = StandardCharsets.UTF_8.newDecoder();
            return new Words(
                    decoder.decode(ByteBuffer.wrap(line.toArrayUnsafe())).toString());
        } catch (CharacterCodingException other) {
            throw new MalformedLine("expected UTF-8");
        }
    }

    private Words(String line) {
        this.line = line;
    }

    boolean atEnd() {
        return at > line.length();
    }

    String next(String what) {
        if (atEnd()) throw new MalformedLine("expected %s, found the end of the line".formatted(what));
        int blank = line.indexOf(' ', at);
        int end = blank < 0 ? line.length() : blank;
        if (end == at) throw new MalformedLine("expected %s, found a blank too many".formatted(what));
        var word = line.substring(at, end);
        at = end + 1;
        return word;
    }

    /** All that is left, blanks and all. */
    String rest() {
        var rest = atEnd() ? "" : line.substring(at);
        at = line.length() + 1;
        return rest;
    }

    void end() {
        if (!atEnd()) throw new MalformedLine("expected the end of the line, found more");
    }

    UserName name() {
        return name(next("a name"));
    }

    SortedSet<UserName> names() {
        return Collections.unmodifiableSortedSet(new TreeSet<>(list("names", Words::name)));
    }

    GroupName group() {
        return group(next("a group's name"));
    }

    /** Each as {@code NAME:MEMBERS}. */
    List<Reply.Listed> groups() {
        return List.copyOf(list("groups", word -> {
            int colon = word.indexOf(':');
            if (colon < 0) throw new MalformedLine("expected a group's name, a colon and a number");
            int members = (int) number(word.substring(colon + 1), Integer.MAX_VALUE);
            return new Reply.Listed(group(word.substring(0, colon)), members);
        }));
    }

    Optional<PeerAddress> address() {
        var word = next("an address");
        try {
            return word.equals(NONE) ? Optional.empty() : Optional.of(PeerAddress.parse(word));
        } catch (BadName bad) {
            throw new MalformedLine(bad.why());
        }
    }

    int count() {
        return (int) number(next("a number"), Integer.MAX_VALUE);
    }

    long number() {
        return number(next("a number"), Long.MAX_VALUE);
    }

    List<Long> numbers() {
        return list("numbers", word -> number(word, Long.MAX_VALUE));
    }

    /** No more than {@code bytesMax}, which is held against the word before anything is made of it. */
    ByteString binary(String what, int bytesMax) {
        var word = next(what);
        if (word.equals(NONE)) return ByteString.emptyByteString();
        if (word.length() * 3L / 4 > bytesMax)
            throw new MalformedLine("expected %s of at most %d bytes".formatted(what, bytesMax));
        try {
            var bytes = Base64.getUrlDecoder().decode(word);
            if (isSpelling(word, bytes)) return ByteString.fromArrayUnsafe(bytes);
        } catch (IllegalArgumentException other) {
            // Other characters are as wrong as other spellings.
        }
        throw new MalformedLine("expected %s in base64url without padding".formatted(what));
    }

    /** Binary that means something. */
    <T> T binary(String what, int bytesMax, Function<ByteString, T> decode) {
        var bytes = binary(what, bytesMax);
        try {
            return decode.apply(bytes);
        } catch (MalformedFields | BadKey malformed) {
            throw new MalformedLine("expected %s, found %s".formatted(what, malformed.getMessage()));
        }
    }

    /** Java's decoder takes padding, and bits that mean nothing, whatever they are. */
    private static boolean isSpelling(String word, byte[] bytes) {
        if (word.length() != (bytes.length * 8 + 5) / 6) return false;
        var last = Arrays.copyOfRange(bytes, bytes.length - bytes.length % 3, bytes.length);
        return word.endsWith(Base64.getUrlEncoder().withoutPadding().encodeToString(last));
    }

    private <T> List<T> list(String what, Function<String, T> element) {
        var word = next(what);
        var all = new ArrayList<T>();
        if (word.equals(NONE)) return all;
        for (int from = 0; from <= word.length(); ) {
            if (all.size() == Limits.LIST_MAX)
                throw new MalformedLine("expected at most %d %s".formatted(Limits.LIST_MAX, what));
            int comma = word.indexOf(',', from);
            int end = comma < 0 ? word.length() : comma;
            all.add(element.apply(word.substring(from, end)));
            from = end + 1;
        }
        return all;
    }

    /** As §1 has it: {@link UserName} itself would fold upper case, which is malformed here. */
    private static UserName name(String word) {
        try {
            var name = new UserName(word);
            if (name.text().equals(word)) return name;
            throw new MalformedLine("expected a name in lower case");
        } catch (BadName bad) {
            throw new MalformedLine(bad.why());
        }
    }

    private static GroupName group(String word) {
        try {
            var name = new GroupName(word);
            if (name.text().equals(word)) return name;
            throw new MalformedLine("expected a group's name in lower case");
        } catch (BadName bad) {
            throw new MalformedLine(bad.why());
        }
    }

    private static long number(String word, long max) {
        if (NUMBER.matcher(word).matches()) {
            try {
                long value = Long.parseLong(word);
                if (value <= max) return value;
            } catch (NumberFormatException tooLarge) {
                // Of nineteen digits not all fit.
            }
        }
        throw new MalformedLine("expected a number of 0 to %d".formatted(max));
    }
}
