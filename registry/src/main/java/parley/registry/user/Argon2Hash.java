package parley.registry.user;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;
import parley.messages.name.Password;

/**
 * A password as it may be kept: Argon2id, RFC 9106, as a PHC string, which says how it was made.
 *
 * <pre>
 *   $argon2id$v=19$m=19456,t=2,p=1$SALT$HASH     salt and hash in base64 without padding
 * </pre>
 */
final class Argon2Hash {
    /** Kibibytes, passes, lanes. OWASP's choice for a server: 19 MiB a hash is what slows an attacker down. */
    record Cost(int memoryKib, int passes, int lanes) {}

    static final Cost COST = new Cost(19 * 1024, 2, 1);
    static final int SALT_BYTES = 16;
    static final int HASH_BYTES = 32;

    private static final Pattern PHC =
            Pattern.compile("\\$argon2id\\$v=19\\$m=(\\d{1,7}),t=(\\d{1,4}),p=(\\d{1,3})\\$([^$]+)\\$([^$]+)");

    private final Cost cost;
    private final byte[] salt;
    private final byte[] hash;

    private Argon2Hash(Cost cost, byte[] salt, byte[] hash) {
        this.cost = cost;
        this.salt = salt;
        this.hash = hash;
    }

    /** Takes about 30 ms of a core, by intent. */
    static Argon2Hash of(Password password, byte[] salt) {
        return new Argon2Hash(COST, salt.clone(), argon2id(password, COST, salt, HASH_BYTES));
    }

    /** What no password matches; comparing with it is the same work as with any other. */
    static Argon2Hash ofNobody() {
        return new Argon2Hash(COST, new byte[SALT_BYTES], new byte[HASH_BYTES]);
    }

    /** @throws IllegalArgumentException if it is no PHC string of ours; the message does not repeat it */
    static Argon2Hash parse(String phc) {
        var match = PHC.matcher(phc);
        if (!match.matches())
            throw new IllegalArgumentException("a stored password hash that is no argon2id PHC string");
        var cost = new Cost(
                Integer.parseInt(match.group(1)), Integer.parseInt(match.group(2)), Integer.parseInt(match.group(3)));
        var base64 = Base64.getDecoder();
        return new Argon2Hash(cost, base64.decode(match.group(4)), base64.decode(match.group(5)));
    }

    String phc() {
        var base64 = Base64.getEncoder().withoutPadding();
        return "$argon2id$v=19$m=%d,t=%d,p=%d$%s$%s"
                .formatted(
                        cost.memoryKib(),
                        cost.passes(),
                        cost.lanes(),
                        base64.encodeToString(salt),
                        base64.encodeToString(hash));
    }

    /** The same work, and the same time, whatever the answer. */
    boolean matches(Password password) {
        return MessageDigest.isEqual(hash, argon2id(password, cost, salt, hash.length));
    }

    private static byte[] argon2id(Password password, Cost cost, byte[] salt, int bytes) {
        var secret = password.text().getBytes(StandardCharsets.UTF_8);
        try {
            var argon2 = new Argon2BytesGenerator();
            argon2.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                    .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                    .withMemoryAsKB(cost.memoryKib())
                    .withIterations(cost.passes())
                    .withParallelism(cost.lanes())
                    .withSalt(salt)
                    .build());
            var out = new byte[bytes];
            argon2.generateBytes(secret, out);
            return out;
        } finally {
            Arrays.fill(secret, (byte) 0);
        }
    }

    @Override
    public String toString() {
        return "redacted";
    }
}
