package parley.peer.contact;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import parley.messages.wire.Content;
import parley.messages.wire.MessageId;
import scala.collection.immutable.HashMap;
import scala.collection.immutable.HashMap$;
import scala.collection.immutable.LongMap;
import scala.collection.immutable.LongMap$;
import scala.jdk.javaapi.OptionConverters;

/**
 * Everything that the contact may not have yet, in its order, as a value. The maps share what did not alter: with
 * thousands of texts on the way each step would otherwise copy all of them.
 */
final class Outbox {
    static final Outbox EMPTY =
            new Outbox(LongMap$.MODULE$.empty(), LongMap$.MODULE$.empty(), HashMap$.MODULE$.empty(), 1, 0, 0);

    private final LongMap<OutboxEntry> entries;
    private final LongMap<OutboxEntry> unsealed;
    private final HashMap<MessageId, OutboxEntry> byId;
    private final long next;
    private final int texts;
    private final long textBytes;

    private Outbox(
            LongMap<OutboxEntry> entries,
            LongMap<OutboxEntry> unsealed,
            HashMap<MessageId, OutboxEntry> byId,
            long next,
            int texts,
            long textBytes) {
        this.entries = entries;
        this.unsealed = unsealed;
        this.byId = byId;
        this.next = next;
        this.texts = texts;
        this.textBytes = textBytes;
    }

    static Outbox of(List<OutboxEntry> stored, long next) {
        var outbox =
                new Outbox(LongMap$.MODULE$.empty(), LongMap$.MODULE$.empty(), HashMap$.MODULE$.empty(), next, 0, 0);
        for (var entry : stored) outbox = outbox.with(entry);
        return outbox;
    }

    /** The place that the next entry takes. */
    long next() {
        return next;
    }

    /** The place of the first entry, or of the next one if there is none. */
    long first() {
        return entries.isEmpty() ? next : entries.firstKey();
    }

    int texts() {
        return texts;
    }

    long textBytes() {
        return textBytes;
    }

    boolean hasUnsealed() {
        return !unsealed.isEmpty();
    }

    Optional<OutboxEntry> find(MessageId id) {
        return OptionConverters.toJava(byId.get(id));
    }

    List<OutboxEntry> all() {
        return listed(entries);
    }

    List<OutboxEntry> unsealed() {
        return listed(unsealed);
    }

    /** In its place, instead of what was there. */
    Outbox with(OutboxEntry entry) {
        var before = find(entry.id());
        return new Outbox(
                entries.updated(entry.order(), entry),
                entry.sealing().isEmpty() ? unsealed.updated(entry.order(), entry) : unsealed.removed(entry.order()),
                byId.updated(entry.id(), entry),
                Math.max(next, entry.order() + 1),
                texts + texts(entry) - before.map(Outbox::texts).orElse(0),
                textBytes + bytes(entry) - before.map(Outbox::bytes).orElse(0L));
    }

    Outbox without(OutboxEntry entry) {
        var found = find(entry.id());
        if (found.isEmpty()) return this;
        return new Outbox(
                entries.removed(entry.order()),
                unsealed.removed(entry.order()),
                byId.removed(entry.id()),
                next,
                texts - texts(found.get()),
                textBytes - bytes(found.get()));
    }

    /** What groups say, and files, count like texts; what nobody answers any more counts for nothing. */
    private static int texts(OutboxEntry entry) {
        boolean counts = entry.isText()
                || entry.content() instanceof Content.InGroup
                || entry.content() instanceof Content.OfFile;
        return counts && !entry.isHandedOver() ? 1 : 0;
    }

    /** In characters, near enough: the limit protects memory. */
    private static long bytes(OutboxEntry entry) {
        if (entry.isHandedOver()) return 0;
        return switch (entry.content()) {
            case Content.Text text -> text.text().length();
            case Content.GroupText text -> text.text().length();
            case Content.Receipt receipt -> 0;
            case Content.Repeat repeat -> 0;
            case Content.Nothing nothing -> 0;
            case Content.GroupNews news -> 0;
            case Content.GroupFile file -> 0;
            case Content.File file -> 0;
            case Content.FileState state -> 0;
            case Content.Piece piece -> piece.bytes().size();
            case Content.Unknown unknown -> 0;
        };
    }

    private static List<OutboxEntry> listed(LongMap<OutboxEntry> map) {
        var all = new ArrayList<OutboxEntry>(map.size());
        for (var each = map.valuesIterator(); each.hasNext(); ) all.add(each.next());
        return all;
    }

    @Override
    public String toString() {
        return "Outbox[%d]".formatted(entries.size());
    }
}
