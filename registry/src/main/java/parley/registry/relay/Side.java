package parley.registry.relay;

import org.apache.pekko.util.ByteString;

/** One of the two connections of a relay, as others see it. */
@FunctionalInterface
public interface Side {
    /** On any thread; words of one thread arrive in their order. */
    void told(Word word);

    sealed interface Word {}

    /** The other one is there. */
    record Joined(Passage passage) implements Word {}

    /** From the other one, who says nothing more until they are {@link Taken}. */
    record Passed(ByteString bytes) implements Word {
        @Override
        public String toString() {
            return "Passed[%d bytes redacted]".formatted(bytes.size());
        }
    }

    record Taken() implements Word {}

    /** The other one has ended: in order, all it said was told before; or its connection broke, or was cut. */
    record Over(boolean inOrder) implements Word {}

    /** Its account has come again for the same. */
    record Displaced() implements Word {}
}
