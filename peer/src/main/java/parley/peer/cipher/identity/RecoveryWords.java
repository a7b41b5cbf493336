package parley.peer.cipher.identity;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import parley.peer.cipher.primitive.Secret;

/**
 * A recovery key as words that a person can write down: BIP-39 with its English list, for 256 bits.
 *
 * <pre>
 *   32 bytes || first byte of their SHA-256 = 264 bits = 24 words of 11 bits
 * </pre>
 *
 * No two words of the list share their first four letters, so four are enough to type.
 */
public final class RecoveryWords {
    static final int WORDS = 24;
    private static final int BITS = 11;
    private static final int PREFIX = 4;

    private static final List<String> LIST = list();
    private static final Map<String, Integer> BY_PREFIX = byPrefix();

    /** What {@link #read} answers. */
    public sealed interface Reading {}

    public record Good(Secret secret) implements Reading {}

    /** @param why what was found and what was expected, without any of the words */
    public record Bad(String why) implements Reading {}

    public static String of(Secret secret) {
        var bytes = checked(secret.unsafeBytes());
        var words = new ArrayList<String>(WORDS);
        for (int word = 0; word < WORDS; word++) {
            int index = 0;
            for (int bit = word * BITS; bit < (word + 1) * BITS; bit++)
                index = (index << 1) | ((bytes[bit / 8] >> (7 - bit % 8)) & 1);
            words.add(LIST.get(index));
        }
        Secret.wipe(bytes);
        return String.join(" ", words);
    }

    /** @param typed words with any blanks between them, in any case */
    public static Reading read(String typed) {
        var words = typed.strip().toLowerCase(Locale.ROOT).split("\\s+");
        if (words.length != WORDS)
            return new Bad("%d words, expected the %d that were shown at sign-up".formatted(words.length, WORDS));
        var bytes = new byte[WORDS * BITS / 8];
        for (int word = 0; word < WORDS; word++) {
            var index = BY_PREFIX.get(prefix(words[word]));
            if (index == null || !LIST.get(index).startsWith(words[word]))
                return new Bad("Word %d is none of the list, expected the %d that were shown at sign-up"
                        .formatted(word + 1, WORDS));
            for (int i = 0; i < BITS; i++) {
                int bit = word * BITS + i;
                bytes[bit / 8] |= (byte) ((index >> (BITS - 1 - i) & 1) << (7 - bit % 8));
            }
        }
        var secret = Arrays.copyOf(bytes, Secret.BYTES);
        boolean same = MessageDigest.isEqual(bytes, checked(secret));
        Secret.wipe(bytes);
        if (!same) return new Bad("The words don't fit together: one is wrong, or two are exchanged");
        return new Good(Secret.of(secret));
    }

    private static byte[] checked(byte[] secret) {
        var bytes = Arrays.copyOf(secret, Secret.BYTES + 1);
        bytes[Secret.BYTES] = sha256(secret)[0];
        return bytes;
    }

    private static String prefix(String word) {
        return word.substring(0, Math.min(PREFIX, word.length()));
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException never) {
            throw new IllegalStateException("every Java has SHA-256", never);
        }
    }

    private static Map<String, Integer> byPrefix() {
        var byPrefix = new HashMap<String, Integer>();
        for (int i = 0; i < LIST.size(); i++) byPrefix.put(prefix(LIST.get(i)), i);
        return Map.copyOf(byPrefix);
    }

    private static List<String> list() {
        try (var in = RecoveryWords.class.getResourceAsStream("bip39-english.txt")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), US_ASCII)
                    .lines()
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException("the list of words", unreadable);
        }
    }

    private RecoveryWords() {}
}
