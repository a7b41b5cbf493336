package parley.peer.vault;

import java.nio.file.Path;
import java.security.SecureRandom;
import parley.messages.name.UserName;
import parley.peer.cipher.primitive.Argon2id.Cost;

/** Vaults for tests of whoever stands on them: nobody waits for a password. */
public final class CheapVaults {
    private static final Cost CHEAP = new Cost(64, 1, 1);
    private static final String PASSWORD = "swordfish-canary";

    public static Vault create(Path folder, UserName name) {
        return Vault.create(folder, name, PASSWORD.toCharArray(), records -> {}, new SecureRandom(), CHEAP);
    }

    public static Vault open(Path folder, UserName name) {
        return Vault.open(folder, name, PASSWORD.toCharArray(), new SecureRandom(), CHEAP);
    }

    private CheapVaults() {}
}
