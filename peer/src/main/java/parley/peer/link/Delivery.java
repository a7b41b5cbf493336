package parley.peer.link;

/** How a link of ours ended. */
public sealed interface Delivery {
    /** The other side took all of it and closed without complaint. */
    record Delivered() implements Delivery {}

    /**
     * No connection came about: the address may be an old one.
     *
     * @param why one line, fit to show
     */
    record Unreachable(String why) implements Delivery {}

    /**
     * It broke on the way; the other side may have got all, some or nothing of it.
     *
     * @param why one line, fit to show
     */
    record Broken(String why) implements Delivery {}
}
