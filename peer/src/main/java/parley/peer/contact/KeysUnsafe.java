package parley.peer.contact;

/** What memory holds is not what the disk holds: nothing of it may leave, and it is to be read anew. */
final class KeysUnsafe extends RuntimeException {
    private static final long serialVersionUID = 1L;

    KeysUnsafe(String why) {
        super(why);
    }
}
