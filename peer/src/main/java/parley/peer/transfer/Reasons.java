package parley.peer.transfer;

import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.jspecify.annotations.Nullable;

/** One line of what went wrong with a file, without its path: who asked knows that, and others must not. */
final class Reasons {
    static String of(Throwable failure) {
        return switch (failure) {
            case NoSuchFileException gone -> "no such file or folder";
            case AccessDeniedException denied -> "permission denied";
            case FileSystemException other -> said(other.getReason());
            default -> said(failure.getMessage());
        };
    }

    private static String said(@Nullable String reason) {
        return reason == null || reason.isBlank() ? "the disk failed" : reason;
    }

    private Reasons() {}
}
