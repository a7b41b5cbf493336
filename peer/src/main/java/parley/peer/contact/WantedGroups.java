package parley.peer.contact;

import org.apache.pekko.util.ByteString;

/** The groups that the account is in, or was, or was told of, by their ids. Any thread may ask. */
public interface WantedGroups {
    /** Nothing is known of any. */
    WantedGroups NONE = new WantedGroups() {
        @Override
        public boolean wants(ByteString group) {
            return false;
        }

        @Override
        public boolean saysReceipts(ByteString group) {
            return false;
        }
    };

    /** Whether what is said in it is kept, whoever says it. */
    boolean wants(ByteString group);

    /** Whether receipts are sent in it: it has few members, or nobody knows yet how many; docs/PROTOCOL.md §12.5. */
    boolean saysReceipts(ByteString group);
}
