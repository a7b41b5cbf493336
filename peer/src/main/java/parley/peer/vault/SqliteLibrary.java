package parley.peer.vault;

import java.io.IOException;
import java.nio.file.Path;
import org.sqlite.SQLiteJDBCLoader;
import org.sqlite.util.LibraryLoaderUtil;
import parley.messages.settings.NativeLibrary;

/** Tells the driver, which would unpack its machine code for each process anew, where it has been unpacked for good. */
final class SqliteLibrary {
    private static final String PATH = "org.sqlite.lib.path";

    /** To be called before a process opens its first file; later it changes nothing, and neither does it where somebody has said. */
    static synchronized void in(Path folder) {
        if (System.getProperty(PATH) != null) return;
        var file = LibraryLoaderUtil.getNativeLibName();
        var carried = SQLiteJDBCLoader.class.getResource(LibraryLoaderUtil.getNativeLibResourcePath() + "/" + file);
        // A system that the jar knows nothing of: the driver says so.
        if (carried == null) return;
        try {
            // Under the name that the driver looks for, so that it goes on to look where it usually would.
            var there = NativeLibrary.unpacked(carried, folder, SQLiteJDBCLoader.getVersion(), file);
            System.setProperty(PATH, there.toString());
        } catch (IOException noRoom) {
            // As if nobody had tried: into the folder for what is temporary.
        }
    }

    private SqliteLibrary() {}
}
