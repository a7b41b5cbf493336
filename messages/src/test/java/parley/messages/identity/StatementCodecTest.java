package parley.messages.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static parley.messages.identity.Account.REGISTRY;
import static parley.messages.identity.Account.longer;

import java.util.Random;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.Test;
import parley.messages.field.MalformedFields;

/** One encoding for each statement, and one statement at most for any bytes. */
class StatementCodecTest {
    private final Account alice = new Account("alice", 3);
    private final KeyChain chain = everything();

    private KeyChain everything() {
        var complete = alice.complete();
        var next = alice.signer();
        var changed = longer(complete.append(alice.succession(complete, next)));
        return longer(changed.append(alice.revocation(changed)));
    }

    @Test
    void everyStatementComesBack() {
        for (var statement : chain.statements()) {
            var bytes = StatementCodec.encode(statement);
            assertThat(bytes.size()).isLessThanOrEqualTo(StatementCodec.BYTES_MAX);
            assertThat(StatementCodec.decode(bytes)).isEqualTo(statement);
        }
        assertThat(KeyChainCodec.decode(REGISTRY, alice.name, KeyChainCodec.encode(chain)))
                .isEqualTo(new Appending.Longer(chain));
    }

    @Test
    void everyShorterOrLongerOneIsRefused() {
        for (var statement : chain.statements()) {
            var bytes = StatementCodec.encode(statement);
            for (int cut = 0; cut < bytes.size(); cut++) {
                var shorter = bytes.take(cut);
                assertThatThrownBy(() -> StatementCodec.decode(shorter))
                        .as("%s cut at %d", statement.claim().purpose(), cut)
                        .isInstanceOf(MalformedFields.class);
            }
            assertThatThrownBy(() -> StatementCodec.decode(bytes.concat(ByteString.fromInts(0))))
                    .isInstanceOf(MalformedFields.class);
        }
    }

    @Test
    void aBodyIsAsLongAsItsPurposeSays() {
        for (var statement : chain.statements()) {
            // Those are as long as a statement may be.
            if (statement.claim() instanceof Claim.SignedPrekeys) continue;
            var bytes = StatementCodec.encode(statement);
            int length = bytes.size() - 48 - Signature.BYTES;
            var header = bytes.take(46);
            var body = bytes.drop(48).take(length);
            var signature = bytes.takeRight(Signature.BYTES);
            var longer = header.concat(ByteString.fromInts((length + 1) >> 8, (length + 1) & 0xff))
                    .concat(body)
                    .concat(ByteString.fromInts(0))
                    .concat(signature);
            assertThatThrownBy(() -> StatementCodec.decode(longer))
                    .as(statement.claim().purpose())
                    .isInstanceOf(MalformedFields.class)
                    .hasMessageContaining("after the end");
        }
    }

    /** However a statement is altered: it is no statement any more, or the chain does not take it. */
    @Test
    void everyBitCounts() {
        var before = alice.complete();
        var bytes = StatementCodec.encode(alice.revocation(before)).toArray();
        for (int bit = 0; bit < 8 * bytes.length; bit++) {
            var altered = bytes.clone();
            altered[bit / 8] ^= (byte) (1 << (bit % 8));
            assertThat(isTaken(before, altered)).as("bit %d", bit).isFalse();
        }
    }

    private static boolean isTaken(KeyChain before, byte[] bytes) {
        try {
            return before.append(StatementCodec.decode(ByteString.fromArray(bytes))) instanceof Appending.Longer;
        } catch (MalformedFields refused) {
            return false;
        }
    }

    @Test
    void whateverIsReadIsWrittenAsItWas() {
        long seed = Long.getLong("seed", System.nanoTime());
        var random = new Random(seed);
        int read = 0;
        for (int round = 0; round < 10_000; round++) {
            var statements = chain.statements();
            var bytes = StatementCodec.encode(statements.get(random.nextInt(statements.size())))
                    .toArray();
            bytes[random.nextInt(Math.min(60, bytes.length))] = (byte) random.nextInt();
            try {
                var given = ByteString.fromArray(bytes);
                assertThat(StatementCodec.encode(StatementCodec.decode(given)))
                        .as("-Dseed=%d", seed)
                        .isEqualTo(given);
                read++;
            } catch (MalformedFields refused) {
                // As it should be.
            }
        }
        assertThat(read).as("some are statements still").isPositive();
    }

    @Test
    void sizesAreHeldAgainstTheirLimitsFirst() {
        var huge = ByteString.fromArrayUnsafe(new byte[KeyChainCodec.BYTES_MAX + 1]);
        assertThatThrownBy(() -> StatementCodec.decode(huge)).hasMessageContaining("expected at most 1328");
        assertThatThrownBy(() -> KeyChainCodec.decode(REGISTRY, alice.name, huge))
                .hasMessageContaining("a chain of");
    }

    @Test
    void aNameHasOneSpelling() {
        var bytes = StatementCodec.encode(alice.first()).toArray();
        bytes[49] = 'A';
        assertThatThrownBy(() -> StatementCodec.decode(ByteString.fromArray(bytes)))
                .hasMessageContaining("upper case");
    }
}
