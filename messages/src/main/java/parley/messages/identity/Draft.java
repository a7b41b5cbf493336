package parley.messages.identity;

import org.apache.pekko.util.ByteString;
import parley.messages.field.FieldWriter;

/**
 * A statement before it is signed.
 *
 * @param sequence 0 for the first of a chain
 * @param previous the hash of the statement before, {@link #NONE} for the first
 * @param timeMillis since 1970, of the signer's clock: for people, nothing is decided by it
 */
public record Draft(long sequence, ByteString previous, long timeMillis, Claim claim) {
    public static final int HASH_BYTES = 32;
    public static final ByteString NONE = ByteString.fromArrayUnsafe(new byte[HASH_BYTES]);

    /** @throws IllegalArgumentException if a number does not fit its field */
    public Draft {
        if (sequence < 0 || sequence > 0xffff_ffffL) throw new IllegalArgumentException("sequence " + sequence);
        if (timeMillis < 0) throw new IllegalArgumentException("a time before 1970");
        if (previous.size() != HASH_BYTES) throw new IllegalArgumentException("a hash of " + previous.size());
        previous = previous.compact();
    }

    public static Draft first(Claim.Identity claim, long timeMillis) {
        return new Draft(0, NONE, timeMillis, claim);
    }

    /** What the signature is over: the purpose's label, then the statement as it is sent. */
    public ByteString signed(RegistryId registry) {
        return Label.of(claim.purpose(), registry)
                .concat(StatementCodec.unsigned(this))
                .compact();
    }

    /** What an identity's successor signs: that it follows {@code old} at this place of this chain. */
    public static ByteString succession(
            RegistryId registry, long sequence, ByteString previous, IdentityKey old, IdentityKey next) {
        return new FieldWriter()
                .bytes(Label.of("succession", registry))
                .u32(sequence)
                .bytes(previous)
                .bytes(old.bytes())
                .bytes(next.bytes())
                .toByteString();
    }
}
