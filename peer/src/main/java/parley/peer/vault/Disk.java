package parley.peer.vault;

import java.io.IOException;
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
            throw new VaultRefused(
                    Reason.FAILED,
                    "The disk refused: %s %s".formatted(failed.getClass().getSimpleName(), failed.getMessage()),
                    failed);
        }
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
