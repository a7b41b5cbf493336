package parley.registry.gate.modern;

import parley.registry.mailbox.Mailbox;

/**
 * How far a connection's collection of its envelopes is. One at a time: the next is asked for when the one before was
 * read from the connection.
 *
 * <pre>
 *   nothing --collect--&gt; wants --asks--&gt; asked --envelope above--&gt; wants, above that one
 *                          ^               |--interrupted--&gt; pausing --again--&gt; wants
 *                          `----collect----´
 * </pre>
 */
final class Collecting {
    private enum State {
        NOTHING,
        WANTS,
        ASKED,
        PAUSING
    }

    private State state = State.NOTHING;
    private long after;

    void collect(long aboveSerial) {
        state = State.WANTS;
        after = aboveSerial;
    }

    boolean wants() {
        return state == State.WANTS;
    }

    long after() {
        return after;
    }

    void asked() {
        state = State.ASKED;
    }

    /** False for one that answers an earlier collection, or was had. */
    boolean takes(Mailbox.Envelope envelope) {
        if (state != State.ASKED || envelope.serial() <= after) return false;
        after = envelope.serial();
        state = State.WANTS;
        return true;
    }

    /** False if nothing was asked for. */
    boolean interrupted() {
        if (state != State.ASKED) return false;
        state = State.PAUSING;
        return true;
    }

    void again() {
        if (state == State.PAUSING) state = State.WANTS;
    }

    void ends() {
        state = State.NOTHING;
    }
}
