package parley.peer.vault;

import java.security.SecureRandom;
import org.apache.pekko.util.ByteString;
import parley.messages.field.FieldReader;
import parley.messages.field.FieldWriter;
import parley.messages.field.MalformedFields;
import parley.peer.cipher.primitive.Argon2id;
import parley.peer.cipher.primitive.Argon2id.Cost;
import parley.peer.cipher.primitive.Secret;

/**
 * How a password becomes a key: cost and salt of Argon2id, which everybody may know.
 *
 * <pre>
 *   0            4        8       9      25
 *   | memory KiB | passes | lanes | salt |
 * </pre>
 */
record Stretching(Cost cost, ByteString salt) {
    static final int BYTES = 4 + 4 + 1 + Argon2id.SALT_BYTES;

    static Stretching fresh(Cost cost, SecureRandom random) {
        return new Stretching(cost, Nonces.random(random, Argon2id.SALT_BYTES));
    }

    /** @throws MalformedFields also if the cost is none that anybody should pay */
    static Stretching read(FieldReader in) {
        long memoryKib = in.u32();
        long passes = in.u32();
        int lanes = in.u8();
        if (memoryKib > Cost.MEMORY_KIB_MAX || passes > Cost.PASSES_MAX || lanes > Cost.LANES_MAX)
            throw new MalformedFields("a password stretched beyond our limits");
        try {
            return new Stretching(new Cost((int) memoryKib, (int) passes, lanes), in.bytes(Argon2id.SALT_BYTES));
        } catch (IllegalArgumentException tooCheap) {
            throw new MalformedFields("a password stretched by too little");
        }
    }

    FieldWriter write(FieldWriter out) {
        return out.u32(cost.memoryKib()).u32(cost.passes()).u8(cost.lanes()).bytes(salt);
    }

    /** The caller wipes it. */
    Secret key(Passphrase password) {
        return Argon2id.derive(password.unsafeBytes(), salt, cost);
    }
}
