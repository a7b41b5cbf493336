package parley.peer.cipher.ratchet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.Test;
import parley.messages.field.MalformedFields;
import parley.messages.identity.Claim;
import parley.messages.identity.RegistryId;
import parley.peer.cipher.agreement.Person;

/** Sessions begin, cross, are lost and end; whatever happens, two find together again. */
class SessionsTest {
    private final Contact alice = new Contact("alice", 1);
    private final Contact bob = new Contact("bob", 2);

    @Test
    void aFirstMessageBeginsASessionAndTheAnswerEndsItsGreetings() {
        alice.begins(bob);
        var first = alice.seals("one");
        var second = alice.seals("two");
        assertThat(bob.opens(first, alice)).isEqualTo("one");
        assertThat(bob.opens(second, alice)).isEqualTo("two");
        assertThat(first.size()).isEqualTo(second.size());
        assertThat(alice.opens(bob.seals("three"), bob)).isEqualTo("three");
        assertThat(alice.seals("four").size()).isEqualTo(first.size() - 1193);
        assertThat(bob.sessions.sessions()).hasSize(1);
    }

    @Test
    void aLostFirstMessageIsNoLoss() {
        alice.begins(bob);
        alice.seals("lost");
        assertThat(bob.opens(alice.seals("found"), alice)).isEqualTo("found");
    }

    @Test
    void aFirstMessageSaysWhichPrekeysItSpent() {
        alice.beginsOnce(bob, bob.person.publish(9));
        var bytes = alice.seals("hello");
        assertThat(bob.sessions.open(bytes, bob.person.own(), alice.person.chain(), 0))
                .isInstanceOfSatisfying(Opening.Opened.class, opened -> {
                    assertThat(opened.began()).isTrue();
                    assertThat(opened.spent()).hasValue(9);
                });
        assertThat(bob.opens(bytes, alice)).isEqualTo("hello");
        assertThat(bob.opens(bytes, alice)).isEqualTo("REPLAYED");
        assertThat(bob.opens(alice.seals("more"), alice)).isEqualTo("more");
    }

    @Test
    void spentPrekeysBeginNothing() {
        var oneTime = bob.person.publish(9);
        alice.beginsOnce(bob, oneTime);
        bob.opens(alice.seals("hello"), alice);
        var again = new Contact("alice", 1);
        again.beginsOnce(bob, oneTime);
        again.begins(bob);
        again.beginsOnce(bob, oneTime);
        assertThat(bob.opens(again.seals("hello"), alice)).isEqualTo("SPENT_PREKEYS");
    }

    @Test
    void aForgedFirstMessageSpendsNothing() {
        alice.beginsOnce(bob, bob.person.publish(9));
        var bytes = alice.seals("hello");
        var forged = bytes.toArray();
        forged[forged.length - 1] ^= 1;
        assertThat(bob.opens(ByteString.fromArray(forged), alice)).isEqualTo("FORGED");
        assertThat(bob.sessions.isEmpty()).isTrue();
        assertThat(bob.opens(bytes, alice)).isEqualTo("hello");
    }

    @Test
    void twoThatBeginAtOnceBothArriveAndSettle() {
        alice.begins(bob);
        bob.begins(alice);
        var fromAlice = alice.seals("from alice");
        var fromBob = bob.seals("from bob");
        assertThat(bob.opens(fromAlice, alice)).isEqualTo("from alice");
        assertThat(alice.opens(fromBob, bob)).isEqualTo("from bob");
        for (int i = 0; i < 3; i++) {
            assertThat(bob.opens(alice.seals("a" + i), alice)).isEqualTo("a" + i);
            assertThat(alice.opens(bob.seals("b" + i), bob)).isEqualTo("b" + i);
        }
        assertThat(alice.sessions.sessions().getFirst().id())
                .isEqualTo(bob.sessions.sessions().getFirst().id());
    }

    @Test
    void whoLostEverythingBeginsAnew() {
        alice.begins(bob);
        bob.opens(alice.seals("hello"), alice);
        alice.opens(bob.seals("hello"), bob);
        var later = bob.seals("into the void");
        alice.sessions = Sessions.none();
        assertThat(alice.opens(later, bob)).isEqualTo("UNKNOWN_SESSION");
        alice.begins(bob);
        assertThat(bob.opens(alice.seals("back"), alice)).isEqualTo("back");
        assertThat(alice.opens(bob.seals("welcome"), bob)).isEqualTo("welcome");
    }

