package parley.messages.identity;

import org.apache.pekko.util.ByteString;
import parley.messages.field.MalformedFields;

/** What the fuzzer runs. What is read is written again as the same bytes, and no chain takes it in by accident. */
public final class StatementFuzzTarget {
    /** Jazzer calls it by this name. */
    public static void fuzzerTestOneInput(byte[] input) {
        var bytes = ByteString.fromArray(input);
        var chain = Known.CHAIN;
        try {
            var row = StatementRow.decode(bytes);
            same(bytes, StatementRow.encode(row));
            if (!row.isEmpty() && chain.append(row) instanceof Appending.Longer(var longer) && !Known.signed(longer))
                throw new AssertionError("a chain took in what its owner never signed: " + bytes);
        } catch (MalformedFields refused) {
            // As documented.
        }
        try {
            var pair = OneTimePrekeys.decode(bytes);
            same(bytes, pair.encode());
        } catch (MalformedFields refused) {
            // As documented.
        }
    }

    /** The chain of the seeds, and what its owner ever signed. */
    static final class Known {
        static final Account ALICE = new Account("alice", 1);
        static final KeyChain CHAIN = ALICE.begun();
        static final KeyChain WHOLE = ALICE.said(
                ALICE.said(
                        ALICE.said(CHAIN, new Claim.Tls(ALICE.signer().key())),
                        new Claim.Agreement(ALICE.agreementKey())),
                ALICE.prekeys());

        static boolean signed(KeyChain longer) {
            int size = longer.statements().size();
            return size <= WHOLE.statements().size()
                    && longer.statements().equals(WHOLE.statements().subList(0, size));
        }

        private Known() {}
    }

    private static void same(ByteString read, ByteString written) {
        if (!read.equals(written)) throw new AssertionError("read " + read + ", written " + written);
    }

    private StatementFuzzTarget() {}
}
