package parley.messages.group;

import java.util.Random;
import org.apache.pekko.util.ByteString;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import parley.messages.group.Taking.Longer;
import parley.messages.identity.IdentityKey;
import parley.messages.identity.RegistryId;
import parley.messages.identity.Signature;
import parley.messages.name.GroupName;
import parley.messages.name.UserName;

/** Somebody with a private key, who signs whatever a test wants him to. The same seed makes the same key. */
final class Person {
    static final RegistryId REGISTRY = new RegistryId(ByteString.fromArray(new byte[RegistryId.BYTES]));
    static final GroupName TEAM = new GroupName("team");
    static final long TIME = 1_800_000_000_000L;

    final UserName name;
    final IdentityKey key;
    private final byte[] secret = new byte[Ed25519.SECRET_KEY_SIZE];

    Person(String name, long seed) {
        this.name = new UserName(name);
        new Random(seed).nextBytes(secret);
        var bytes = new byte[IdentityKey.BYTES];
        Ed25519.generatePublicKey(secret, 0, bytes, 0);
        key = new IdentityKey(ByteString.fromArray(bytes));
    }

    GroupEntry sign(EntryDraft draft) {
        var message = draft.signed(REGISTRY).toArray();
        var signature = new byte[Signature.BYTES];
        Ed25519.sign(secret, 0, message, 0, message.length, signature, 0);
        return draft.with(new Signature(ByteString.fromArray(signature)));
    }

    GroupEntry creates(Policy policy) {
        return sign(EntryDraft.first(name, key, founding(policy), TIME));
    }

    GroupLog begins(Policy policy) {
        return longer(GroupLog.begin(REGISTRY, TEAM, creates(policy)));
    }

    GroupEntry writes(GroupLog log, Deed deed) {
        return sign(log.draft(name, key, deed, TIME));
    }

    GroupLog does(GroupLog log, Deed deed) {
        return longer(log.append(writes(log, deed)));
    }

    /** That this one is brought in. */
    Deed.Add in() {
        return new Deed.Add(name, key);
    }

    static Deed.Create founding(Policy policy) {
        return new Deed.Create(TEAM, policy, ByteString.fromArray(new byte[Deed.Create.SALT_BYTES]));
    }

    static GroupLog longer(Taking answer) {
        return switch (answer) {
            case Longer(var log) -> log;
            case Taking.Refused(var why) -> throw new AssertionError("refused: " + why);
        };
    }
}
