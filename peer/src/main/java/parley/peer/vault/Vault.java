package parley.peer.vault;

import static parley.peer.vault.Disk.io;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.pekko.util.ByteString;
import parley.messages.name.UserName;
import parley.peer.cipher.primitive.Argon2id.Cost;
import parley.peer.cipher.primitive.Secret;
import parley.peer.vault.VaultRefused.Reason;

/**
 * What an account keeps, sealed under its password. Blocks, and belongs to one thread at a time.
 *
 * <pre>
 *   create ──► open ──(transaction | passwd | exportTo)*──► closed
 *                ▲
 *   importFrom ──┘
 * </pre>
 *
 * <p>All methods take the passwords that they are given: the characters are zero when they return. All throw {@link
 * VaultRefused}, and what was refused has altered nothing.
 */
public final class Vault implements AutoCloseable {
    /** No name of a caller's table has a dot. */
    private static final String GENERATION_TABLE = "vault.generation";

    private static final ByteString GENERATION_KEY = ByteString.emptyByteString();

    private final VaultFiles files;
    private final VaultLock lock;
    private final Database database;
    private final Keyring keys;
    private final SecureRandom random;
    private final Cost cost;
    private final Generation generation;

    /**
     * @param first writes what is in the vault as soon as there is one: no power failure leaves it without
     * @param cost of guessing its password, and any later one of this opening
     */
    public static Vault create(Path folder, UserName name, char[] password, Consumer<Records> first, Cost cost) {
        return create(folder, name, password, first, new SecureRandom(), cost);
    }

    static Vault create(
            Path folder, UserName name, char[] password, Consumer<Records> first, SecureRandom random, Cost cost) {
        try (var secret = Passphrase.taking(password)) {
            return holding(folder, name, (files, lock) -> {
                files.mustBeAbsent();
                files.discardDraft();
                var dataKey = Secret.random(random);
                VaultFiles.madePrivate(files.draft());
                var keys = new Keyring(dataKey);
                try (var draft = Database.create(files.draft(), WrappedKey.wrap(dataKey, name, secret, cost, random))) {
                    transaction(draft, keys, random, records -> {
                        first.accept(records);
                        return records;
                    });
                } catch (RuntimeException refused) {
                    keys.close();
                    throw refused;
                }
                files.publishDraft();
                return started(files, lock, Database.open(files.vault()), keys, random, cost);
            });
        }
    }

    /** @param cost of guessing a later password; this one has its own */
    public static Vault open(Path folder, UserName name, char[] password, Cost cost) {
        return open(folder, name, password, new SecureRandom(), cost);
    }

    static Vault open(Path folder, UserName name, char[] password, SecureRandom random, Cost cost) {
        try (var secret = Passphrase.taking(password)) {
            return open(folder, name, wrapped -> WrappedKey.unwrap(wrapped, name, secret), random, cost);
        }
    }

    /** @param unwrap answers the data key, and takes nothing back of it */
    static Vault open(Path folder, UserName name, Function<ByteString, Secret> unwrap, SecureRandom random, Cost cost) {
        return holding(folder, name, (files, lock) -> {
            if (Files.notExists(files.vault()))
                throw new VaultRefused(Reason.ABSENT, "There is no vault of %s in %s".formatted(name, files.folder()));
            var database = Database.open(VaultFiles.madePrivate(files.vault()));
            try {
                var dataKey = unwrap.apply(database.wrappedKey());
                return started(files, lock, database, new Keyring(dataKey), random, cost);
            } catch (RuntimeException refused) {
                database.close();
                throw refused;
            }
        });
    }

    /**
     * Makes a vault of what {@link #exportTo} wrote; it opens with the password that it had then.
     *
     * @return whose it is
     */
    public static UserName importFrom(Path folder, Path file, char[] password) {
        try (var secret = Passphrase.taking(password)) {
            return io(() -> Backup.restore(folder, file, secret));
        }
    }

