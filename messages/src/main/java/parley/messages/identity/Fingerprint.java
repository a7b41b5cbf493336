package parley.messages.identity;

import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.pekko.util.ByteString;

/** How people write a key that they compare or hand on: base64url without padding, 43 characters. */
public final class Fingerprint {
    private static final Pattern SHAPE = Pattern.compile("[A-Za-z0-9_-]{43}");

    public static String of(IdentityKey key) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(key.bytes().toArrayUnsafe());
    }

    /** Whether it is written like one; about half of those are of no key. */
    public static boolean looksLikeOne(String text) {
        return SHAPE.matcher(text).matches();
    }

    /** Empty if {@code text} is no fingerprint, or that of no key. */
    public static Optional<IdentityKey> parse(String text) {
        if (!looksLikeOne(text)) return Optional.empty();
        try {
            var key = new IdentityKey(
                    ByteString.fromArrayUnsafe(Base64.getUrlDecoder().decode(text)));
            // The last character has bits that mean nothing: only one of its spellings is one.
            return Optional.of(key).filter(read -> of(read).equals(text));
        } catch (BadKey none) {
            return Optional.empty();
        }
    }

    private Fingerprint() {}
}
