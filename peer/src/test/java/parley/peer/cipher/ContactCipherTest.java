package parley.peer.cipher;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import parley.messages.classic.PeerMessage.PublicValue;
import parley.messages.classic.Sealed;

class ContactCipherTest {
    static final ActorTestKit kit = ActorTestKit.create();
    static final OwnKeyPair alice = OwnKeyPair.create(new SecureRandom());
    static final OwnKeyPair bob = OwnKeyPair.create(new SecureRandom());

    @AfterAll
    static void close() {
        kit.shutdownTestKit();
    }

    @Test
    void whatAliceSealsBobOpens() {
        var chunks = IntStream.range(0, 64)
                .mapToObj(i -> ByteString.fromString("chunk " + i))
                .toList();
        var sealed = seal(kit.spawn(ContactCipher.create(alice)), bob.publicValue(), chunks);
        assertThat(open(kit.spawn(ContactCipher.create(bob)), alice.publicValue(), sealed))
                .isEqualTo(chunks);
        assertThat(sealed.stream().map(Sealed::iv).distinct())
                .as("a fresh IV each")
                .hasSize(chunks.size());
    }

    @Test
    void aThousandTextsCostOneExponentiation() {
        var agreed = new AtomicInteger();
        var cipher = kit.spawn(counting(alice, agreed));
        for (int i = 0; i < 1000; i++) seal(cipher, bob.publicValue(), List.of(ByteString.fromString("text " + i)));
        assertThat(agreed).hasValue(1);
    }

    @Test
    void onlyAFewValuesOfAContactAreRemembered() {
        var agreed = new AtomicInteger();
        var cipher = kit.spawn(ContactCipher.create(
                alice.publicValue().value(),
                theirs -> BigInteger.valueOf(agreed.incrementAndGet()),
                new SecureRandom()));
        for (int value = 2; value < 100; value++) seal(cipher, publicValue(value), List.of());
        assertThat(agreed).hasValue(98);
        seal(cipher, publicValue(99 - ContactCipher.REMEMBERED_MAX + 1), List.of());
        assertThat(agreed).as("the oldest that is remembered").hasValue(98);
        seal(cipher, publicValue(2), List.of());
        assertThat(agreed).as("one that is not").hasValue(99);
    }

    @Test
    void unsafeValuesAndOurOwnAreRefusedAndTheNextOneIsServed() {
        var cipher = kit.spawn(ContactCipher.create(alice));
        var opening = kit.<Opening>createTestProbe();
        var sealing = kit.<Sealing>createTestProbe();
        var p = Group15.PRIME;
        for (var value : List.of(
                BigInteger.ZERO,
                BigInteger.ONE,
                p.subtract(BigInteger.ONE),
                p,
                p.add(BigInteger.ONE),
                alice.publicValue().value())) {
            cipher.tell(new ContactCipher.Open(new PublicValue(value), List.of(), opening.ref()));
            assertThat(opening.receiveMessage()).isInstanceOf(Opening.Refused.class);
            cipher.tell(new ContactCipher.Seal(new PublicValue(value), List.of(), sealing.ref()));
            assertThat(sealing.receiveMessage()).isInstanceOf(Sealing.Refused.class);
        }
        assertThat(seal(cipher, bob.publicValue(), List.of())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"zz", "abc", "ab cd", "ab\u0000", "é"})
    void whatIsNoHexIsRefusedTenThousandTimesAndThenAGoodOneOpens(String hex) {
        var cipher = kit.spawn(ContactCipher.create(bob));
        var opening = kit.<Opening>createTestProbe();
        var bad = new Sealed(ByteString.fromString("8 bytes."), ByteString.fromString(hex));
        for (int i = 0; i < 10_000; i++) {
            cipher.tell(new ContactCipher.Open(alice.publicValue(), List.of(bad), opening.ref()));
            assertThat(opening.receiveMessage()).isInstanceOf(Opening.Refused.class);
        }
        var text = List.of(ByteString.fromString("still here"));
        var good = seal(kit.spawn(ContactCipher.create(alice)), bob.publicValue(), text);
        assertThat(open(cipher, alice.publicValue(), good)).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 7, 9, 4096})
    void anIvOfAnotherSizeIsRefused(int bytes) {
        var cipher = kit.spawn(ContactCipher.create(bob));
        var opening = kit.<Opening>createTestProbe();
        var bad = new Sealed(ByteString.fromArray(new byte[bytes]), ByteString.fromString("00"));
        cipher.tell(new ContactCipher.Open(alice.publicValue(), List.of(bad), opening.ref()));
        assertThat(opening.receiveMessage()).isInstanceOf(Opening.Refused.class);
    }

    private static org.apache.pekko.actor.typed.Behavior<ContactCipher.Command> counting(
            OwnKeyPair own, AtomicInteger agreed) {
        return ContactCipher.create(
                own.publicValue().value(),
                theirs -> {
                    agreed.incrementAndGet();
                    return own.sharedWith(theirs);
                },
                new SecureRandom());
    }

    private static List<Sealed> seal(
            ActorRef<ContactCipher.Command> cipher, PublicValue theirs, List<ByteString> plain) {
        var probe = kit.<Sealing>createTestProbe();
        cipher.tell(new ContactCipher.Seal(theirs, plain, probe.ref()));
        return ((Sealing.Done) probe.receiveMessage()).chunks();
    }

    private static List<ByteString> open(
            ActorRef<ContactCipher.Command> cipher, PublicValue theirs, List<Sealed> sealed) {
        var probe = kit.<Opening>createTestProbe();
        cipher.tell(new ContactCipher.Open(theirs, sealed, probe.ref()));
        return ((Opening.Done) probe.receiveMessage()).chunks();
    }

    private static PublicValue publicValue(int value) {
        return new PublicValue(BigInteger.valueOf(value));
    }
}
