package parley.peer.cipher.ratchet;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Objects;
import org.apache.pekko.util.ByteString;
import parley.messages.identity.RegistryId;
import parley.peer.cipher.agreement.Agreed;
import parley.peer.cipher.agreement.Binding;
import parley.peer.cipher.primitive.AgreementPair;
import parley.peer.cipher.primitive.Secret;
import parley.peer.cipher.primitive.SeededRandom;

/** Two ratchets that have agreed already, and whatever time it is. */
final class Two {
    static final RegistryId REGISTRY = new RegistryId(ByteString.fromArray(new byte[RegistryId.BYTES]));

    final SecureRandom random;
    Ratchet alice;
    Ratchet bob;
    long nowMillis = 1_000_000;

    Two(long seed) {
        random = new SeededRandom(seed);
        var prekey = AgreementPair.create(random);
        var agreed = new Agreed(REGISTRY, bytes(Agreed.SESSION_ID_BYTES), Secret.random(random), bytes(Binding.BYTES));
        alice = Objects.requireNonNull(Ratchet.initiating(agreed, prekey.key(), random));
        bob = Ratchet.answering(agreed, prekey);
    }

    /** Both have heard of each other. */
    static Two acquainted(long seed) {
        var two = new Two(seed);
        two.bobOpens(two.aliceSeals("hello"));
        two.aliceOpens(two.bobSeals("hello"));
        return two;
    }

    ByteString aliceSeals(String text) {
        var step = alice.seal(null, Padding.pad(ByteString.fromString(text).toArray()), random);
        alice = step.next();
        return step.bytes();
    }

    ByteString bobSeals(String text) {
        var step = bob.seal(null, Padding.pad(ByteString.fromString(text).toArray()), random);
        bob = step.next();
        return step.bytes();
    }

    String aliceOpens(ByteString bytes) {
        var answer = alice.open(Message.decode(bytes), nowMillis);
        if (answer instanceof Ratchet.Opened(var next, var padded)) alice = next;
        return shown(answer);
    }

    String bobOpens(ByteString bytes) {
        var answer = bob.open(Message.decode(bytes), nowMillis);
        if (answer instanceof Ratchet.Opened(var next, var padded)) bob = next;
        return shown(answer);
    }

    /** The text, or the name of the refusal. */
    private static String shown(Ratchet.Opening answer) {
        return switch (answer) {
            case Ratchet.Opened(var next, var padded) ->
                ByteString.fromArray(
                                Objects.requireNonNull(Padding.unpad(Arrays.copyOf(padded.toArray(), padded.size()))))
                        .utf8String();
            case Ratchet.Refused(var why) -> why.name();
        };
    }

    private ByteString bytes(int count) {
        var bytes = new byte[count];
        random.nextBytes(bytes);
        return ByteString.fromArray(bytes);
    }
}
