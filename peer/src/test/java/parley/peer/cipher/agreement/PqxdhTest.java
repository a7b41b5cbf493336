package parley.peer.cipher.agreement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import java.util.OptionalLong;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.Test;
import parley.messages.field.FieldReader;
import parley.messages.field.MalformedFields;
import parley.messages.identity.AgreementKey;
import parley.messages.identity.Claim;
import parley.messages.identity.RegistryId;
import parley.peer.cipher.agreement.Initiation.Begun;

/** Both come to the same secret, and nobody else to any. */
class PqxdhTest {
    private static final AgreementKey WEAK = new AgreementKey(ByteString.fromArray(new byte[32]));

    private final Person alice = new Person("alice", 1);
    private final Person bob = new Person("bob", 2);

    @Test
    void bothComeToTheSameWithOneTimePrekeys() {
        var begun = begin(alice, bob, true);
        assertThat(begun.greeting().oneTime()).hasValue(7);
        assertThat(Acceptance.of(bob.own(), alice.chain(), begun.greeting()))
                .isInstanceOfSatisfying(Acceptance.Accepted.class, accepted -> {
                    assertThat(accepted.agreed()).isEqualTo(begun.agreed());
                    assertThat(accepted.prekey().key()).isEqualTo(begun.prekey());
                    assertThat(accepted.spent()).hasValue(7);
                });
    }

    @Test
    void bothComeToTheSameByTheLastResort() {
        var begun = begin(alice, bob, false);
        assertThat(Acceptance.of(bob.own(), alice.chain(), begun.greeting()))
                .isInstanceOfSatisfying(Acceptance.Accepted.class, accepted -> {
                    assertThat(accepted.agreed()).isEqualTo(begun.agreed());
                    assertThat(accepted.spent()).isEmpty();
                });
    }

    @Test
    void aFirstMessageMayComeAfterEverythingWasStatedAnew() {
        var begun = begin(alice, bob, false);
        bob.say(new Claim.Agreement(bob.agreementPair().key()));
        bob.offer();
        alice.say(new Claim.Agreement(alice.agreementPair().key()));
        alice.offer();
        assertThat(Acceptance.of(bob.own(), alice.chain(), begun.greeting()))
                .isInstanceOfSatisfying(
                        Acceptance.Accepted.class,
                        accepted -> assertThat(accepted.agreed()).isEqualTo(begun.agreed()));
    }

    @Test
    void everyBeginningHasItsOwnSecret() {
        var one = begin(alice, bob, false).agreed();
        var other = begin(alice, bob, false).agreed();
        assertThat(one.root()).isNotEqualTo(other.root());
        assertThat(one.sessionId()).isNotEqualTo(other.sessionId());
        assertThat(one.binding()).isEqualTo(other.binding());
    }

    @Test
    void oneTimePrekeysServeOnce() {
        var begun = begin(alice, bob, true);
        bob.forget(7);
        refuses(bob, alice, begun.greeting(), NotAgreed.SPENT_PREKEYS);
    }

    @Test
    void prekeysThatWereNeverOfferedServeNobody() {
        var good = begin(alice, bob, false).greeting();
        for (long offer : new long[] {0, 1, 3, 0xffff_ffffL}) {
            refuses(bob, alice, with(good, offer), NotAgreed.UNKNOWN_PREKEYS);
        }
    }

    @Test
    void aGreetingIsFromWhomItSays() {
        var mallory = new Person("mallory", 3);
        var greeting = begin(mallory, bob, false).greeting();
        refuses(bob, alice, greeting, NotAgreed.OTHER_IDENTITY);

        var good = begin(alice, bob, false).greeting();
        var swapped = new Greeting(
                good.identity(),
                greeting.agreement(),
                good.ephemeral(),
                good.offer(),
                good.oneTime(),
                good.ciphertext());
        refuses(bob, alice, swapped, NotAgreed.OTHER_IDENTITY);

        var adopted = new Greeting(
                greeting.identity(),
                good.agreement(),
                good.ephemeral(),
                good.offer(),
                good.oneTime(),
                good.ciphertext());
        refuses(bob, alice, adopted, NotAgreed.OTHER_IDENTITY);
    }

