package parley.peer.stream;

import parley.peer.stream.Streams.Closing;

/** How a stream that runs is told something. Any thread may. */
interface StreamPort {
    /** Says so to the other side, and ends. */
    void close(Closing why);

    /** Ends at once, without a word: another stream has taken its place. */
    void abort();
}
