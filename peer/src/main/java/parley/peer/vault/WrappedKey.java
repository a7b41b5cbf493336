package parley.peer.vault;

import java.security.SecureRandom;
import org.apache.pekko.util.ByteString;
import parley.messages.field.FieldReader;
import parley.messages.field.FieldWriter;
import parley.messages.field.MalformedFields;
import parley.messages.name.UserName;
import parley.peer.cipher.primitive.AesGcm;
import parley.peer.cipher.primitive.Argon2id.Cost;
import parley.peer.cipher.primitive.Secret;
import parley.peer.vault.VaultRefused.Reason;

/**
 * The data key under the password. A new password alters these bytes and no record.
 *
 * <pre>
 *   0         1            26      38            86
 *   | version | stretching | nonce | box of 32+16 |
 * </pre>
 */
final class WrappedKey {
    private static final int VERSION = 1;
    private static final int BOX_BYTES = Secret.BYTES + AesGcm.TAG_BYTES;

    static ByteString wrap(Secret dataKey, UserName name, Passphrase password, Cost cost, SecureRandom random) {
        var stretching = Stretching.fresh(cost, random);
        var nonce = Nonces.fresh(random);
        var key = stretching.key(password);
        try {
            var box = AesGcm.seal(key, nonce, associated(name, stretching), dataKey.unsafeBytes());
            return open(new FieldWriter(), stretching).bytes(nonce).bytes(box).toByteString();
        } finally {
            key.wipe();
        }
    }

    /** @throws VaultRefused WRONG_PASSWORD, TOO_NEW or DAMAGED */
    static Secret unwrap(ByteString wrapped, UserName name, Passphrase password) {
        try {
            var in = new FieldReader(wrapped);
            int version = in.u8();
            if (version > VERSION)
                throw new VaultRefused(
                        Reason.TOO_NEW, "The vault's key has version %d, expected %d".formatted(version, VERSION));
            if (version < VERSION) throw new MalformedFields("version 0");
            var stretching = Stretching.read(in);
            var nonce = in.array(AesGcm.NONCE_BYTES);
            var box = in.array(BOX_BYTES);
            in.end();
            return unwrap(stretching, nonce, box, name, password);
        } catch (MalformedFields malformed) {
            throw new VaultRefused(Reason.DAMAGED, "The vault's key is malformed: " + malformed.getMessage());
        }
    }

    private static Secret unwrap(Stretching stretching, byte[] nonce, byte[] box, UserName name, Passphrase password) {
        var key = stretching.key(password);
        try {
            var dataKey = AesGcm.open(key, nonce, associated(name, stretching), box);
            if (dataKey == null)
                throw new VaultRefused(
                        Reason.WRONG_PASSWORD,
                        "Wrong password for the vault of %s, or its key was altered".formatted(name));
            return Secret.of(dataKey);
        } finally {
            key.wipe();
        }
    }

    /** Cost and salt are bound already by the key that they make; the name is not. */
    private static ByteString associated(UserName name, Stretching stretching) {
        return open(Label.KEY.begin().ascii(name.text()), stretching).toByteString();
    }

    private static FieldWriter open(FieldWriter out, Stretching stretching) {
        return stretching.write(out.u8(VERSION));
    }

    private WrappedKey() {}
}
