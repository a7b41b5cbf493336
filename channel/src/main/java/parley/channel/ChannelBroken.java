package parley.channel;

/** A channel that stood has ended without its last word: what came last may not be all that was sent. */
public final class ChannelBroken extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ChannelBroken(String why) {
        super(why);
    }

    ChannelBroken(String why, Throwable cause) {
        super(why, cause);
    }
}
