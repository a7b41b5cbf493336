package parley.messages.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static parley.messages.identity.Account.REGISTRY;
import static parley.messages.identity.Account.longer;

import java.util.Optional;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.Test;
import parley.messages.field.MalformedFields;
import parley.messages.identity.Bundle.Bad;
import parley.messages.identity.Bundle.Good;
import parley.messages.identity.Bundle.Why;

/** No secret is agreed with keys that nobody signed. */
class BundleTest {
    private final Account alice = new Account("alice", 9);
    private final KeyChain chain = alice.complete();

    @Test
    void oneTimePrekeysComeFirstAndTheLastResortAfterThem() {
        var oneTime = alice.oneTime(7);
        assertThat(Bundle.of(chain, Optional.of(oneTime)))
                .isInstanceOfSatisfying(
                        Good.class, good -> assertThat(good.bundle().kem()).isEqualTo(oneTime.kem()));
        assertThat(Bundle.of(chain, Optional.empty()))
                .isInstanceOfSatisfying(
                        Good.class,
                        good -> assertThat(good.bundle().kem())
                                .isEqualTo(chain.offer().orElseThrow().kem()));
    }

    @Test
    void everyFieldOfAOneTimePairIsSigned() {
        var good = alice.oneTime(7);
        var other = alice.oneTime(8);
        for (var swapped : new OneTimePrekeys[] {
            new OneTimePrekeys(8, good.prekey(), good.kem(), good.signature()),
            new OneTimePrekeys(7, other.prekey(), good.kem(), good.signature()),
            new OneTimePrekeys(7, good.prekey(), other.kem(), good.signature()),
            new OneTimePrekeys(7, good.prekey(), good.kem(), other.signature()),
            new Account("mallory", 10).oneTime(7)
        }) {
            assertThat(Bundle.of(chain, Optional.of(swapped))).isEqualTo(new Bad(Why.WRONG_SIGNATURE));
        }
    }

    @Test
    void nothingIsOfferedWithoutPrekeysOrAfterARevocation() {
        assertThat(Bundle.of(alice.begun(), Optional.empty())).isEqualTo(new Bad(Why.NOTHING_OFFERED));
        var revoked = longer(chain.append(alice.revocation(chain)));
        assertThat(Bundle.of(revoked, Optional.empty())).isEqualTo(new Bad(Why.REVOKED));
    }

    @Test
    void aPairIsReadFromExactlyItsBytes() {
        var bytes = alice.oneTime(7).encode();
        assertThat(bytes.size()).isEqualTo(OneTimePrekeys.BYTES);
        assertThat(OneTimePrekeys.decode(bytes).isSignedBy(alice.identity.key(), REGISTRY))
                .isTrue();
        for (var bad : new ByteString[] {ByteString.emptyByteString(), bytes.drop(1), bytes.concat(bytes)}) {
            assertThatThrownBy(() -> OneTimePrekeys.decode(bad)).isInstanceOf(MalformedFields.class);
        }
    }
}
