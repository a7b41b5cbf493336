package parley.messages.group;

import org.apache.pekko.util.ByteString;
import parley.messages.field.MalformedFields;

/** What the fuzzer runs. What is read is written again as the same bytes, and no log takes it in by accident. */
public final class EntryFuzzTarget {
    /** Jazzer calls it by this name. */
    public static void fuzzerTestOneInput(byte[] input) {
        var bytes = ByteString.fromArray(input);
        try {
            var row = EntryRow.decode(bytes);
            if (!EntryRow.encode(row).equals(bytes)) throw new AssertionError("read " + row + " from " + bytes);
            if (Known.LOG.append(row) instanceof Taking.Longer(var longer) && !Known.signed(longer))
                throw new AssertionError("a log took in what nobody signed: " + bytes);
        } catch (MalformedFields refused) {
            // As documented.
        }
    }

    /** The log of the seeds, and all that was ever signed for it. */
    static final class Known {
        static final Person ALICE = new Person("alice", 1);
        static final Person BOB = new Person("bob", 2);
        static final GroupLog LOG = ALICE.begins(Policy.OPEN);
        static final GroupLog WHOLE = whole();

        private static GroupLog whole() {
            var log = BOB.does(LOG, new Deed.Join());
            log = ALICE.does(log, new Person("carol", 3).in());
            log = ALICE.does(log, new Deed.Admin(BOB.name, true));
            log = BOB.does(log, new Deed.Become(Policy.CLOSED));
            log = BOB.does(log, new Deed.Remove(ALICE.name));
            return BOB.does(log, new Deed.Leave());
        }

        static boolean signed(GroupLog longer) {
            int size = longer.size();
            return size <= WHOLE.size()
                    && longer.entries().equals(WHOLE.entries().subList(0, size));
        }

        private Known() {}
    }

    private EntryFuzzTarget() {}
}
