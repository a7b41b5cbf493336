package parley.peer.transfer;

/** A file that was being sent is not what it was; the message is one line, fit to show. */
public final class FileChanged extends Exception {
    private static final long serialVersionUID = 1L;

    FileChanged(String what) {
        super(what);
    }
}
