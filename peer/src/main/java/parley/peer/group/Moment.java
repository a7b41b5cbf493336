package parley.peer.group;

import java.security.SecureRandom;
import parley.messages.identity.IdentityKey;
import parley.messages.identity.RegistryId;
import parley.messages.name.UserName;
import parley.peer.store.OwnKeys;

/**
 * What a step is taken with.
 *
 * @param readReceipts whether writers are told what was read
 */
record Moment(OwnKeys keys, SecureRandom random, long nowMillis, boolean readReceipts) {
    UserName own() {
        return keys.chain().name();
    }

    IdentityKey identity() {
        return keys.chain().identity();
    }

    RegistryId registry() {
        return keys.chain().registry();
    }
}
