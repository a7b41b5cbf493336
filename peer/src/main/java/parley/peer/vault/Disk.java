package parley.peer.vault;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.sql.SQLException;
import org.sqlite.SQLiteErrorCode;
import parley.peer.vault.VaultRefused.Reason;

/** What the disk refuses, in the vault's words. Neither kind of message holds a value of ours. */
final class Disk {
    interface Io<T> {
        T run() throws IOException;
    }

    interface Sql<T> {
        T run() throws SQLException;
    }

    static <T> T io(Io<T> attempt) {
        try {
            return attempt.run();
        } catch (IOException failed) {
            throw new VaultRefused(Reason.FAILED, said(failed), failed);
        }
    }

    private static String said(IOException failed) {
        return switch (failed) {
            case NoSuchFileException missing -> "There is no %s, nor a folder for it".formatted(missing.getFile());
            case FileAlreadyExistsException there -> "There is a %s already".formatted(there.getFile());
            case AccessDeniedException denied -> "No permission for " + denied.getFile();
            case IOException other ->
                "The disk refused: %s %s".formatted(other.getClass().getSimpleName(), other.getMessage());
        };
    }

    static <T> T sql(Sql<T> attempt) {
        try {
            return attempt.run();
        } catch (SQLException failed) {
            var reason = reason(SQLiteErrorCode.getErrorCode(failed.getErrorCode()));
            var what = reason == Reason.DISK_FULL
                    ? "The disk is full"
                    : "The vault's file refused: " + failed.getMessage();
            throw new VaultRefused(reason, what, failed);
        }
    }

    private static Reason reason(SQLiteErrorCode code) {
        if (code == SQLiteErrorCode.SQLITE_FULL) return Reason.DISK_FULL;
        boolean damaged = code == SQLiteErrorCode.SQLITE_NOTADB || code == SQLiteErrorCode.SQLITE_CORRUPT;
        return damaged ? Reason.DAMAGED : Reason.FAILED;
    }

    private Disk() {}
}
