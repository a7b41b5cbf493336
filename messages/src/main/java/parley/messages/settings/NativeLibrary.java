package parley.messages.settings;

import java.io.IOException;
import java.net.URL;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Machine code that a jar carries, unpacked beside the data that it serves: once, and not at each start among what is
 * temporary, where every kill would leave another copy.
 *
 * <pre>
 *   DATA/native/VERSION/  0700
 *     lock                0600  locked by the one of several programs that looks and unpacks
 *     NAME                0600  byte for byte what the jar carries
 *     NAME.part           0600  what a crash has left of one that was being written
 * </pre>
 */
public final class NativeLibrary {
    private static final String FOLDER = "native";
    private static final String LOCK = "lock";

    /**
     * Tells a driver where its library is, unless somebody has told it. To be called before it is needed first.
     *
     * @param property by which the driver is told the folder; where none was named it looks where it usually would
     * @param carried null on a system of which the jar knows nothing: the driver says so
     * @param name that the driver looks for
     */
    public static synchronized void tell(
            String property, @Nullable URL carried, Path data, String version, String name) {
        if (System.getProperty(property) != null || carried == null) return;
        try {
            System.setProperty(property, unpacked(carried, data, version, name).toString());
        } catch (IOException noRoom) {
            // As if nobody had tried: into the folder for what is temporary.
        }
    }

    /**
     * The folder below {@code data} that holds it. Whatever else goes by its name there is replaced, as a disk may have
     * torn it and a data folder may come from anywhere. Other versions are left to programs that may just now run them.
     *
     * @throws IOException if there is no room, or no permission
     */
    static synchronized Path unpacked(URL carried, Path data, String version, String name) throws IOException {
        var folder = data.resolve(FOLDER).resolve(version);
        if (Files.notExists(folder)) Files.createDirectories(folder, mode(folder, "rwx------"));
        // Closing the channel frees it, and so does the end of the process.
        try (var lock = privately(folder.resolve(LOCK))) {
            lock.lock();
            var library = folder.resolve(name);
            var wanted = bytes(carried);
            if (!isThere(library, wanted)) write(library, wanted);
            return folder;
        }
    }

    private static byte[] bytes(URL carried) throws IOException {
        try (var in = carried.openStream()) {
            return in.readAllBytes();
        }
    }

    private static boolean isThere(Path library, byte[] wanted) throws IOException {
        return Files.isRegularFile(library)
                && Files.size(library) == wanted.length
                && Arrays.equals(Files.readAllBytes(library), wanted);
    }

    private static void write(Path library, byte[] wanted) throws IOException {
        var part = library.resolveSibling(library.getFileName() + ".part");
        Files.deleteIfExists(part);
        privately(part).close();
        Files.write(part, wanted);
        Files.move(part, library, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static FileChannel privately(Path file) throws IOException {
        return FileChannel.open(
                file, Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE), mode(file, "rw-------"));
    }

    private static FileAttribute<?>[] mode(Path path, String mode) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode))}
                : new FileAttribute<?>[0];
    }

    private NativeLibrary() {}
}
