package parley.channel;

/** There was no handshake, or not the right one. Its message is fit to show: what was expected, and what was seen. */
public final class ChannelRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final boolean wrongKey;

    ChannelRefused(String why) {
        super(why);
        this.wrongKey = false;
    }

    ChannelRefused(String why, Throwable cause) {
        this(why, cause, false);
    }

    ChannelRefused(String why, Throwable cause, boolean wrongKey) {
        super(why, cause);
        this.wrongKey = wrongKey;
    }

    /** Whether it is the key of the other side that we refused: that does not pass by itself. */
    public boolean isWrongKey() {
        return wrongKey;
    }
}