    @Test
    void whatComesLateInAnOlderSessionStillOpens() {
        alice.begins(bob);
        bob.opens(alice.seals("hello"), alice);
        alice.opens(bob.seals("hello"), bob);
        var late = alice.seals("late");
        alice.begins(bob);
        assertThat(bob.opens(alice.seals("anew"), alice)).isEqualTo("anew");
        assertThat(bob.opens(late, alice)).isEqualTo("late");
    }

    @Test
    void fortySessionsAreKeptAndAnEndedOneDoesNotBeginAgain() {
        var firsts = new ArrayList<ByteString>();
        for (int i = 0; i < 41; i++) {
            alice.begins(bob);
            firsts.add(alice.seals("hello " + i));
        }
        assertThat(alice.sessions.sessions()).hasSize(40);
        for (int i = 0; i < 41; i++) assertThat(bob.opens(firsts.get(i), alice)).isEqualTo("hello " + i);
        assertThat(bob.sessions.sessions()).hasSize(40);
        assertThat(bob.opens(firsts.get(0), alice)).isEqualTo("ENDED_SESSION");
        assertThat(bob.opens(firsts.get(1), alice)).isEqualTo("REPLAYED");
    }

    @Test
    void garbageIsRefusedAtOnce() {
        alice.begins(bob);
        bob.opens(alice.seals("hello"), alice);
        var random = new Random(7);
        for (int i = 0; i < 10_000; i++) {
            var garbage = new byte[random.nextInt(3_000)];
            random.nextBytes(garbage);
            if (garbage.length > 0) garbage[0] = (byte) random.nextInt(4);
            assertThat(bob.opens(ByteString.fromArray(garbage), alice)).isIn("MALFORMED", "UNKNOWN_SESSION");
        }
        assertThat(bob.opens(ByteString.fromArray(new byte[Message.BYTES_MAX + 1]), alice))
                .isEqualTo("MALFORMED");
        assertThat(bob.opens(alice.seals("still there"), alice)).isEqualTo("still there");
    }

    @Test
    void ourOwnFirstMessageIsNotTheirs() {
        alice.begins(bob);
        var own = alice.seals("mine");
        assertThat(alice.opens(own, bob)).isEqualTo("REFLECTED");
        alice.sessions = Sessions.none();
        assertThat(alice.opens(own, bob)).isEqualTo("OTHER_IDENTITY");
        assertThat(alice.opens(own, alice)).isEqualTo("OURSELVES");
    }

    /** Every byte of a first message: another greeting leads to another session, which is not the one that is named. */
    @Test
    void everyByteOfAFirstMessageCounts() {
        alice.beginsOnce(bob, bob.person.publish(9));
        var bytes = alice.seals("genuine").toArray();
        for (int at = 0; at < bytes.length; at++) {
            var altered = bytes.clone();
            altered[at] ^= 0x01;
            assertThat(bob.opens(ByteString.fromArray(altered), alice))
                    .as("byte %d", at)
                    .isIn(
                            "MALFORMED",
                            "OTHER_IDENTITY",
                            "UNKNOWN_PREKEYS",
                            "SPENT_PREKEYS",
                            "OTHER_SESSION",
                            "FORGED",
                            "TOO_FAR_AHEAD");
        }
        assertThat(bob.sessions.isEmpty()).isTrue();
        assertThat(bob.opens(ByteString.fromArray(bytes), alice)).isEqualTo("genuine");
    }

    @Test
    void aMessageForOneIsNothingToAnother() {
        var carol = new Contact("carol", 3);
        alice.begins(bob);
        assertThat(carol.opens(alice.seals("for bob"), alice)).isIn("OTHER_SESSION", "FORGED");
        assertThat(bob.opens(alice.seals("from alice"), carol)).isEqualTo("OTHER_IDENTITY");
    }

    @Test
    void nothingIsOpenedAcrossRegistries() {
        alice.begins(bob);
        var elsewhere = new Person(new RegistryId(ByteString.fromArray(new byte[RegistryId.BYTES])), "alice", 1);
        assertThat(bob.sessions.open(alice.seals("hello"), bob.person.own(), elsewhere.chain(), 0))
                .isEqualTo(new Opening.Refused(Refusal.OTHER_REGISTRY));
    }

