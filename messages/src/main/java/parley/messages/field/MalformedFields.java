package parley.messages.field;

/** Bytes that are not what their layout says. Never holds what it found, only where it stopped making sense. */
public final class MalformedFields extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public MalformedFields(String what) {
        super(what);
    }
}
