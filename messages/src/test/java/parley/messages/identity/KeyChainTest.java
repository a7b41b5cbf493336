package parley.messages.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static parley.messages.identity.Account.REGISTRY;
import static parley.messages.identity.Account.TIME;
import static parley.messages.identity.Account.longer;

import java.util.List;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.Test;
import parley.messages.identity.Appending.Refused;
import parley.messages.identity.Appending.Why;
import parley.messages.name.UserName;

/** What a chain takes in, and each reason for which it does not. */
class KeyChainTest {
    private static final RegistryId ELSEWHERE =
            new RegistryId(ByteString.fromArray(new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16}));

    private final Account alice = new Account("alice", 1);
    private final Account mallory = new Account("mallory", 2);

    @Test
    void saysWhatWasStatedLast() {
        var tls = alice.signer().key();
        var agreement = alice.agreementKey();
        var prekeys = alice.prekeys();
        var chain = alice.chain(new Claim.Tls(tls), new Claim.Agreement(agreement), alice.prekeys(), prekeys);

        assertThat(chain.identity()).isEqualTo(alice.identity.key());
        assertThat(chain.recovery()).isEqualTo(alice.recovery.key());
        assertThat(chain.tls()).contains(tls);
        assertThat(chain.agreement()).contains(agreement);
        assertThat(chain.offer())
                .contains(new Offer(4, alice.identity.key(), agreement, prekeys.prekey(), prekeys.kem()));
    }

    @Test
    void remembersWhatWasOfferedBefore() {
        var chain = alice.chain(new Claim.Agreement(alice.agreementKey()), alice.prekeys(), alice.prekeys());
        assertThat(chain.offered(2))
                .hasValueSatisfying(offer -> assertThat(offer.sequence()).isEqualTo(2));
        assertThat(chain.offered(3)).isEqualTo(chain.offer());
        assertThat(chain.offered(1)).as("no prekeys were stated there").isEmpty();
        assertThat(chain.offered(4)).as("nothing was stated there").isEmpty();
        assertThat(chain.offered(0xffff_ffffL)).isEmpty();
    }

    @Test
    void aNewAgreementKeyVoidsThePrekeysBeforeIt() {
        var first = alice.agreementKey();
        var chain = alice.chain(new Claim.Agreement(first), alice.prekeys());
        var next = alice.said(chain, new Claim.Agreement(alice.agreementKey()));
        assertThat(next.offer()).isEmpty();
        assertThat(next.hasNamed(first)).isTrue();
        assertThat(next.hasNamed(alice.agreementKey())).isFalse();
    }

    @Test
    void theFirstStatementIsTheIdentityOfThisAccountAndNothingElse() {
        var late =
                alice.identity.sign(new Draft(1, Draft.NONE, TIME, alice.first().claim()));
        assertThat(KeyChain.begin(REGISTRY, alice.name, late)).isEqualTo(new Refused(Why.WRONG_SEQUENCE));

        var linked = alice.identity.sign(
                new Draft(0, alice.begun().head(), TIME, alice.first().claim()));
        assertThat(KeyChain.begin(REGISTRY, alice.name, linked)).isEqualTo(new Refused(Why.WRONG_PREVIOUS));

        var tls = alice.identity.sign(
                new Draft(0, Draft.NONE, TIME, new Claim.Tls(alice.signer().key())));
        assertThat(KeyChain.begin(REGISTRY, alice.name, tls)).isEqualTo(new Refused(Why.WRONG_PURPOSE));

        assertThat(KeyChain.begin(REGISTRY, new UserName("bob"), alice.first())).isEqualTo(new Refused(Why.WRONG_NAME));

        var both = alice.identity.sign(
                Draft.first(new Claim.Identity(alice.name, alice.identity.key(), alice.identity.key()), TIME));
        assertThat(KeyChain.begin(REGISTRY, alice.name, both)).isEqualTo(new Refused(Why.KEY_NAMED_BEFORE));

        var forged = mallory.identity.sign(alice.first().draft());
        assertThat(KeyChain.begin(REGISTRY, alice.name, forged)).isEqualTo(new Refused(Why.WRONG_SIGNATURE));
        assertThat(KeyChain.begin(ELSEWHERE, alice.name, alice.first())).isEqualTo(new Refused(Why.WRONG_SIGNATURE));
    }

    @Test
    void refusesAnotherSequence() {
        var chain = alice.complete();
        for (long sequence : new long[] {0, 3, 5, 0xffff_ffffL}) {
            var statement = alice.identity.sign(new Draft(sequence, chain.head(), TIME, alice.prekeys()));
            assertThat(chain.append(statement)).as("%d", sequence).isEqualTo(new Refused(Why.WRONG_SEQUENCE));
        }
    }

    @Test
    void refusesAnotherPrevious() {
        var chain = alice.complete();
        var other = alice.said(alice.begun(), new Claim.Tls(alice.signer().key()));
        var statement = alice.identity.sign(new Draft(4, other.head(), TIME, alice.prekeys()));
        assertThat(chain.append(statement)).isEqualTo(new Refused(Why.WRONG_PREVIOUS));
    }

    @Test
    void refusesWhatAnotherKeySigned() {
        var chain = alice.complete();
        var draft = chain.draft(alice.prekeys(), TIME);
        for (var other : List.of(mallory.identity, alice.recovery)) {
            assertThat(chain.append(other.sign(draft))).isEqualTo(new Refused(Why.WRONG_SIGNATURE));
        }
    }

    @Test
    void aSignatureForOnePurposeIsNoneForAnother() {
        var chain = alice.begun();
        var key = alice.signer().key();
        var tls = alice.identity.sign(chain.draft(new Claim.Tls(key), TIME));
        var agreement = chain.draft(new Claim.Agreement(new AgreementKey(key.bytes())), TIME);
        assertThat(chain.append(new Statement(agreement, tls.signature()))).isEqualTo(new Refused(Why.WRONG_SIGNATURE));
        var bare = alice.identity.sign(StatementCodec.unsigned(tls.draft()));
        assertThat(chain.append(new Statement(tls.draft(), bare))).isEqualTo(new Refused(Why.WRONG_SIGNATURE));
    }

    @Test
    void refusesASecondIdentityAndPrekeysWithoutAnAgreementKey() {
        var chain = alice.begun();
        var again = new Claim.Identity(
                alice.name, alice.signer().key(), alice.signer().key());
        assertThat(chain.append(alice.identity.sign(chain.draft(again, TIME))))
                .isEqualTo(new Refused(Why.WRONG_PURPOSE));
        assertThat(chain.append(alice.identity.sign(chain.draft(alice.prekeys(), TIME))))
                .isEqualTo(new Refused(Why.WRONG_PURPOSE));
    }

    @Test
    void noKeyIsNamedTwice() {
        var agreement = alice.agreementKey();
        var chain = alice.chain(new Claim.Agreement(agreement));
        for (var claim : List.of(
                new Claim.Tls(alice.identity.key()),
                new Claim.Tls(alice.recovery.key()),
                new Claim.Agreement(agreement),
                new Claim.SignedPrekeys(agreement, alice.kemKey()))) {
            assertThat(chain.append(alice.identity.sign(chain.draft(claim, TIME))))
                    .as("%s", claim.purpose())
                    .isEqualTo(new Refused(Why.KEY_NAMED_BEFORE));
        }
    }

    @Test
    void afterARevocationNothingFollows() {
        var chain = alice.complete();
        var revoked = longer(chain.append(alice.revocation(chain)));
        assertThat(revoked.isRevoked()).isTrue();
        assertThat(revoked.tls()).isEmpty();
        assertThat(revoked.offer()).isEmpty();
        assertThat(revoked.append(alice.revocation(revoked))).isEqualTo(new Refused(Why.REVOKED));
        assertThat(revoked.append(alice.identity.sign(revoked.draft(alice.prekeys(), TIME))))
                .isEqualTo(new Refused(Why.REVOKED));
    }

    @Test
    void onlyTheRecoveryKeyRevokes() {
        var chain = alice.complete();
        var draft = chain.draft(new Claim.Revoke(), TIME);
        assertThat(chain.append(alice.identity.sign(draft))).isEqualTo(new Refused(Why.WRONG_SIGNATURE));
        assertThat(chain.append(mallory.recovery.sign(draft))).isEqualTo(new Refused(Why.WRONG_SIGNATURE));
    }

    @Test
    void aSuccessorSpeaksForItselfAndStartsWithoutKeys() {
        var chain = alice.complete();
        var next = alice.signer();
        var changed = longer(chain.append(alice.succession(chain, next)));
        assertThat(changed.identity()).isEqualTo(next.key());
        assertThat(changed.recovery()).isEqualTo(alice.recovery.key());
        assertThat(changed.tls()).isEmpty();
        assertThat(changed.agreement()).isEmpty();
        assertThat(changed.offer()).isEmpty();
        assertThat(changed.hasNamed(chain.agreement().orElseThrow())).isFalse();

        var draft = changed.draft(new Claim.Agreement(alice.agreementKey()), TIME);
        assertThat(changed.append(alice.identity.sign(draft))).isEqualTo(new Refused(Why.WRONG_SIGNATURE));
        assertThat(longer(changed.append(next.sign(draft))).agreement()).isPresent();
    }

    @Test
    void nobodyAdoptsAnIdentityThatIsNotHis() {
        var chain = mallory.complete();
        var stolen = new Account.Signer(mallory.identity.secret(), alice.identity.key());
        assertThat(chain.append(mallory.succession(chain, stolen))).isEqualTo(new Refused(Why.WRONG_PROOF));
    }

    @Test
    void someAreTakenTogetherOrNotAtAll() {
        var chain = alice.complete();
        var longer = alice.said(chain, alice.prekeys());
        var both = List.of(Account.after(longer, 4).getFirst(), alice.revocation(longer));
        assertThat(longer(chain.append(both)).isRevoked()).isTrue();
        assertThat(chain.append(both.reversed())).isEqualTo(new Refused(Why.WRONG_SEQUENCE));
    }

    @Test
    void theLastPlaceIsForARevocation() {
        var chain = alice.begun();
        while (chain.statements().size() < KeyChain.STATEMENTS_MAX - 1)
            chain = alice.said(chain, new Claim.Agreement(alice.agreementKey()));
        var more = alice.identity.sign(chain.draft(new Claim.Agreement(alice.agreementKey()), TIME));
        assertThat(chain.append(more)).isEqualTo(new Refused(Why.FULL));
        assertThat(longer(chain.append(alice.revocation(chain))).isRevoked()).isTrue();
    }
}
