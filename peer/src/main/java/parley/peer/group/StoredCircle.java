package parley.peer.group;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.pekko.util.ByteString;
import parley.messages.field.MalformedFields;
import parley.messages.group.GroupLog;
import parley.messages.group.Taking;
import parley.messages.identity.RegistryId;
import parley.messages.name.UserName;
import parley.messages.wire.MessageId;
import parley.peer.contact.Effect;
import parley.peer.contact.Inbox;
import parley.peer.store.Tables;

/**
 * What the disk has of a group, not verified yet. It is read in one turn of the store and verified in one of the group's
 * conversation: the signatures of a long log take their time, and all of an account waits for its store.
 *
 * @param letters no cipher has taken them
 * @param outbox contents that may not have reached all ciphers
 * @param inbox what members said and was not judged for good
 */
record StoredCircle(
        Rows.Known known,
        List<Rows.StoredEntry> entries,
        Map<UserName, Writer> writers,
        List<Rows.Unread> unread,
        List<Letter> letters,
        List<MessageId> outbox,
        List<Effect.ForGroup> inbox) {

    static Optional<StoredCircle> read(ByteString id, Tables tables) {
        return Rows.group(id, tables).map(known -> {
            var entries = entries(id, tables);
            return new StoredCircle(
                    known,
                    entries,
                    writers(id, entries, tables),
                    Rows.unread(id, tables),
                    LetterRows.letters(id, tables),
                    LetterRows.outbox(id, tables).stream()
                            .map(content -> content.id())
                            .toList(),
                    Inbox.GROUPS.waiting(tables).stream()
                            .filter(what -> what.content().place().id().equals(id))
                            .toList());
        });
    }

    private static List<Rows.StoredEntry> entries(ByteString id, Tables tables) {
        var entries = new ArrayList<Rows.StoredEntry>();
        var next = Rows.entry(id, 0, tables);
        while (next.isPresent()) {
            entries.add(next.get());
            next = Rows.entry(id, entries.size(), tables);
        }
        return entries;
    }

    private static Map<UserName, Writer> writers(ByteString id, List<Rows.StoredEntry> entries, Tables tables) {
        var writers = new HashMap<UserName, Writer>();
        for (var name :
                Growth.everNamed(entries.stream().map(Rows.StoredEntry::entry).toList()))
            Rows.writer(id, name, tables).ifPresent(writer -> writers.put(name, writer));
        return writers;
    }

    /**
     * As the last commit left it.
     *
     * @throws MalformedFields if that is no group
     */
    Circle verified(RegistryId registry, long nowMillis) {
        var log = log(registry);
        var since = new HashMap<Long, Long>();
        for (var entry : entries)
            if (Judgement.isOfLate(entry.sinceMillis(), nowMillis))
                since.put(entry.entry().draft().sequence(), entry.sinceMillis());
        var unreadBy = new LinkedHashMap<MessageId, UserName>();
        unread.forEach(text -> unreadBy.put(text.id(), text.writer()));
        return new Circle(log, since, known.written(), writers, List.of(), unreadBy, Set.of());
    }

    private GroupLog log(RegistryId registry) {
        var all = entries.stream().map(Rows.StoredEntry::entry).toList();
        if (all.isEmpty()) throw new MalformedFields("a stored group without a log");
        if (GroupLog.begin(registry, known.name(), all.getFirst()) instanceof Taking.Longer(var first)
                && first.append(all.subList(1, all.size())) instanceof Taking.Longer(var log)) return log;
        throw new MalformedFields("a stored log that is none");
    }
}
