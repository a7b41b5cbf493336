package parley.peer.vault;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import parley.messages.name.Password;
import parley.peer.cipher.primitive.Secret;
import parley.peer.vault.VaultRefused.Reason;

/** A password on its way into a key, as UTF-8. Closing wipes it. Prints as {@code redacted}. */
final class Passphrase implements AutoCloseable {
    private static final int CHARACTER_BYTES_MAX = 4;

    private final byte[] bytes;

    /** Leaves nothing in {@code password}: whoever typed it waits for the answer, not the characters. */
    static Passphrase taking(char[] password) {
        try {
            if (password.length == 0 || password.length > Password.LENGTH_MAX)
                throw new VaultRefused(
                        Reason.BAD_PASSWORD,
                        "Bad password, expected 1 to %d characters".formatted(Password.LENGTH_MAX));
            return new Passphrase(utf8(password));
        } finally {
            Arrays.fill(password, '\0');
        }
    }

    private Passphrase(byte[] bytes) {
        this.bytes = bytes;
    }

    /** To be read at once: closing wipes these very bytes. */
    byte[] unsafeBytes() {
        return bytes;
    }

    /** By hand, because a String can't be wiped. Half a pair has no bytes of its own: all such passwords would be one. */
    private static byte[] utf8(char[] password) {
        var out = ByteBuffer.allocate(CHARACTER_BYTES_MAX * password.length);
        try {
            var end = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(password), out, true);
            if (!end.isUnderflow())
                throw new VaultRefused(Reason.BAD_PASSWORD, "Bad password, expected whole characters");
            return Arrays.copyOf(out.array(), out.position());
        } finally {
            Secret.wipe(out.array());
        }
    }

    @Override
    public void close() {
        Secret.wipe(bytes);
    }

    @Override
    public String toString() {
        return "redacted";
    }
}
