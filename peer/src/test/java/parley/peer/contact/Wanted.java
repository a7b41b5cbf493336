package parley.peer.contact;

import java.util.HashSet;
import java.util.Set;
import org.apache.pekko.util.ByteString;

/** The groups of somebody, as a test says. */
final class Wanted implements WantedGroups {
    /** Those without receipts are large. */
    final Set<ByteString> large = new HashSet<>();

    private final Set<ByteString> all = new HashSet<>();

    synchronized void add(ByteString group) {
        all.add(group);
    }

    @Override
    public synchronized boolean wants(ByteString group) {
        return all.contains(group);
    }

    @Override
    public synchronized boolean saysReceipts(ByteString group) {
        return all.contains(group) && !large.contains(group);
    }
}
