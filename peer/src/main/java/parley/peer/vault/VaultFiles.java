package parley.peer.vault;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import parley.messages.name.UserName;
import parley.peer.vault.VaultRefused.Reason;

/**
 * Where a vault lives. Nobody but its owner can enter; on file systems without such permissions, as they come.
 *
 * <pre>
 *   FOLDER           0700
 *     NAME.vault     0600  and -wal, -shm beside it, which SQLite gives the same permissions
 *     NAME.vault.new 0600  a vault that is being made or copied; renamed when it is whole
 *     NAME.lock      0600  held while the vault is open; the holder's process id
 *     native/        0700  SQLite's machine code, see NativeLibrary
 * </pre>
 */
record VaultFiles(Path folder, UserName name) {
    private static final String FOLDER_MODE = "rwx------";
    private static final String FILE_MODE = "rw-------";
    private static final List<String> BESIDE = List.of("", "-wal", "-shm", "-journal");

    /** Makes the folder if it is absent. An empty one is closed to others; one that holds something is left as it is. */
    static VaultFiles in(Path folder, UserName name) throws IOException {
        return new VaultFiles(madePrivateFolder(folder), name);
    }

    Path vault() {
        return folder.resolve(name + ".vault");
    }

    Path draft() {
        return folder.resolve(name + ".vault.new");
    }

    Path lock() {
        return folder.resolve(name + ".lock");
    }

    /** @throws VaultRefused THERE_ALREADY */
    void mustBeAbsent() {
        if (Files.exists(vault()))
            throw new VaultRefused(Reason.THERE_ALREADY, "There is a vault %s already".formatted(vault()));
    }

    /** What a crash left of an earlier draft. */
    void discardDraft() throws IOException {
        discard(draft());
    }

    /** There is no vault from here on, whatever crashes. */
    void discard() throws IOException {
        discard(vault());
        sync(folder);
    }

    private static void discard(Path file) throws IOException {
        for (var suffix : BESIDE) Files.deleteIfExists(file.resolveSibling(file.getFileName() + suffix));
    }

    /** From here on there is a vault, whatever crashes. */
    void publishDraft() throws IOException {
        sync(draft());
        // Nobody but the holder of the lock makes this name: looking and renaming need not be one step.
        Files.move(draft(), vault());
        sync(folder);
    }

    static Path madePrivate(Path file) throws IOException {
        try {
            Files.createFile(file, mode(file, FILE_MODE));
        } catch (FileAlreadyExistsException there) {
            if (permissioned(file)) Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(FILE_MODE));
        }
        return file;
    }

    /** A file that was not there before. */
    static FileChannel createPrivate(Path file) throws IOException {
        var options = Set.<OpenOption>of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        return FileChannel.open(file, options, mode(file, FILE_MODE));
    }

    static void sync(Path path) throws IOException {
        // Only POSIX opens folders; elsewhere the rename is as durable as the file system makes it.
        if (Files.isDirectory(path) && !permissioned(path)) return;
        try (var channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private static Path madePrivateFolder(Path folder) throws IOException {
        if (Files.notExists(folder)) {
            var above = folder.toAbsolutePath().getParent();
            if (above != null) Files.createDirectories(above);
            try {
                Files.createDirectory(folder, mode(folder, FOLDER_MODE));
            } catch (FileAlreadyExistsException meanwhile) {
                // Another account's program was started at the same moment; it is looked at like any other.
            }
        }
        var real = folder.toRealPath();
        if (!permissioned(real)) return real;
        var wanted = PosixFilePermissions.fromString(FOLDER_MODE);
        if (!Files.getPosixFilePermissions(real).equals(wanted)) {
            if (!empty(real))
                throw new VaultRefused(
                        Reason.NOT_PRIVATE, "Others may enter the folder %s; expected mode 700".formatted(real));
            Files.setPosixFilePermissions(real, wanted);
        }
        return real;
    }

    private static boolean empty(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.findAny().isEmpty();
        }
    }

    private static FileAttribute<?>[] mode(Path path, String mode) {
        return permissioned(path)
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode))}
                : new FileAttribute<?>[0];
    }

    private static boolean permissioned(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }
}
