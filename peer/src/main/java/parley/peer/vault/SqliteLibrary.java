package parley.peer.vault;

import java.nio.file.Path;
import org.sqlite.SQLiteJDBCLoader;
import org.sqlite.util.LibraryLoaderUtil;
import parley.messages.settings.NativeLibrary;

/** SQLite's machine code, which its driver would unpack for each process anew. */
final class SqliteLibrary {
    /** To be called before a process opens its first file; later it changes nothing. */
    static void in(Path folder) {
        var file = LibraryLoaderUtil.getNativeLibName();
        NativeLibrary.tell(
                "org.sqlite.lib.path",
                SQLiteJDBCLoader.class.getResource(LibraryLoaderUtil.getNativeLibResourcePath() + "/" + file),
                folder,
                SQLiteJDBCLoader.getVersion(),
                file);
    }

    private SqliteLibrary() {}
}
