package parley.peer.cipher.ratchet;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;
import parley.messages.identity.AgreementKey;
import parley.peer.cipher.agreement.Agreed;
import parley.peer.cipher.agreement.Greeting;
import parley.peer.cipher.primitive.AesGcm;
import parley.peer.cipher.primitive.AgreementPair;
import parley.peer.cipher.primitive.Secret;

/**
 * The Double Ratchet as a value: sealing and opening answer with the next one and never alter this one.
 *
 * <pre>
 *   initiating: sending             --seal--> sending
 *   answering: neither              --open--> receiving
 *   receiving                       --seal--> both        turns our half: a new pair, a new sending chain
 *   both                            --seal--> both        --open, known ratchet key--> both
 *   any with a sending chain        --open, new ratchet key--> receiving
 * </pre>
 *
 * Our half is turned when something is sealed and not when something was opened: opening needs no randomness, and a
 * state that was restored from a copy turns into another chain than the one that it already used.
 *
 * @param own our ratchet pair of this turn
 * @param theirs their ratchet key of this turn; none before they are heard of
 * @param sending none until our half is turned
 * @param previousLength how many messages our chain before this turn had
 * @param receiving none before the first of theirs was opened
 */
record Ratchet(
        Derivation derive,
        ByteString sessionId,
        ByteString binding,
        Secret root,
        AgreementPair own,
        @Nullable AgreementKey theirs,
        @Nullable Chain sending,
        long previousLength,
        @Nullable Chain receiving,
        Skipped skipped) {
    /** Messages. More than a contact loses on the way, and 2 ms of hashing for whoever forges a number. */
    static final int SKIP_MAX = 1_000;

    private static final long NUMBER_MAX = 0xffff_fffeL;

    /** The next ratchet, and the bytes to send once that one is stored. */
    record Sealed(Ratchet next, ByteString bytes) {}

    sealed interface Opening {}

    record Opened(Ratchet next, ByteString padded) implements Opening {
        @Override
        public String toString() {
            return "redacted";
        }
    }

    record Refused(Refusal why) implements Opening {}

    /** Of whoever wrote first. Null if {@code prekey} is weak. */
    static @Nullable Ratchet initiating(Agreed agreed, AgreementKey prekey, SecureRandom random) {
        var derive = Derivation.at(agreed.registry());
        var own = AgreementPair.create(random);
        var shared = own.with(prekey);
        if (shared == null) return null;
        var turned = derive.turn(agreed.root(), shared);
        return new Ratchet(
                derive,
                agreed.sessionId(),
                agreed.binding(),
                turned.root(),
                own,
                prekey,
                Chain.of(turned.chain()),
                0,
                null,
                Skipped.NONE);
    }

    /** Of whoever was written to; seals nothing before it has opened something. */
    static Ratchet answering(Agreed agreed, AgreementPair prekey) {
        var derive = Derivation.at(agreed.registry());
        return new Ratchet(
                derive, agreed.sessionId(), agreed.binding(), agreed.root(), prekey, null, null, 0, null, Skipped.NONE);
    }

    /** @param greeting to travel in front, as long as they have not answered */
    Sealed seal(@Nullable Greeting greeting, byte[] padded, SecureRandom random) {
        var chain = sending;
        if (chain == null) return turned(random).seal(greeting, padded, random);
        if (chain.next() > NUMBER_MAX) throw new IllegalStateException("the chain is at its end");
        var open = Message.open(greeting, new Header(sessionId, own.key(), previousLength, chain.next()));
        var nonce = new byte[AesGcm.NONCE_BYTES];
        // Random although a message key serves once: a restored copy of us may come to the same key again.
        random.nextBytes(nonce);
        var key = chain.messageKey(derive);
        var box = AesGcm.seal(key, nonce, binding.concat(open), padded);
        key.wipe();
        var bytes = open.concat(ByteString.fromArrayUnsafe(nonce)).concat(ByteString.fromArrayUnsafe(box));
        return new Sealed(withSending(chain.advanced(derive)), bytes.compact());
    }

    /** @param nowMillis of our own clock */
    Opening open(Message message, long nowMillis) {
        var header = message.header();
        if (header.ratchet().equals(own.key())) return new Refused(Refusal.REFLECTED);
        var young = skipped.at(nowMillis);
        var waiting = young.find(header);
        if (waiting != null) return opened(message, waiting, withSkipped(young.without(header)));
        if (header.ratchet().equals(theirs) && receiving != null)
            return skipTo(header.number(), receiving, message, withSkipped(young), nowMillis);
        return turnAndOpen(message, withSkipped(young), nowMillis);
    }

    /**
     * A ratchet key that is not the present one: the rest of the chain that ends here is skipped, then they have
     * turned.
     */
    private Opening turnAndOpen(Message message, Ratchet young, long nowMillis) {
        var header = message.header();
        var ending = receiving;
        long rest = ending == null ? 0 : Math.max(0, header.previousLength() - ending.next());
        if (rest + header.number() > SKIP_MAX) return new Refused(Refusal.TOO_FAR_AHEAD);
        var shared = own.with(header.ratchet());
        if (shared == null) return new Refused(Refusal.WEAK_KEY);
        var turned = derive.turn(root, shared);
        var kept = ending == null || theirs == null
                ? young.skipped
                : young.skipped.with(keys(ending, theirs, ending.next() + rest, nowMillis));
        var chain = Chain.of(turned.chain());
        var next = new Ratchet(
                derive,
                sessionId,
                binding,
                turned.root(),
                own,
                header.ratchet(),
                null,
                sending == null ? previousLength : sending.next(),
                chain,
                kept);
        return skipTo(header.number(), chain, message, next, nowMillis);
    }

    /** @param next what we are once the message was opened, but for the keys that are skipped on the way to it */
    private Opening skipTo(long number, Chain chain, Message message, Ratchet next, long nowMillis) {
        if (number < chain.next()) return new Refused(Refusal.REPLAYED);
        if (number - chain.next() > SKIP_MAX) return new Refused(Refusal.TOO_FAR_AHEAD);
        var overtaken = keys(chain, message.header().ratchet(), number, nowMillis);
        var here = chain;
        while (here.next() < number) here = here.advanced(derive);
        var key = here.messageKey(derive);
        var answer = opened(
                message, key, next.withReceiving(here.advanced(derive)).withSkipped(next.skipped.with(overtaken)));
        key.wipe();
        return answer;
    }

    /** Only here does a next one come to be: the tag was right. */
    private Opening opened(Message message, Secret key, Ratchet next) {
        var padded = AesGcm.open(
                key,
                message.nonce().toArrayUnsafe(),
                binding.concat(message.open()),
                message.box().toArrayUnsafe());
        return padded == null ? new Refused(Refusal.FORGED) : new Opened(next, ByteString.fromArrayUnsafe(padded));
    }

    private List<Skipped.Key> keys(Chain from, AgreementKey ratchet, long to, long nowMillis) {
        var keys = new ArrayList<Skipped.Key>();
        for (var chain = from; chain.next() < to; chain = chain.advanced(derive))
            keys.add(new Skipped.Key(ratchet, chain.next(), chain.messageKey(derive), nowMillis));
        return keys;
    }

    private Ratchet turned(SecureRandom random) {
        if (theirs == null) throw new IllegalStateException("nothing was opened yet");
        var pair = AgreementPair.create(random);
        var shared = pair.with(theirs);
        // A weak key is refused when it comes; nothing weak is ever kept.
        if (shared == null) throw new IllegalStateException("a weak key was kept");
        var turned = derive.turn(root, shared);
        return new Ratchet(
                derive,
                sessionId,
                binding,
                turned.root(),
                pair,
                theirs,
                Chain.of(turned.chain()),
                previousLength,
                receiving,
                skipped);
    }

    private Ratchet withSending(Chain next) {
        return new Ratchet(derive, sessionId, binding, root, own, theirs, next, previousLength, receiving, skipped);
    }

    private Ratchet withReceiving(Chain next) {
        return new Ratchet(derive, sessionId, binding, root, own, theirs, sending, previousLength, next, skipped);
    }

    private Ratchet withSkipped(Skipped next) {
        return new Ratchet(derive, sessionId, binding, root, own, theirs, sending, previousLength, receiving, next);
    }

    @Override
    public String toString() {
        return "redacted";
    }
}
