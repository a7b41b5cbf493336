package parley.registry.journal;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigValueFactory;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;

/**
 * The data folder of one registry, held by one process.
 *
 * <pre>
 *   absent, empty, left by another --claim--> held --close, end of the process--> left
 * </pre>
 *
 * <pre>
 *   DATA/             0700
 *     lock            0600  locked while held; the text is the holder's process id
 *     identity        0600  the registry's id and TLS key, see RegistryIdentity
 *     journal.sqlite  0600  and -wal, -shm beside it, which SQLite gives the same permissions
 *     shelf.sqlite    0600  the same; the one file that another process, which makes an invitation, may write as well
 *     native/         0700  SQLite's machine code, see NativeLibrary
 * </pre>
 */
public final class JournalFolder implements AutoCloseable {
    private static final String JOURNAL = "journal.sqlite";
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Path database;
    private final RegistryIdentity identity;
    private final Shelf shelf;
    private final FolderLock lock;

    private JournalFolder(Path database, RegistryIdentity identity, Shelf shelf, FolderLock lock) {
        this.database = database;
        this.identity = identity;
        this.shelf = shelf;
        this.lock = lock;
    }

    /**
     * Makes the folder and an empty journal where there is none, and holds it until closed or the process ends.
     *
     * @throws FolderInUse if another registry holds it
     * @throws IOException if the folder or the journal cannot be made or opened, or is not ours to make private
     */
    public static JournalFolder claim(Path folder) throws IOException {
        var real = PrivateFiles.folder(folder.toAbsolutePath().normalize());
        var lock = FolderLock.take(real);
        try {
            SqliteLibrary.in(real);
            var database = PrivateFiles.file(real.resolve(JOURNAL));
            SqliteSchema.create(database);
            var shelf = Shelf.open(PrivateFiles.file(real.resolve(ShelfSchema.NAME)));
            try {
                return new JournalFolder(database, identity(real, shelf), shelf, lock);
            } catch (IOException | RuntimeException failed) {
                shelf.close();
                throw failed;
            }
        } catch (IOException | RuntimeException failed) {
            lock.close();
            throw failed;
        }
    }

    /** Whether a registry was ever started on {@code folder}. */
    public static boolean isIn(Path folder) {
        return RegistryIdentity.isIn(folder);
    }

    /**
     * The shelf of a folder that a running registry may hold, for whoever makes an invitation meanwhile; to be closed.
     *
     * @throws IOException as {@link #claim}
     */
    public static Shelf shelfBeside(Path folder) throws IOException {
        var real = PrivateFiles.folder(folder.toAbsolutePath().normalize());
        SqliteLibrary.in(real);
        return Shelf.open(PrivateFiles.file(real.resolve(ShelfSchema.NAME)));
    }

    /** A lost identity is not replaced silently: all accounts were made for the one that the shelf remembers. */
    private static RegistryIdentity identity(Path folder, Shelf shelf) throws IOException {
        boolean known = RegistryIdentity.isIn(folder);
        if (!known && shelf.isOwned())
            throw new IOException("%s is missing; restore it from a backup, for no peer knows another one"
                    .formatted(folder.resolve(RegistryIdentity.NAME)));
        var identity = known ? RegistryIdentity.in(folder) : RegistryIdentity.make(folder, RANDOM::nextBytes);
        if (!shelf.isOwnedBy(identity.id()))
            throw new IOException("%s is another registry's than %s; restore both from the same backup"
                    .formatted(folder.resolve(RegistryIdentity.NAME), ShelfSchema.NAME));
        return identity;
    }

    /** Where the journal is, for the actor system; to be closed only after that has terminated. */
    public Config config() {
        return ConfigFactory.empty()
                .withValue(
                        "pekko-persistence-jdbc.shared-databases.sqlite.db.url",
                        ConfigValueFactory.fromAnyRef(SqliteSchema.url(database)));
    }

    public RegistryIdentity identity() {
        return identity;
    }

    /** Closed together with the folder. */
    public Shelf shelf() {
        return shelf;
    }

    @Override
    public void close() throws IOException {
        try (lock) {
            shelf.close();
        }
    }
}
