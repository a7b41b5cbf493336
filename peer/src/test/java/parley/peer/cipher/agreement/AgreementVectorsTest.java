package parley.peer.cipher.agreement;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.Test;
import parley.messages.identity.Appending;
import parley.messages.identity.Claim;
import parley.messages.identity.KeyChainCodec;
import parley.messages.identity.OneTimePrekeys;
import parley.messages.identity.StatementCodec;
import parley.messages.name.UserName;
import parley.peer.cipher.identity.SafetyNumber;
import parley.peer.cipher.identity.SigningKey;
import parley.peer.cipher.primitive.DocsVectors;
import parley.peer.cipher.primitive.DocsVectors.Vector;
import parley.peer.cipher.primitive.SeededRandom;

/** docs/vectors: key chains, one-time prekeys, first contact and safety numbers. */
class AgreementVectorsTest {
    private final Person alice = new Person("alice", 1);
    private final Person bob = new Person("bob", 2);

    @Test
    void everyStatementIsTheOneInTheDocs() {
        var random = new SeededRandom(3);
        var tls = SigningKey.create(random);
        var next = SigningKey.create(random);
        alice.say(new Claim.Tls(tls.key()));
        alice.say(alice.identity.succeedBy(next, alice.chain(), Person.TIME));
        var draft = alice.chain().draft(new Claim.Revoke(), Person.TIME);
        alice.say(alice.recovery.sign(draft, Person.REGISTRY));

        var made = new ArrayList<Vector>();
        for (var statement : alice.chain().statements()) {
            var purpose = statement.claim().purpose();
            var signer = purpose.equals("revoke") ? alice.recovery : alice.identity;
            var vector = new Vector()
                    .put("purpose", purpose)
                    .put("registry", Person.REGISTRY.bytes())
                    .put("signerPrivate", signer.secret());
            if (purpose.equals("successor")) vector.put("successorPrivate", next.secret());
            made.add(vector.put("signed", statement.draft().signed(Person.REGISTRY))
                    .put("statement", StatementCodec.encode(statement))
                    .put("hash", statement.hash(Person.REGISTRY)));
        }
        DocsVectors.check("key-chain.json", made);
    }

    @Test
    void theChainInTheDocsIsTakenIn() {
        var row = ByteString.emptyByteString();
        for (var vector : DocsVectors.read("key-chain.json")) {
            var statement = hex(vector.getOrDefault("statement", ""));
            row = row.concat(ByteString.fromInts(statement.size() >> 8, statement.size() & 0xff))
                    .concat(statement);
        }
        assertThat(KeyChainCodec.decode(Person.REGISTRY, new UserName("alice"), row))
                .isInstanceOfSatisfying(
                        Appending.Longer.class,
                        longer -> assertThat(longer.chain().isRevoked()).isTrue());
    }

    @Test
    void theFirstSecretIsTheOneInTheDocs() {
        DocsVectors.check("pqxdh.json", List.of(agreed(true), agreed(false)));
    }

    private Vector agreed(boolean oneTime) {
        Optional<OneTimePrekeys> published = oneTime ? Optional.of(bob.publish(7)) : Optional.empty();
        var bundle = bob.bundle(published);
        var offer = bundle.offer();
        var agreement = alice.agreement(alice.chain().agreement().orElseThrow()).orElseThrow();
        // The ephemeral key is the first that is drawn, and what is encapsulated the second.
        var ephemeral = new byte[32];
        var encapsulated = new byte[32];
        var drawn = new SeededRandom(4);
        drawn.nextBytes(ephemeral);
        drawn.nextBytes(encapsulated);
        var begun = switch (Initiation.begin(alice.own(), bundle, new SeededRandom(4))) {
            case Initiation.Begun good -> good;
            case Initiation.Refused(var why) -> throw new AssertionError(why);
        };
        var vector = new Vector()
                .put("registry", Person.REGISTRY.bytes())
                .put("initiator", alice.chain().name().text())
                .put("initiatorIdentity", alice.chain().identity().bytes())
                .put("initiatorAgreementPrivate", agreement.secret())
                .put("ephemeralPrivate", ByteString.fromArray(ephemeral))
                .put("encapsulated", ByteString.fromArray(encapsulated))
                .put("responder", bob.chain().name().text())
                .put("responderIdentity", bob.chain().identity().bytes())
                .put(
                        "responderAgreementPrivate",
                        bob.agreement(offer.agreement()).orElseThrow().secret())
                .put(
                        "prekeyPrivate",
                        bob.agreement(offer.prekey()).orElseThrow().secret());
        if (published.isPresent()) {
            var pairs = bob.oneTime(7).orElseThrow();
            vector.put("oneTimePrivate", pairs.prekey().secret())
                    .put("kemSeed", pairs.kem().seed())
                    .put("responderIdentityPrivate", bob.identity.secret())
                    .put("oneTimePrekeys", published.get().encode());
        } else {
            vector.put("kemSeed", bob.kem(offer.kem()).orElseThrow().seed());
        }
        return vector.put("kemKey", bundle.kem().bytes())
                .put("greeting", begun.greeting().encode())
                .put("binding", begun.agreed().binding())
                .put("root", begun.agreed().root())
                .put("sessionId", begun.agreed().sessionId());
    }

    @Test
    void theSafetyNumberIsTheOneInTheDocs() {
        var number = SafetyNumber.of(
                Person.REGISTRY,
                alice.chain().name(),
                alice.chain().identity(),
                bob.chain().name(),
                bob.chain().identity());
        DocsVectors.check(
                "safety-number.json",
                List.of(new Vector()
                        .put("registry", Person.REGISTRY.bytes())
                        .put("one", "alice")
                        .put("identityOfOne", alice.chain().identity().bytes())
                        .put("other", "bob")
                        .put("identityOfOther", bob.chain().identity().bytes())
                        .put("digits", number.digits())));
    }

    private static ByteString hex(String digits) {
        return ByteString.fromArray(HexFormat.of().parseHex(digits));
    }
}