    @Test
    void nothingIsAgreedAcrossRegistries() {
        var elsewhere = new RegistryId(ByteString.fromArray(new byte[RegistryId.BYTES]));
        var stranger = new Person(elsewhere, "alice", 1);
        assertThat(Initiation.begin(stranger.own(), bob.bundle(Optional.empty()), stranger.random))
                .isEqualTo(new Initiation.Refused(NotAgreed.OTHER_REGISTRY));
        refuses(bob, stranger, begin(alice, bob, false).greeting(), NotAgreed.OTHER_REGISTRY);
    }

    @Test
    void nothingIsAgreedWithOurselves() {
        assertThat(Initiation.begin(alice.own(), alice.bundle(Optional.empty()), alice.random))
                .isEqualTo(new Initiation.Refused(NotAgreed.OURSELVES));
        refuses(alice, alice, begin(alice, bob, false).greeting(), NotAgreed.OURSELVES);
    }

    @Test
    void anIdentityThatHasEndedBeginsNothing() {
        var greeting = begin(alice, bob, false).greeting();
        var draft = alice.chain().draft(new Claim.Revoke(), Person.TIME);
        alice.say(alice.recovery.sign(draft, Person.REGISTRY));
        refuses(bob, alice, greeting, NotAgreed.REVOKED);
    }

    @Test
    void noSecretIsAgreedByAWeakKey() {
        var good = begin(alice, bob, false).greeting();
        var weak =
                new Greeting(good.identity(), good.agreement(), WEAK, good.offer(), good.oneTime(), good.ciphertext());
        refuses(bob, alice, weak, NotAgreed.WEAK_KEY);

        bob.say(new Claim.Agreement(WEAK));
        bob.offer();
        assertThat(Initiation.begin(alice.own(), bob.bundle(Optional.empty()), alice.random))
                .isEqualTo(new Initiation.Refused(NotAgreed.WEAK_KEY));
    }

    @Test
    void aGreetingIsReadFromExactlyItsBytes() {
        var greeting = begin(alice, bob, true).greeting();
        assertThat(greeting.encode().size()).isEqualTo(Greeting.BYTES);
        assertThat(Greeting.read(new FieldReader(greeting.encode()))).isEqualTo(greeting);
        assertThatThrownBy(() -> Greeting.read(new FieldReader(greeting.encode().drop(1))))
                .isInstanceOf(MalformedFields.class);
        var two = new Greeting(
                greeting.identity(),
                greeting.agreement(),
                greeting.ephemeral(),
                greeting.offer(),
                OptionalLong.of(7),
                greeting.ciphertext());
        var bytes = two.encode().toArray();
        bytes[100] = 0;
        assertThatThrownBy(() -> Greeting.read(new FieldReader(ByteString.fromArray(bytes))))
                .hasMessageContaining("not there");
    }

    @Test
    void nothingPrintsASecret() {
        assertThat(begin(alice, bob, true).agreed().toString())
                .contains("redacted")
                .doesNotContain("root=[");
        assertThat(alice.identity.toString()).isEqualTo("redacted");
        assertThat(alice.agreementPair().toString()).isEqualTo("redacted");
        assertThat(bob.oneTime(7).toString()).doesNotContain("seed");
    }

    static Begun begin(Person from, Person to, boolean oneTime) {
        var bundle = to.bundle(oneTime ? Optional.of(to.publish(7)) : Optional.empty());
        return switch (Initiation.begin(from.own(), bundle, from.random)) {
            case Begun begun -> begun;
            case Initiation.Refused(var why) -> throw new AssertionError("not begun: " + why);
        };
    }

    private static Greeting with(Greeting greeting, long offer) {
        return new Greeting(
                greeting.identity(),
                greeting.agreement(),
                greeting.ephemeral(),
                offer,
                greeting.oneTime(),
                greeting.ciphertext());
    }

    private static void refuses(Person at, Person from, Greeting greeting, NotAgreed why) {
        assertThat(Acceptance.of(at.own(), from.chain(), greeting)).isEqualTo(new Acceptance.Refused(why));
    }
}
