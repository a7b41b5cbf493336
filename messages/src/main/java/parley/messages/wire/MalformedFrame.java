package parley.messages.wire;

/** The other side broke the protocol: after this nothing on its link can be trusted. One line, fit to show. */
public final class MalformedFrame extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** A stack trace would cost more than the frame did whoever sent it. */
    MalformedFrame(String what) {
        super(what, null, false, false);
    }
}
