package parley.peer.cipher.ratchet;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.Test;
import parley.peer.cipher.agreement.Person;
import parley.peer.cipher.primitive.AesGcm;
import parley.peer.cipher.primitive.DocsVectors;
import parley.peer.cipher.primitive.DocsVectors.Vector;
import parley.peer.cipher.primitive.Secret;
import parley.peer.cipher.primitive.SeededRandom;

/** docs/vectors: what follows from what in the ratchet, one box, the padding, and a whole conversation. */
class RatchetVectorsTest {
    @Test
    void everyTurnAndEveryStepIsTheOneInTheDocs() {
        var derive = Derivation.at(Person.REGISTRY);
        var random = new SeededRandom(5);
        var root = Secret.random(random);
        var agreed = Secret.random(random);
        var vector = new Vector()
                .put("registry", Person.REGISTRY.bytes())
                .put("root", root)
                .put("agreed", agreed);
        var turned = derive.turn(root, agreed.unsafeBytes());
        vector.put("nextRoot", turned.root())
                .put("chainKey", turned.chain())
                .put("messageKey", derive.messageKey(turned.chain()))
                .put("nextChainKey", derive.nextChainKey(turned.chain()));
        DocsVectors.check("ratchet.json", List.of(vector));
    }

    @Test
    void aBoxIsTheOneInTheDocs() {
        var random = new SeededRandom(6);
        var key = Secret.random(random);
        var binding = bytes(random, 32);
        var open = bytes(random, 57);
        var nonce = bytes(random, AesGcm.NONCE_BYTES);
        var padded = Padding.pad("Grüße".getBytes(StandardCharsets.UTF_8));
        DocsVectors.check(
                "box.json",
                List.of(new Vector()
                        .put("messageKey", key)
                        .put("nonce", nonce)
                        .put("binding", binding)
                        .put("open", open)
                        .put("padded", ByteString.fromArray(padded))
                        .put(
                                "box",
                                ByteString.fromArray(
                                        AesGcm.seal(key, nonce.toArray(), binding.concat(open), padded)))));
    }

    @Test
    void paddingIsTheOneInTheDocs() {
        var made = new ArrayList<Vector>();
        for (int length : new int[] {0, 5, 255, 256, 1_023}) {
            var content = bytes(new SeededRandom(length), length);
            made.add(new Vector()
                    .put("content", content)
                    .put("padded", ByteString.fromArray(Padding.pad(content.toArray()))));
        }
        DocsVectors.check("padding.json", made);
    }

    /** Alice writes first, one message is lost, one is late, both turn. Whoever can read this can talk to us. */
    @Test
    void aWholeConversationIsTheOneInTheDocs() {
        var alice = new Contact("alice", 1);
        var bob = new Contact("bob", 2);
        alice.beginsOnce(bob, bob.person.publish(7));
        var made = new ArrayList<Vector>();
        made.add(said(alice, "hello bob"));
        made.add(said(alice, "are you there?"));
        bob.opens(sealed(made.get(1)), alice);
        made.add(said(bob, "I am"));
        alice.opens(sealed(made.get(2)), bob);
        made.add(said(alice, "this one is lost"));
        made.add(said(alice, "this one is not"));
        bob.opens(sealed(made.get(4)), alice);
        made.add(said(bob, "x".repeat(300)));
        made.add(said(alice, ""));
        DocsVectors.check("conversation.json", made);
    }

    /** As a stranger would, from the docs alone: out of order, with one lost, each once. */
    @Test
    void bobReadsTheConversationInTheDocs() {
        var alice = new Contact("alice", 1);
        var bob = new Contact("bob", 2);
        bob.person.publish(7);
        var said = DocsVectors.read("conversation.json");
        for (int i : new int[] {1, 0}) {
            assertThat(bob.opens(sealed(said.get(i)), alice))
                    .isEqualTo(said.get(i).get("text"));
            assertThat(bob.opens(sealed(said.get(i)), alice)).isEqualTo("REPLAYED");
        }
    }

    private static Vector said(Contact from, String text) {
        var sealed = from.seals(text);
        var ratchet = from.sessions.sessions().getFirst().ratchet();
        return new Vector()
                .put("from", from.person.chain().name().text())
                .put("text", text)
                .put("ratchetPrivate", ratchet.own().secret())
                .put("sealed", sealed);
    }

    private static ByteString sealed(Vector vector) {
        return sealed(vector.fields());
    }

    private static ByteString sealed(Map<String, String> vector) {
        return ByteString.fromArray(HexFormat.of().parseHex(vector.getOrDefault("sealed", "")));
    }

    private static ByteString bytes(SeededRandom random, int count) {
        var bytes = new byte[count];
        random.nextBytes(bytes);
        return ByteString.fromArray(bytes);
    }
}
