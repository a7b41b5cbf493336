package parley.peer.transfer;

import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/** Permissions for what nobody else may read; none where the file system has no such thing. */
public final class OwnerOnly {
    public static FileAttribute<?>[] file(Path folder) {
        return of(folder, "rw-------");
    }

    static FileAttribute<?>[] folder(Path folder) {
        return of(folder, "rwx------");
    }

    private static FileAttribute<?>[] of(Path folder, String permissions) {
        return folder.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }

    private OwnerOnly() {}
}
