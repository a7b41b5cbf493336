package parley.peer.vault;

/** Why a vault was not opened, made, read or written. The message is for the user and holds nothing that is sealed. */
public final class VaultRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public enum Reason {
        /** Or the wrapped key was altered: nobody can tell the two apart. */
        WRONG_PASSWORD,
        /** Empty, too long, or half a character. */
        BAD_PASSWORD,
        IN_USE,
        ABSENT,
        THERE_ALREADY,
        /** Others may enter the folder. */
        NOT_PRIVATE,
        /** Bytes that were altered, cut, moved, or are not ours. */
        DAMAGED,
        /** From a later version of this program. */
        TOO_NEW,
        DISK_FULL,
        /** The operating system did. */
        FAILED
    }

    private final Reason reason;

    VaultRefused(Reason reason, String what) {
        super(what);
        this.reason = reason;
    }

    VaultRefused(Reason reason, String what, Throwable cause) {
        super(what, cause);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
