package parley.peer.cipher.identity;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.regex.Pattern;
import parley.messages.field.FieldWriter;
import parley.messages.identity.IdentityKey;
import parley.messages.identity.Label;
import parley.messages.identity.RegistryId;
import parley.messages.name.UserName;

/**
 * Sixty digits that are the same on both sides exactly if nobody stands between them; docs/PROTOCOL.md §6. Two people
 * read them to each other. Each side contributes thirty digits, of its own name and key; the smaller thirty come first.
 *
 * @param digits sixty of them
 */
public record SafetyNumber(String digits) {
    /** As Signal: whoever searches for a key with the same digits pays this for every attempt. */
    static final int ITERATIONS = 5_200;

    private static final Pattern SIXTY = Pattern.compile("[0-9]{60}");
    private static final int GROUPS = 6;
    private static final int GROUP_BYTES = 5;
    private static final long GROUP_MODULUS = 100_000;

    /** @throws IllegalArgumentException unless there are sixty digits */
    public SafetyNumber {
        if (!SIXTY.matcher(digits).matches()) throw new IllegalArgumentException("expected 60 digits");
    }

    public static SafetyNumber of(
            RegistryId registry, UserName one, IdentityKey keyOfOne, UserName other, IdentityKey keyOfOther) {
        var first = half(registry, one, keyOfOne);
        var second = half(registry, other, keyOfOther);
        return new SafetyNumber(first.compareTo(second) <= 0 ? first + second : second + first);
    }

    /** Twelve groups of five, as one reads them aloud. */
    public String spaced() {
        return digits.replaceAll("([0-9]{5})(?!$)", "$1 ");
    }

    private static String half(RegistryId registry, UserName name, IdentityKey key) {
        var sha512 = sha512();
        var keyBytes = key.bytes().toArrayUnsafe();
        var hash = new FieldWriter()
                .bytes(Label.of("safety-number", registry))
                .ascii(name.text())
                .bytes(keyBytes)
                .toBytes();
        for (int i = 0; i < ITERATIONS; i++) {
            sha512.update(hash);
            hash = sha512.digest(keyBytes);
        }
        var digits = new StringBuilder();
        for (int group = 0; group < GROUPS; group++) digits.append("%05d".formatted(group(hash, group)));
        return digits.toString();
    }

    private static long group(byte[] hash, int group) {
        long value = 0;
        for (int i = 0; i < GROUP_BYTES; i++) value = (value << 8) | (hash[group * GROUP_BYTES + i] & 0xff);
        return value % GROUP_MODULUS;
    }

    private static MessageDigest sha512() {
        try {
            return MessageDigest.getInstance("SHA-512");
        } catch (NoSuchAlgorithmException never) {
            throw new IllegalStateException("every Java has SHA-512", never);
        }
    }
}
