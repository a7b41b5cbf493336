package parley.peer.link;

/**
 * Ends a link so that the other side sees a reset. Not an error of ours, so it has no stack trace; the message is one
 * line, fit to show.
 */
public final class LinkAborted extends RuntimeException {
    private static final long serialVersionUID = 1L;

    LinkAborted(String why) {
        super(why, null, false, false);
    }
}
