package parley.peer.group;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.pekko.util.ByteString;
import parley.peer.contact.WantedGroups;
import parley.peer.store.Tables;

/** Which groups the account knows, for ciphers on whatever thread: by id, with their numbers of members. */
public final class KnownGroups implements WantedGroups {
    /** In larger groups receipts would be most of what is sent; docs/PROTOCOL.md §12.5. */
    static final int RECEIPTS_MEMBERS_MAX = 32;

    private final Map<ByteString, Integer> members = new ConcurrentHashMap<>();

    /** Those that are on disk: whoever sends before the first look would find that nothing is known. */
    public static KnownGroups read(Tables tables) {
        var known = new KnownGroups();
        for (var group : Rows.groups(tables)) known.put(group.id(), group.members());
        return known;
    }

    KnownGroups() {}

    void put(ByteString id, int count) {
        members.put(id, count);
    }

    @Override
    public boolean wants(ByteString group) {
        return members.containsKey(group);
    }

    @Override
    public boolean saysReceipts(ByteString group) {
        var count = members.get(group);
        // What is said in a group before its log is here would never be said to have come.
        return count == null || count <= RECEIPTS_MEMBERS_MAX;
    }
}
