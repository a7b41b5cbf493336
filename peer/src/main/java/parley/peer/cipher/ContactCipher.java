package parley.peer.cipher;

import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;
import parley.messages.classic.PeerMessage;
import parley.messages.classic.Sealed;

/**
 * Owns the keys shared with one contact; no other object ever holds them. A key is remembered for the public value that
 * it came from: a contact who keeps his pair for a session, as our peers do, costs one exponentiation.
 *
 * <pre>
 *   ready --Seal, Open--> ready          a new public value: agree first; an unsafe one: refuse
 * </pre>
 *
 * It is stopped with its session, never restarted.
 */
public final class ContactCipher {
    public sealed interface Command {}

    /**
     * Prints without its content.
     *
     * @param theirs the public value that the contact sent on this link
     * @param plain texts, or chunks of a file
     */
    public record Seal(PeerMessage.PublicValue theirs, List<ByteString> plain, ActorRef<Sealing> replyTo)
            implements Command {
        @Override
        public String toString() {
            return "Seal[%d redacted]".formatted(plain.size());
        }
    }

    /** @param theirs the public value that the contact sent on this link */
    public record Open(PeerMessage.PublicValue theirs, List<Sealed> sealed, ActorRef<Opening> replyTo)
            implements Command {}

    /** Values. A classic client makes a new one for each link and sends on few at once; ours keeps one. */
    static final int REMEMBERED_MAX = 4;

    private static final String UNSAFE = "unsafe public value, expected one of 2 to p-2 that is not our own";
    private static final String NO_CIPHERTEXT = "no ciphertext, expected hex digits and an IV of 8 bytes";

    public static Behavior<Command> create(OwnKeyPair own) {
        return create(own.publicValue().value(), own::sharedWith, new SecureRandom());
    }

    static Behavior<Command> create(BigInteger own, UnaryOperator<BigInteger> agree, SecureRandom random) {
        return Behaviors.setup(context -> new ContactCipher(own, agree, random).ready());
    }

    private final BigInteger own;
    private final UnaryOperator<BigInteger> agree;
    private final SecureRandom random;
    /** Mutable and in this actor only: a key stream works in place. The oldest in use is forgotten first. */
    private final Map<BigInteger, DesOfb> remembered = new LinkedHashMap<>(8, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<BigInteger, DesOfb> oldest) {
            return size() > REMEMBERED_MAX;
        }
    };

    private ContactCipher(BigInteger own, UnaryOperator<BigInteger> agree, SecureRandom random) {
        this.own = own;
        this.agree = agree;
        this.random = random;
    }

    private Behavior<Command> ready() {
        return Behaviors.receiveMessage(command -> {
            switch (command) {
                case Seal(var theirs, var plain, var replyTo) -> {
                    var keys = keys(theirs.value());
                    replyTo.tell(keys == null ? new Sealing.Refused(UNSAFE) : new Sealing.Done(keys.seal(plain)));
                }
                case Open(var theirs, var sealed, var replyTo) -> {
                    var keys = keys(theirs.value());
                    replyTo.tell(keys == null ? new Opening.Refused(UNSAFE) : opened(keys.open(sealed)));
                }
            }
            return Behaviors.same();
        });
    }

    static Opening opened(@Nullable List<ByteString> plain) {
        return plain == null ? new Opening.Refused(NO_CIPHERTEXT) : new Opening.Done(plain);
    }

    /** Null if nothing may be agreed with {@code theirs}. Our own value back would be a reflection of what we sent. */
    private @Nullable DesOfb keys(BigInteger theirs) {
        if (!Group15.isSafe(theirs) || theirs.equals(own)) return null;
        var known = remembered.get(theirs);
        if (known != null) return known;
        var agreed = new DesOfb(DesKey.ofShared(agree.apply(theirs)), random);
        remembered.put(theirs, agreed);
        return agreed;
    }
}
