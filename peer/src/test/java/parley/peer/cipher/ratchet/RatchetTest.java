package parley.peer.cipher.ratchet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.Test;
import parley.messages.field.MalformedFields;
import parley.messages.identity.AgreementKey;

/** What opens, in which order, and what does not. */
class RatchetTest {
    private final Two two = new Two(1);

    @Test
    void textsGoBackAndForth() {
        for (int i = 0; i < 5; i++) {
            assertThat(two.bobOpens(two.aliceSeals("a" + i))).isEqualTo("a" + i);
            assertThat(two.bobOpens(two.aliceSeals("b" + i))).isEqualTo("b" + i);
            assertThat(two.aliceOpens(two.bobSeals("c" + i))).isEqualTo("c" + i);
        }
    }

    @Test
    void whoWasWrittenToWritesNothingFirst() {
        assertThatThrownBy(() -> two.bobSeals("hello")).hasMessage("nothing was opened yet");
    }

    @Test
    void nothingOpensTwice() {
        var first = two.aliceSeals("one");
        var second = two.aliceSeals("two");
        assertThat(two.bobOpens(second)).isEqualTo("two");
        assertThat(two.bobOpens(second)).isEqualTo("REPLAYED");
        assertThat(two.bobOpens(first)).isEqualTo("one");
        assertThat(two.bobOpens(first)).isEqualTo("REPLAYED");
        two.aliceOpens(two.bobSeals("three"));
        two.bobOpens(two.aliceSeals("four"));
        assertThat(two.bobOpens(first)).as("its chain is over").isEqualTo("FORGED");
    }

    @Test
    void whatWasOvertakenOpensAfterTheTurn() {
        var late = two.aliceSeals("late");
        two.bobOpens(two.aliceSeals("early"));
        var later = two.aliceSeals("later");
        two.aliceOpens(two.bobSeals("turn"));
        assertThat(two.bobOpens(two.aliceSeals("turned"))).isEqualTo("turned");
        assertThat(two.bobOpens(late)).isEqualTo("late");
        assertThat(two.bobOpens(later)).isEqualTo("later");
        assertThat(two.bob.skipped().keys()).isEmpty();
    }

    @Test
    void ourOwnBytesAreNotTheirs() {
        var acquainted = Two.acquainted(2);
        var own = acquainted.aliceSeals("mine");
        var before = acquainted.alice;
        assertThat(acquainted.aliceOpens(own)).isEqualTo("REFLECTED");
        acquainted.bobOpens(own);
        acquainted.aliceOpens(acquainted.bobSeals("yours"));
        acquainted.aliceSeals("turns");
        assertThat(acquainted.aliceOpens(own)).as("after our half has turned").isEqualTo("FORGED");
        assertThat(before).isNotEqualTo(acquainted.alice);
    }

    @Test
    void everyByteCountsAndARefusalChangesNothing() {
        var acquainted = Two.acquainted(3);
        var bytes = acquainted.aliceSeals("genuine").toArray();
        var before = acquainted.bob;
        for (int at = 1; at < bytes.length; at++) {
            var altered = bytes.clone();
            altered[at] ^= 0x01;
            assertThat(acquainted.bobOpens(ByteString.fromArray(altered)))
                    .as("byte %d", at)
                    .isIn("FORGED", "TOO_FAR_AHEAD", "REPLAYED");
            assertThat(acquainted.bob).isSameAs(before);
        }
        assertThat(RatchetCodec.encode(acquainted.bob)).isEqualTo(RatchetCodec.encode(before));
        assertThat(acquainted.bobOpens(ByteString.fromArray(bytes))).isEqualTo("genuine");
    }

