package parley.messages.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static parley.messages.identity.Account.longer;

import org.junit.jupiter.api.Test;

/** What a registry may hand out after what it handed out before. */
class ContinuityTest {
    private final Account alice = new Account("alice", 7);
    private final KeyChain seen = alice.complete();

    @Test
    void theSameOrMoreOfTheSameGoesOn() {
        assertThat(Continuity.of(seen, seen)).isEqualTo(Continuity.CONTINUED);
        assertThat(Continuity.of(seen, alice.said(seen, alice.prekeys()))).isEqualTo(Continuity.CONTINUED);
    }

    @Test
    void aSignedChangeAndARevocationAreTold() {
        var changed = longer(seen.append(alice.succession(seen, alice.signer())));
        assertThat(Continuity.of(seen, changed)).isEqualTo(Continuity.CHANGED);
        assertThat(Continuity.of(seen, longer(changed.append(alice.revocation(changed)))))
                .isEqualTo(Continuity.REVOKED);
    }

    @Test
    void aChainThatLostItsEndIsNoticed() {
        assertThat(Continuity.of(seen, alice.begun())).isEqualTo(Continuity.SHORTENED);
    }

    @Test
    void anotherIdentityAndASplitViewAreForks() {
        assertThat(Continuity.of(seen, new Account("alice", 8).complete())).isEqualTo(Continuity.FORKED);
        var one = alice.said(seen, alice.prekeys());
        var other = alice.said(seen, alice.prekeys());
        assertThat(Continuity.of(one, other)).isEqualTo(Continuity.FORKED);
        assertThat(Continuity.of(one, alice.said(other, alice.prekeys()))).isEqualTo(Continuity.FORKED);
    }
}
