package parley.messages.group;

import org.apache.pekko.util.ByteString;
import parley.messages.identity.Label;
import parley.messages.identity.RegistryId;
import parley.messages.identity.Signature;

/** One link of a group's log. That its author might write it is known only once a {@link GroupLog} has taken it in. */
public record GroupEntry(EntryDraft draft, Signature signature) {
    public Deed deed() {
        return draft.deed();
    }

    /** What the next entry names as its previous one; of the first it is the group's id. */
    public ByteString hash(RegistryId registry) {
        return Label.hash("group-entry-hash", registry, EntryCodec.encode(this));
    }

    boolean isSigned(RegistryId registry) {
        return draft.key().verifies(draft.signed(registry), signature);
    }
}