    @Test
    void skipsAThousandAndNotOneMore() {
        two.bobOpens(two.aliceSeals("0"));
        for (int i = 1; i <= 1_000; i++) two.aliceSeals("lost");
        var next = two.aliceSeals("1001");
        var beyond = two.aliceSeals("1002");
        assertThat(two.bobOpens(beyond)).isEqualTo("TOO_FAR_AHEAD");
        assertThat(two.bobOpens(next)).isEqualTo("1001");
        assertThat(two.bob.skipped().keys()).hasSize(1_000);
    }

    @Test
    void theRestOfAChainCountsWithTheNext() {
        two.bobOpens(two.aliceSeals("0"));
        for (int i = 0; i < 600; i++) two.aliceSeals("lost");
        two.aliceOpens(two.bobSeals("turn"));
        for (int i = 0; i < 400; i++) two.aliceSeals("lost");
        var next = two.aliceSeals("after 1000");
        var beyond = two.aliceSeals("after 1001");
        assertThat(two.bobOpens(beyond)).isEqualTo("TOO_FAR_AHEAD");
        assertThat(two.bobOpens(next)).isEqualTo("after 1000");
    }

    @Test
    void aNumberFromNowhereCostsNothing() {
        var bytes = two.aliceSeals("hello");
        for (long number : new long[] {1_002, Integer.MAX_VALUE, 0xffff_ffffL}) {
            var message = Message.decode(bytes);
            var header = message.header();
            for (var forged : List.of(
                    new Header(header.sessionId(), header.ratchet(), 0, number),
                    new Header(
                            header.sessionId(),
                            new AgreementKey(header.sessionId().concat(header.sessionId())),
                            0,
                            number))) {
                var begun = System.nanoTime();
                assertThat(two.bob.open(new Message(null, forged, message.open(), message.nonce(), message.box()), 0))
                        .isEqualTo(new Ratchet.Refused(Refusal.TOO_FAR_AHEAD));
                assertThat(System.nanoTime() - begun)
                        .isLessThan(Duration.ofMillis(50).toNanos());
            }
        }
    }

    @Test
    void keepsTwoThousandKeysAndDropsTheOldest() {
        var lost = new ArrayList<ByteString>();
        for (int round = 0; round < 3; round++) {
            for (int i = 0; i < 900; i++) lost.add(two.aliceSeals("lost " + lost.size()));
            two.bobOpens(two.aliceSeals("next"));
        }
        assertThat(two.bob.skipped().keys()).hasSize(Skipped.KEYS_MAX);
        assertThat(two.bobOpens(lost.get(699))).isEqualTo("REPLAYED");
        assertThat(two.bobOpens(lost.get(700))).isEqualTo("lost 700");
        assertThat(two.bobOpens(lost.getLast())).isEqualTo("lost 2699");
    }

    @Test
    void keepsAKeyForSevenDays() {
        var last = two.aliceSeals("just in time");
        var late = two.aliceSeals("late");
        two.bobOpens(two.aliceSeals("next"));
        two.nowMillis += Duration.ofDays(7).toMillis();
        assertThat(two.bobOpens(last)).isEqualTo("just in time");
        two.nowMillis += 1;
        assertThat(two.bobOpens(late)).isEqualTo("REPLAYED");
        two.bobOpens(two.aliceSeals("next"));
        assertThat(two.bob.skipped().keys()).isEmpty();
    }

    @Test
    void aClockSetBackKeepsNoKeyLonger() {
        two.aliceSeals("lost");
        two.nowMillis += Duration.ofDays(3650).toMillis();
        two.bobOpens(two.aliceSeals("in ten years"));
        two.nowMillis -= Duration.ofDays(3650).toMillis();
        two.bobOpens(two.aliceSeals("back again"));
        assertThat(two.bob.skipped().keys()).hasSize(1);
        two.nowMillis += Duration.ofDays(7).toMillis() + 1;
        two.bobOpens(two.aliceSeals("a week later"));
        assertThat(two.bob.skipped().keys()).isEmpty();
    }