    private interface Opening {
        Vault with(VaultFiles files, VaultLock lock) throws IOException;
    }

    private static Vault holding(Path folder, UserName name, Opening opening) {
        return io(() -> {
            var files = VaultFiles.in(folder, name);
            var lock = VaultLock.take(files);
            try {
                return opening.with(files, lock);
            } catch (IOException | RuntimeException refused) {
                lock.close();
                throw refused;
            }
        });
    }

    private static Vault started(
            VaultFiles files, VaultLock lock, Database database, Keyring keys, SecureRandom random, Cost cost) {
        try {
            var generation = database.transaction(() -> advanced(new Records(database, keys, random), random));
            return new Vault(files, lock, database, keys, random, cost, generation);
        } catch (RuntimeException refused) {
            keys.close();
            database.close();
            throw refused;
        }
    }

    private static Generation advanced(Records records, SecureRandom random) {
        var next = records.getFrom(GENERATION_TABLE, GENERATION_KEY)
                .map(before -> Generation.read(before).next(random))
                .orElseGet(() -> Generation.first(random));
        records.putInto(GENERATION_TABLE, GENERATION_KEY, next.write());
        return next;
    }

    private Vault(
            VaultFiles files,
            VaultLock lock,
            Database database,
            Keyring keys,
            SecureRandom random,
            Cost cost,
            Generation generation) {
        this.files = files;
        this.lock = lock;
        this.database = database;
        this.keys = keys;
        this.random = random;
        this.cost = cost;
        this.generation = generation;
    }

    public UserName name() {
        return files.name();
    }

    /** Of this opening. */
    public Generation generation() {
        return generation;
    }

    /** What {@code work} did is on disk when this returns; if it throws, none of it happened. */
    public <T> T transaction(Function<Records, T> work) {
        return transaction(database, keys, random, work);
    }

    /** As {@link #transaction}, for {@code work} that only looks: nothing waits for the disk. */
    public <T> T reading(Function<Records, T> work) {
        return database.reading(() -> within(database, keys, random, work));
    }

    private static <T> T transaction(Database database, Keyring keys, SecureRandom random, Function<Records, T> work) {
        return database.transaction(() -> within(database, keys, random, work));
    }

    private static <T> T within(Database database, Keyring keys, SecureRandom random, Function<Records, T> work) {
        var records = new Records(database, keys, random);
        try {
            return work.apply(records);
        } finally {
            records.end();
        }
    }

    /** Wraps the same key anew: no record changes, and copies made before still open with the old password. */
    public void passwd(char[] old, char[] fresh) {
        try (var before = Passphrase.taking(old);
                var after = Passphrase.taking(fresh)) {
            WrappedKey.unwrap(database.wrappedKey(), name(), before).wipe();
            var wrapped = WrappedKey.wrap(keys.dataKey(), name(), after, cost, random);
            database.transaction(() -> {
                database.wrappedKey(wrapped);
                return wrapped;
            });
            database.emptyLog();
        }
    }

    /** Everything as it is now, in a new file that opens with {@code password}. */
    public void exportTo(Path file, char[] password) {
        try (var secret = Passphrase.taking(password)) {
            io(() -> {
                files.discardDraft();
                try {
                    database.copyTo(VaultFiles.madePrivate(files.draft()));
                    Backup.write(file, name(), files.draft(), secret, cost, random);
                    return file;
                } finally {
                    files.discardDraft();
                }
            });
        }
    }

    /** Closes it and deletes all of it: what was being made is not wanted after all. */
    public void discard() {
        keys.close();
        try {
            database.close();
            io(() -> {
                files.discard();
                return files;
            });
        } finally {
            lock.close();
        }
    }

    @Override
    public void close() {
        keys.close();
        try {
            database.close();
        } finally {
            lock.close();
        }
    }

    @Override
    public String toString() {
        return "vault of " + name();
    }
}
