package parley.channel;

/** There was no handshake, or not the right one. Its message is fit to show: what was expected, and what was seen. */
public final class ChannelRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ChannelRefused(String why) {
        super(why);
    }

    ChannelRefused(String why, Throwable cause) {
        super(why, cause);
    }
}
