package parley.peer.lookup.directory;

import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.pekko.util.ByteString;
import parley.messages.directory.Limits;
import parley.messages.identity.IdentityKey;

/** One connection to a registry, as bytes that are safe: over TLS, or in a test over whatever plays a registry. */
interface Wire {
    /** What becomes of a connection, in this order. */
    sealed interface Event {}

    /**
     * It stands.
     *
     * @param key that the registry showed
     * @param here our end of it: the address under which the registry sees us
     */
    record Opened(IdentityKey key, InetSocketAddress here) implements Event {}

    /** After {@link Wire#read}. Prints without its content. */
    record Received(ByteString bytes) implements Event {
        @Override
        public String toString() {
            return "Received[%d bytes redacted]".formatted(bytes.size());
        }
    }

    /** It is over, or never stood; nothing follows. {@code why} continues "The registry at …". */
    record Ended(String why) implements Event {}

    /** It showed another key than the one that it must show, and {@code why} says both; nothing follows. */
    record WrongKey(String why) implements Event {}

    /** How one is had. */
    @FunctionalInterface
    interface Dial {
        /**
         * @param pin the only key that the registry may show; none for any
         * @param events told from any thread, never before this returns
         */
        Wire dial(Optional<IdentityKey> pin, Consumer<Event> events);
    }

    /** Asks for the next bytes; once after {@link Opened} and after each {@link Received}. */
    void read();

    /** Lines that the registry has not read yet, with a goodbye behind them: there is room for as many as may be out. */
    int SENT_MAX = Limits.UNANSWERED_MAX + 1;

    /** At most {@link #SENT_MAX} that are not answered; more are lost. */
    void send(ByteString line);

    /** No more bytes of ours: what was sent goes out, and then our side is closed. */
    void finish();

    /** It is over now, in both directions. Events may still come. */
    void close();
}
