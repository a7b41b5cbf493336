package parley.peer.file;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import parley.messages.name.UserName;
import parley.peer.store.Change;
import parley.peer.store.HistoryEntry;
import parley.peer.store.HistoryFile;
import parley.peer.store.Reach;

/** What the history keeps of files: those that we sent, with how far each came, and those that are here. */
final class FileHistory {
    /** Sent, and queued for all of them. */
    static List<Change> sent(SentFile file, UserName own, Map<Ref, Receiver> to) {
        var receivers = to.keySet().stream().map(Ref::with).toList();
        var with = file.group().isPresent() || receivers.isEmpty() ? own : receivers.getFirst();
        var offer = file.offer();
        var entry = new HistoryEntry(
                with,
                file.group(),
                true,
                file.id(),
                0,
                offer.timeMillis(),
                offer.timeMillis(),
                offer.name(),
                Optional.of(new HistoryFile(offer.size(), "", "", file.path().toString())));
        var mark = file.group()
                .<Change>map(group -> new Change.MarkGroup(group, file.id(), receivers))
                .orElseGet(() -> new Change.Mark(with, file.id(), Reach.QUEUED));
        return List.of(new Change.Append(entry), mark);
    }

    static Change reached(Ref ref, Reach reach) {
        return new Change.Mark(ref.with(), ref.file(), reach);
    }

    /** Whole, and under its name. */
    static Change came(CameFile file, FileEffect.Kept kept, String sha256, long nowMillis) {
        var offer = file.offer();
        return new Change.Append(new HistoryEntry(
                file.ref().with(),
                file.group(),
                false,
                file.ref().file(),
                0,
                offer.timeMillis(),
                nowMillis,
                Telling.name(file),
                Optional.of(new HistoryFile(
                        offer.size(), sha256, kept.type(), kept.path().toString()))));
    }

    private FileHistory() {}
}
