package parley.messages.identity;

/** Bytes that are no key: their number is wrong, or no point and no polynomial has them. */
public final class BadKey extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    BadKey(String what) {
        super(what);
    }
}
