package parley.peer.file;

import java.util.HashSet;
import java.util.Set;
import parley.messages.name.UserName;
import parley.messages.wire.MessageId;
import parley.peer.contact.WantedFiles;
import parley.peer.store.Tables;

/** Which files are under way, for ciphers on whatever thread. */
public final class KnownFiles implements WantedFiles {
    private volatile Set<Ref> known;

    private KnownFiles(Set<Ref> known) {
        this.known = known;
    }

    /** Those that are on disk: whoever writes before the first look would find that nothing is known. */
    public static KnownFiles read(Tables tables) {
        return new KnownFiles(refs(FileRows.transfers(tables)));
    }

    void become(Transfers transfers) {
        known = refs(transfers);
    }

    private static Set<Ref> refs(Transfers transfers) {
        var refs = new HashSet<>(transfers.receivers().keySet());
        refs.addAll(transfers.came().keySet());
        return refs;
    }

    @Override
    public boolean wants(UserName contact, MessageId file) {
        return known.contains(new Ref(contact, file));
    }
}
