package parley.registry.journal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

/** Files that nobody but their owner can open. On file systems without such permissions, files as they come. */
final class PrivateFiles {
    private static final String FOLDER = "rwx------";
    private static final String FILE = "rw-------";

    /**
     * The real path of {@code folder}, made if absent and closed to others. One that holds something else is left as it
     * is and refused: nobody wants {@code --data /tmp} to lock everyone out of {@code /tmp}.
     */
    static Path folder(Path folder) throws IOException {
        boolean made = Files.notExists(folder);
        Files.createDirectories(folder);
        var real = folder.toRealPath();
        if (!permissioned(real)) return real;
        var wanted = PosixFilePermissions.fromString(FOLDER);
        if (Files.getPosixFilePermissions(real).equals(wanted)) return real;
        if (!made && !emptyOrOurs(real)) {
            throw new FileSystemException(
                    real.toString(),
                    null,
                    "holds other files and others may enter it; expected an empty folder or mode 700");
        }
        Files.setPosixFilePermissions(real, wanted);
        return real;
    }

    /** Made empty if absent, and closed to others before anything is written. */
    static Path file(Path file) throws IOException {
        try {
            if (permissioned(file)) {
                Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(FILE)));
            } else {
                Files.createFile(file);
            }
        } catch (FileAlreadyExistsException there) {
            if (permissioned(file)) Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(FILE));
        }
        return file;
    }

    /** What was made or renamed in {@code folder} is there after a power failure, where the system can do that. */
    static void sync(Path folder) throws IOException {
        if (!permissioned(folder)) return;
        try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private static boolean emptyOrOurs(Path folder) throws IOException {
        if (Files.exists(folder.resolve(FolderLock.NAME))) return true;
        try (var files = Files.list(folder)) {
            return files.findAny().isEmpty();
        }
    }

    private static boolean permissioned(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    private PrivateFiles() {}
}