    /** The copy repeats keys that were used; the nonces are others, and the other side says so. */
    @Test
    void aRestoredCopyNeverRepeatsKeyAndNonce() {
        var acquainted = Two.acquainted(4);
        acquainted.aliceSeals("turns");
        var copy = acquainted.alice;
        var seen = new HashSet<ByteString>();
        for (int restore = 0; restore < 200; restore++) {
            acquainted.alice = copy;
            for (int i = 0; i < 5; i++) {
                var message = Message.decode(acquainted.aliceSeals("again"));
                var keyAndNonce = ByteString.fromInts((int) message.header().number())
                        .concat(message.header().ratchet().bytes())
                        .concat(message.nonce());
                assertThat(seen.add(keyAndNonce)).isTrue();
            }
        }
        acquainted.alice = copy;
        var used = acquainted.aliceSeals("used");
        assertThat(acquainted.bobOpens(used)).isEqualTo("used");
        acquainted.alice = copy;
        assertThat(acquainted.bobOpens(acquainted.aliceSeals("used again"))).isEqualTo("REPLAYED");
    }

    @Test
    void aCopyThatHasNotWrittenYetTurnsElsewhere() {
        two.bobOpens(two.aliceSeals("hello"));
        var copy = two.bob;
        var one = Message.decode(two.bobSeals("one"));
        two.bob = copy;
        var other = Message.decode(two.bobSeals("other"));
        assertThat(one.header().ratchet()).isNotEqualTo(other.header().ratchet());
    }

    @Test
    void aWeakRatchetKeyIsRefused() {
        two.bobOpens(two.aliceSeals("hello"));
        var message = Message.decode(two.aliceSeals("again"));
        var weak = new Header(message.header().sessionId(), new AgreementKey(ByteString.fromArray(new byte[32])), 0, 0);
        assertThat(two.bob.open(new Message(null, weak, message.open(), message.nonce(), message.box()), 0))
                .isEqualTo(new Ratchet.Refused(Refusal.WEAK_KEY));
    }

    @Test
    void anotherBindingOpensNothing() {
        var bytes = two.aliceSeals("hello");
        var bob = two.bob;
        two.bob = new Ratchet(
                bob.derive(),
                bob.sessionId(),
                ByteString.fromArray(new byte[32]),
                bob.root(),
                bob.own(),
                bob.theirs(),
                bob.sending(),
                bob.previousLength(),
                bob.receiving(),
                bob.skipped());
        assertThat(two.bobOpens(bytes)).isEqualTo("FORGED");
    }

    @Test
    void aStateComesBackFromItsBytes() {
        var acquainted = Two.acquainted(5);
        for (int i = 0; i < 20; i++) acquainted.aliceSeals("lost");
        acquainted.bobOpens(acquainted.aliceSeals("next"));
        for (var state : List.of(two.alice, two.bob, acquainted.alice, acquainted.bob)) {
            var bytes = RatchetCodec.encode(state);
            assertThat(RatchetCodec.decode(bytes)).isEqualTo(state);
            assertThat(state.toString()).isEqualTo("redacted");
            for (int cut = 0; cut < Math.min(bytes.size(), 300); cut++) {
                var shorter = bytes.take(cut);
                assertThatThrownBy(() -> RatchetCodec.decode(shorter)).isInstanceOf(MalformedFields.class);
            }
            assertThatThrownBy(() -> RatchetCodec.decode(bytes.concat(ByteString.fromInts(0))))
                    .hasMessageContaining("after the end");
        }
    }

    @Test
    void whatIsOnlyReorderedAllOpens() {
        var acquainted = Two.acquainted(6);
        var sent = new ArrayList<ByteString>();
        for (int i = 0; i < 300; i++) sent.add(acquainted.aliceSeals("text " + i));
        Collections.shuffle(sent, new Random(6));
        var opened = new HashSet<String>();
        for (var bytes : sent) opened.add(acquainted.bobOpens(bytes));
        assertThat(opened).hasSize(300).allMatch(text -> text.startsWith("text "));
    }
}
