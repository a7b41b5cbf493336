package parley.messages.wire;

import java.util.List;
import org.apache.pekko.util.ByteString;
import parley.messages.identity.RegistryId;
import parley.messages.name.UserName;

/** Everything that one end of a link can say to the other; PROTOCOL.md §9. */
public sealed interface Frame {
    /**
     * The first frame of both sides, and never a later one.
     *
     * @param statements how many the chain of {@code from} has, as {@code from} knows it
     * @param head the hash of the last of them
     */
    record Hello(RegistryId registry, UserName from, UserName to, long statements, ByteString head) implements Frame {
        public static final int HEAD_BYTES = 32;

        /** @throws MalformedFrame if the hash is none, or a chain of none had a last statement */
        public Hello {
            if (head.size() != HEAD_BYTES)
                throw new MalformedFrame("a head of %d bytes, expected %d".formatted(head.size(), HEAD_BYTES));
            if (statements < 1) throw new MalformedFrame("a chain of %d statements".formatted(statements));
            head = head.compact();
        }

        /** Whom one writes to is nobody's business but one's own. */
        @Override
        public String toString() {
            return "Hello[%d statements]".formatted(statements);
        }
    }

    /** A sealed message; its bytes are the same on every path. */
    record Enveloped(Envelope envelope) implements Frame {}

    /** Those envelopes are on disk at the receiver. */
    record Ack(List<MessageId> ids) implements Frame {
        public static final int IDS_MAX = 255;

        /** @throws MalformedFrame unless there are 1 to {@value #IDS_MAX} */
        public Ack {
            ids = List.copyOf(ids);
            if (ids.isEmpty() || ids.size() > IDS_MAX)
                throw new MalformedFrame("an ACK of %d ids, expected 1 to %d".formatted(ids.size(), IDS_MAX));
        }
    }

    /** That envelope could not be opened, and never will. */
    record Refused(MessageId id, Reason reason) implements Frame {}

    record Ping(long number) implements Frame {}

    /** @param number of the ping that it answers */
    record Pong(long number) implements Frame {}

    /** The last frame. */
    record Bye(Farewell why) implements Frame {}

    /** Why a link ends; the numbers are the protocol's. */
    enum Farewell {
        IDLE(1),
        LEAVING(2),
        ANOTHER_LINK_SERVES(3),
        NOT_A_CONTACT(4),
        MALFORMED(5);

        final int number;

        Farewell(int number) {
            this.number = number;
        }

        static Farewell of(int number) {
            for (var farewell : values()) if (farewell.number == number) return farewell;
            throw new MalformedFrame("a BYE of reason %d, expected 1 to %d".formatted(number, values().length));
        }
    }
}
