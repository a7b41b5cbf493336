package parley.bench;

import java.security.SecureRandom;
import java.util.Optional;
import org.apache.pekko.util.ByteString;
import parley.messages.identity.Bundle;
import parley.messages.identity.RegistryId;
import parley.messages.name.UserName;
import parley.peer.cipher.identity.SigningKey;
import parley.peer.cipher.ratchet.Opening;
import parley.peer.cipher.ratchet.Sessions;
import parley.peer.store.OwnKeys;

/** Two with keys and, once {@link #met}, a session: what a peer does for each text, without disk and network. */
final class Couple {
    private static final RegistryId REGISTRY = new RegistryId(ByteString.fromArray(new byte[RegistryId.BYTES]));
    private static final long NOW = 1_800_000_000_000L;

    final SecureRandom random = new SecureRandom();
    final OwnKeys alice = OwnKeys.create(REGISTRY, new UserName("alice"), SigningKey.create(random), NOW, random)
            .keys();
    final OwnKeys bob = OwnKeys.create(REGISTRY, new UserName("bob"), SigningKey.create(random), NOW, random)
            .keys();
    final Bundle ofBob;
    Sessions atAlice = Sessions.none();
    Sessions atBob = Sessions.none();

    Couple() {
        var batch = bob.batch(1, NOW, random);
        bob.add(batch);
        var checked = Bundle.of(bob.chain(), Optional.of(batch.published().getFirst()));
        if (!(checked instanceof Bundle.Good(var bundle))) throw new IllegalStateException("a bundle that is wrong");
        ofBob = bundle;
    }

    /** Both have heard of each other. */
    static Couple met() {
        var couple = new Couple();
        couple.begin();
        couple.toBob(ByteString.fromString("hello"));
        couple.toAlice(ByteString.fromString("hello"));
        return couple;
    }

    /** PQXDH, at the side that begins. */
    Sessions begun() {
        if (Sessions.none().begin(alice.own(), ofBob, random) instanceof Sessions.Started(var next)) return next;
        throw new IllegalStateException("not started");
    }

    void begin() {
        atAlice = begun();
    }

    ByteString sealedByAlice(ByteString content) {
        var made = atAlice.seal(content, random);
        atAlice = made.next();
        return made.bytes();
    }

    void openedByBob(ByteString bytes) {
        atBob = opened(atBob.open(bytes, bob.own(), alice.chain(), NOW));
    }

    void toBob(ByteString content) {
        openedByBob(sealedByAlice(content));
    }

    void toAlice(ByteString content) {
        var made = atBob.seal(content, random);
        atBob = made.next();
        atAlice = opened(atAlice.open(made.bytes(), alice.own(), bob.chain(), NOW));
    }

    private static Sessions opened(Opening opening) {
        if (opening instanceof Opening.Opened opened) return opened.next();
        throw new IllegalStateException("not opened: " + opening);
    }
}
