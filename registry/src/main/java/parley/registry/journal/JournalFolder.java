package parley.registry.journal;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigValueFactory;
import java.io.IOException;
import java.nio.file.Path;

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
 *     journal.sqlite  0600  and -wal, -shm beside it, which SQLite gives the same permissions
 * </pre>
 */
public final class JournalFolder implements AutoCloseable {
    private final Path database;
    private final FolderLock lock;

    private JournalFolder(Path database, FolderLock lock) {
        this.database = database;
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
            var database = PrivateFiles.file(real.resolve("journal.sqlite"));
            SqliteSchema.create(database);
            return new JournalFolder(database, lock);
        } catch (IOException | RuntimeException failed) {
            lock.close();
            throw failed;
        }
    }

    /** Where the journal is, for the actor system; to be closed only after that has terminated. */
    public Config config() {
        return ConfigFactory.empty()
                .withValue(
                        "pekko-persistence-jdbc.shared-databases.sqlite.db.url",
                        ConfigValueFactory.fromAnyRef(SqliteSchema.url(database)));
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }
}
