package parley.peer.cipher.primitive;

import org.apache.pekko.util.ByteString;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/** Argon2id, version 0x13 (RFC 9106): makes each guess at a password dear. */
public final class Argon2id {
    public static final int SALT_BYTES = 16;

    /** Kibibytes, passes, lanes. */
    public record Cost(int memoryKib, int passes, int lanes) {
        /** RFC 9106 §4, second choice, with one lane: ours have one thread. A third of a second of a laptop. */
        public static final Cost TODAY = new Cost(64 * 1024, 3, 1);

        /** What the OWASP Password Storage Cheat Sheet asks for at least. */
        private static final int OUR_MEMORY_KIB_MIN = 19 * 1024;

        /** A cost is also read from files: one beyond these would take the memory or the day of whoever opens them. */
        public static final int MEMORY_KIB_MAX = 1024 * 1024;

        public static final int PASSES_MAX = 64;
        public static final int LANES_MAX = 16;

        /** RFC 9106 §3.1: kibibytes for each lane. */
        private static final int LANE_KIB_MIN = 8;

        /**
         * As much work as {@link #TODAY}, in another memory: less of it is gone through more often.
         *
         * @throws IllegalArgumentException if that is less or more than anybody should use
         */
        public static Cost in(long memoryBytes) {
            long kib = memoryBytes / 1024;
            if (kib < OUR_MEMORY_KIB_MIN || kib > MEMORY_KIB_MAX)
                throw new IllegalArgumentException("%d KiB to stretch a password in, expected %d to %d"
                        .formatted(kib, OUR_MEMORY_KIB_MIN, MEMORY_KIB_MAX));
            int passes = Math.ceilDiv(TODAY.memoryKib * TODAY.passes, (int) kib);
            return new Cost((int) kib, passes, TODAY.lanes);
        }

        /** @throws IllegalArgumentException if it is none that anybody should pay */
        public Cost {
            if (lanes < 1 || lanes > LANES_MAX)
                throw new IllegalArgumentException("%d lanes, expected 1 to %d".formatted(lanes, LANES_MAX));
            if (passes < 1 || passes > PASSES_MAX)
                throw new IllegalArgumentException("%d passes, expected 1 to %d".formatted(passes, PASSES_MAX));
            if (memoryKib < LANE_KIB_MIN * lanes || memoryKib > MEMORY_KIB_MAX)
                throw new IllegalArgumentException(
                        "%d KiB, expected %d to %d".formatted(memoryKib, LANE_KIB_MIN * lanes, MEMORY_KIB_MAX));
        }
    }

    /** @param password its bytes; the caller wipes them */
    public static Secret derive(byte[] password, ByteString salt, Cost cost) {
        var argon2 = new Argon2BytesGenerator();
        argon2.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                .withMemoryAsKB(cost.memoryKib())
                .withIterations(cost.passes())
                .withParallelism(cost.lanes())
                .withSalt(salt.toArrayUnsafe())
                .build());
        var derived = new byte[Secret.BYTES];
        argon2.generateBytes(password, derived);
        return Secret.of(derived);
    }

    private Argon2id() {}
}
