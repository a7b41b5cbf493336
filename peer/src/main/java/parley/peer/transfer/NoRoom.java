package parley.peer.transfer;

import java.io.IOException;
import java.nio.file.Path;

/** The disk is full, or as full as it may be. The message is one line, fit to show. */
public final class NoRoom extends IOException {
    private static final long serialVersionUID = 1L;
    private static final int PERCENT = 100;

    public NoRoom(String why) {
        super(why);
    }

    /** Whether that is what a write failed for: Java does not say it otherwise. */
    public static boolean is(IOException failed) {
        var why = String.valueOf(failed.getMessage());
        return failed instanceof NoRoom || why.contains("No space left") || why.contains("quota");
    }

    /** @throws NoRoom if less of the disk is free than is kept so */
    public static void unlessKeptFree(Disk disk, Path folder, int percent) throws IOException {
        long kept = disk.totalBytes(folder) / PERCENT * percent;
        if (disk.usableBytes(folder) < kept)
            throw new NoRoom("the disk is nearly full, %d %% of it is kept free".formatted(percent));
    }
}
