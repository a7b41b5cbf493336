package parley.peer.store;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import org.apache.pekko.util.ByteString;
import parley.messages.directory.Invite;
import parley.messages.field.FieldReader;
import parley.messages.field.FieldWriter;
import parley.messages.field.MalformedFields;
import parley.messages.identity.BadKey;
import parley.messages.identity.IdentityKey;
import parley.messages.identity.RegistryId;
import parley.messages.name.UserName;
import parley.peer.cipher.primitive.Argon2id.Cost;
import parley.peer.vault.Vault;

/**
 * An account's vault before a {@link Store} has it: made at sign-up, opened at sign-in. Blocks, and throws {@link
 * parley.peer.vault.VaultRefused}.
 *
 * @param vault open; whoever takes it closes it
 */
public record AccountVault(Vault vault, Home home, OwnKeys keys) implements AutoCloseable {
    private static final String TABLE = "account";
    private static final ByteString HOME = ByteString.fromString("home");

    /**
     * Where the account lives.
     *
     * <pre>
     *   version 1 | registry's id 16 | its key 32
     * </pre>
     *
     * @param key the only one that the registry may show
     */
    public record Home(RegistryId registry, IdentityKey key) {
        private static final int VERSION = 1;

        ByteString encode() {
            return new FieldWriter()
                    .u8(VERSION)
                    .bytes(registry.bytes())
                    .bytes(key.bytes())
                    .toByteString();
        }

        static Home decode(ByteString bytes) {
            var in = FieldReader.of(bytes, VERSION);
            try {
                var home = new Home(
                        new RegistryId(in.bytes(RegistryId.BYTES)), new IdentityKey(in.bytes(IdentityKey.BYTES)));
                in.end();
                return home;
            } catch (BadKey bad) {
                throw new MalformedFields(String.valueOf(bad.getMessage()));
            }
        }
    }

    /**
     * Makes the vault of a new account, which is pending until {@link #signedUp}.
     *
     * @param cost of guessing the password
     */
    public static AccountVault create(
            Path folder,
            UserName name,
            char[] password,
            Cost cost,
            Home home,
            OwnKeys.Born born,
            Optional<Invite> invite) {
        var pending = new PendingSignUp(born.recovery().secret(), invite);
        var vault = Vault.create(
                folder,
                name,
                password,
                records -> {
                    var writing = Writing.to(records);
                    writing.put(TABLE, HOME, home.encode());
                    writing.put(PendingSignUp.TABLE, PendingSignUp.KEY, pending.encode());
                    born.changes().forEach(change -> write(change, writing));
                },
                cost);
        return new AccountVault(vault, home, born.keys());
    }

    /** @param cost of guessing a later password */
    public static AccountVault open(Path folder, UserName name, char[] password, Cost cost) {
        return in(Vault.open(folder, name, password, cost));
    }

    /** What {@code vault} holds, which is closed if that is no account. */
    public static AccountVault in(Vault vault) {
        return kept(
                vault,
                () -> vault.transaction(records -> {
                    var tables = Writing.to(records);
                    var home = tables.get(TABLE, HOME).map(Home::decode).orElseThrow(AccountVault::incomplete);
                    var keys =
                            OwnKeys.read(home.registry(), vault.name(), tables).orElseThrow(AccountVault::incomplete);
                    return new AccountVault(vault, home, keys);
                }));
    }

    /** Any look at the tables, before the store has them. */
    public <T> T look(Function<Tables, T> query) {
        return vault.transaction(records -> query.apply(Writing.to(records)));
    }

    /** Present as long as nobody has heard what became of the sign-up. */
    public Optional<PendingSignUp> pending() {
        return look(tables -> tables.get(PendingSignUp.TABLE, PendingSignUp.KEY).map(PendingSignUp::decode));
    }

    /** The registry has taken it. */
    public void signedUp() {
        vault.transaction(records -> {
            records.delete(PendingSignUp.TABLE, PendingSignUp.KEY);
            return records;
        });
    }

    @Override
    public void close() {
        vault.close();
    }

    private interface Opened {
        AccountVault vault();
    }

    /** Closed if what follows fails. */
    private static AccountVault kept(Vault vault, Opened opened) {
        try {
            return opened.vault();
        } catch (RuntimeException failed) {
            vault.close();
            throw failed;
        }
    }

    private static void write(Change change, Writing writing) {
        switch (change) {
            case Change.Put(var table, var key, var value) -> writing.put(table, key, value.get());
            case Change.Delete(var table, var key) -> writing.delete(table, key);
            case Change.Append text -> throw new IllegalArgumentException("a new account has no texts");
            case Change.Mark mark -> throw new IllegalArgumentException("a new account has no texts");
            case Change.MarkGroup mark -> throw new IllegalArgumentException("a new account has no texts");
        }
    }

    private static MalformedFields incomplete() {
        return new MalformedFields("The vault holds no account");
    }

    @Override
    public String toString() {
        return "redacted";
    }
}
