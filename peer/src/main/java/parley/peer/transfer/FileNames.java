package parley.peer.transfer;

/** Names for files from elsewhere. */
public final class FileNames {
    /** Any path, however hostile, to a name that is safe in any folder on any system, and to show. */
    public static String safe(String untrusted) {
        throw new UnsupportedOperationException(untrusted);
    }

    private FileNames() {}
}
