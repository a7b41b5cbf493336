package parley.peer.vault;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.Map;
import org.apache.pekko.util.ByteString;
import parley.messages.name.UserName;
import parley.peer.cipher.primitive.Argon2id.Cost;
import parley.peer.cipher.primitive.Secret;

/**
 * Opens a thousand copies of a vault with its password: who has stretched it once for the same wrapped key knows what
 * comes out. All else is as a peer does it.
 */
public final class RememberedKeys {
    private final String password;
    private final Map<ByteString, byte[]> unwrapped = new HashMap<>();

    public RememberedKeys(String password) {
        this.password = password;
    }

    public Vault open(Path folder, UserName name) {
        return Vault.open(folder, name, wrapped -> key(wrapped, name), new SecureRandom(), Cost.TODAY);
    }

    private Secret key(ByteString wrapped, UserName name) {
        var known = unwrapped.computeIfAbsent(wrapped, first -> {
            try (var secret = Passphrase.taking(password.toCharArray())) {
                return WrappedKey.unwrap(wrapped, name, secret).unsafeBytes();
            }
        });
        // The vault wipes its own when it is closed.
        return Secret.of(known.clone());
    }
}
