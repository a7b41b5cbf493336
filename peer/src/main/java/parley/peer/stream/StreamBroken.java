package parley.peer.stream;

/** What came over a stream is nothing that the other side may say. The message is one line, fit to show. */
final class StreamBroken extends Exception {
    private static final long serialVersionUID = 1L;

    StreamBroken(String why) {
        super(why);
    }
}
