package parley.messages.identity;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.apache.pekko.util.ByteString;

/**
 * What everything signed or derived begins with, so that no value made for one purpose or one registry can serve
 * another.
 *
 * <pre>
 *   parley/1/PURPOSE   00   registry's id
 *   ASCII              1    16 bytes
 * </pre>
 *
 * No purpose holds a zero byte, hence no label is the beginning of another.
 */
public final class Label {
    private static final String PROTOCOL = "parley/1/";
    private static final Pattern PURPOSE = Pattern.compile("[a-z][a-z0-9-]{0,30}");

    /** @throws IllegalArgumentException if {@code purpose} is not 1 to 31 of {@code a-z 0-9 -} with a letter first */
    public static ByteString of(String purpose, RegistryId registry) {
        if (!PURPOSE.matcher(purpose).matches()) throw new IllegalArgumentException("no purpose: " + purpose);
        return ByteString.fromArrayUnsafe((PROTOCOL + purpose + '\0').getBytes(StandardCharsets.US_ASCII))
                .concat(registry.bytes())
                .compact();
    }

    /** SHA-256 over the label of {@code purpose}, then {@code bytes}. */
    public static ByteString hash(String purpose, RegistryId registry, ByteString bytes) {
        return Octets.sha256(of(purpose, registry), bytes);
    }

    private Label() {}
}