    @Test
    void aSessionOutlivesAChangeOfIdentityAndANewOneBeginsUnderIt() {
        alice.begins(bob);
        bob.opens(alice.seals("hello"), alice);
        alice.opens(bob.seals("hello"), bob);
        var next = new Person("alice", 99).identity;
        alice.person.say(alice.person.identity.succeedBy(next, alice.person.chain(), Person.TIME));
        assertThat(bob.opens(alice.seals("still"), alice)).isEqualTo("still");
        var chain = alice.person.chain();
        var claim = new Claim.Agreement(alice.person.agreementPair().key());
        alice.person.say(next.sign(chain.draft(claim, Person.TIME), chain.registry()));
        alice.begins(bob);
        assertThat(bob.opens(alice.seals("anew"), alice)).isEqualTo("anew");
    }

    @Test
    void anIdentityThatHasEndedIsHeardInNoSession() {
        alice.begins(bob);
        assertThat(bob.opens(alice.seals("hello"), alice)).isEqualTo("hello");
        var draft = alice.person.chain().draft(new Claim.Revoke(), Person.TIME);
        var bytes = alice.seals("by a thief");
        alice.person.say(alice.person.recovery.sign(draft, Person.REGISTRY));
        assertThat(bob.opens(bytes, alice)).isEqualTo("REVOKED");
    }

    @Test
    void wrongPaddingIsRefusedThoughTheTagFits() {
        alice.begins(bob);
        var session = alice.sessions.sessions().getFirst();
        var bytes = session.ratchet()
                .seal(session.greeting(), new byte[256], alice.person.random)
                .bytes();
        assertThat(bob.opens(bytes, alice)).isEqualTo("BAD_PADDING");
        assertThat(bob.sessions.isEmpty()).isTrue();
    }

    /** Else a contact could have a session take the place of another one in our list. */
    @Test
    void aSessionBearsTheIdThatFollowsFromItsSecret() {
        alice.begins(bob);
        var session = alice.sessions.sessions().getFirst();
        var ratchet = session.ratchet();
        var renamed = new Ratchet(
                ratchet.derive(),
                ByteString.fromArray(new byte[16]),
                ratchet.binding(),
                ratchet.root(),
                ratchet.own(),
                ratchet.theirs(),
                ratchet.sending(),
                ratchet.previousLength(),
                ratchet.receiving(),
                ratchet.skipped());
        var bytes = renamed.seal(session.greeting(), Padding.pad(new byte[0]), alice.person.random)
                .bytes();
        assertThat(bob.opens(bytes, alice)).isEqualTo("OTHER_SESSION");
    }

    @Test
    void whateverTheVaultGivesBackIsSessionsOrIsRefused() {
        alice.begins(bob);
        bob.opens(alice.seals("hello"), alice);
        var genuine = SessionsCodec.encode(alice.sessions).toArray();
        long seed = Long.getLong("seed", System.nanoTime());
        var random = new Random(seed);
        int read = 0;
        for (int i = 0; i < 3_000; i++) {
            var altered = genuine.clone();
            for (int changes = random.nextInt(3); changes >= 0; changes--)
                altered[random.nextInt(altered.length)] = (byte) random.nextInt();
            try {
                var given = ByteString.fromArray(altered);
                assertThat(SessionsCodec.encode(SessionsCodec.decode(given)))
                        .as("-Dseed=%d", seed)
                        .isEqualTo(given);
                read++;
            } catch (MalformedFields refused) {
                // As it should be.
            }
        }
        assertThat(read).isPositive();
    }

    @Test
    void sessionsComeBackFromTheirBytes() {
        alice.begins(bob);
        alice.begins(bob);
        bob.opens(alice.seals("hello"), alice);
        for (var sessions : List.of(Sessions.none(), alice.sessions, bob.sessions)) {
            var bytes = SessionsCodec.encode(sessions);
            assertThat(SessionsCodec.decode(bytes)).isEqualTo(sessions);
            for (int cut = 0; cut < bytes.size(); cut++) {
                var shorter = bytes.take(cut);
                assertThatThrownBy(() -> SessionsCodec.decode(shorter)).isInstanceOf(MalformedFields.class);
            }
            assertThatThrownBy(() -> SessionsCodec.decode(bytes.concat(ByteString.fromInts(0))))
                    .isInstanceOf(MalformedFields.class);
        }
        assertThat(alice.sessions.toString()).isEqualTo("Sessions[2]");
        assertThat(alice.sessions.sessions().toString())
                .doesNotContain("Secret")
                .contains("redacted");
    }

    @Test
    void aTextWithoutASessionIsOurOwnMistake() {
        assertThatThrownBy(() -> alice.seals("hello")).hasMessageContaining("begin one");
        assertThat(alice.person.bundle(Optional.empty()).toString()).isEqualTo("Bundle[alice]");
    }
}
