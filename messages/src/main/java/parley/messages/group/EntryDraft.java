package parley.messages.group;

import org.apache.pekko.util.ByteString;
import parley.messages.identity.IdentityKey;
import parley.messages.identity.Label;
import parley.messages.identity.RegistryId;
import parley.messages.identity.Signature;
import parley.messages.name.UserName;

/**
 * An entry before it is signed.
 *
 * @param sequence 0 for the first of a log
 * @param previous the hash of the entry before, {@link #NONE} for the first
 * @param timeMillis since 1970, of the author's clock: for people, nothing is decided by it
 * @param key under which {@code author} signs
 */
public record EntryDraft(
        long sequence, ByteString previous, long timeMillis, UserName author, IdentityKey key, Deed deed) {
    public static final int HASH_BYTES = 32;
    public static final ByteString NONE = ByteString.fromArrayUnsafe(new byte[HASH_BYTES]);

    /** @throws IllegalArgumentException if a number does not fit its field */
    public EntryDraft {
        if (sequence < 0 || sequence > 0xffff_ffffL) throw new IllegalArgumentException("sequence " + sequence);
        if (timeMillis < 0) throw new IllegalArgumentException("a time before 1970");
        if (previous.size() != HASH_BYTES) throw new IllegalArgumentException("a hash of " + previous.size());
        previous = previous.compact();
    }

    /** Of a new group; those after it come from {@link GroupLog#draft}. */
    public static EntryDraft first(UserName author, IdentityKey key, Deed.Create deed, long timeMillis) {
        return new EntryDraft(0, NONE, timeMillis, author, key, deed);
    }

    /** What the signature is over. */
    public ByteString signed(RegistryId registry) {
        return Label.of("group-entry", registry)
                .concat(EntryCodec.unsigned(this))
                .compact();
    }

    public GroupEntry with(Signature signature) {
        return new GroupEntry(this, signature);
    }
}
