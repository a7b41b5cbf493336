package parley.registry.journal;

/** Another registry holds the data folder; the message says which folder and, if known, which process. */
public final class FolderInUse extends RuntimeException {
    private static final long serialVersionUID = 1L;

    FolderInUse(String what) {
        super(what);
    }
}
