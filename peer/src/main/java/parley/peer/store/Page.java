package parley.peer.store;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.pekko.util.ByteString;
import parley.messages.field.FieldReader;
import parley.messages.field.FieldWriter;
import parley.messages.field.MalformedFields;
import parley.messages.name.GroupName;
import parley.messages.name.UserName;
import parley.messages.wire.MessageId;

/**
 * Texts that follow each other in the history, as one record: a search opens thousands of them and not a million.
 *
 * <pre>
 *   version 3 | first serial 8 | count 1, each: flags 1 | name length 1, name [| group length 1, group] [| file]
 *                                               | id 16 | counter 8 | time 8 | at 8 | length 4 | text
 *   flags: 1 ours, 2 in a group, 4 a file, whose text is its name
 * </pre>
 *
 * Version 2 is the same without files, version 1 without groups too: what is on such a page goes on as it is. The file
 * is what {@link HistoryFile} says.
 *
 * @param first the serial of its first text
 * @param entries encoded, at most {@value #ENTRIES_MAX}
 * @param bytes of all entries
 */
record Page(long first, List<ByteString> entries, int bytes) {
    private static final int VERSION = 3;

    /** Of each version, from 1 on, all flags that there are. */
    private static final int[] FLAGS = {0b1, 0b11, 0b111};

    static final int OURS = 1;
    static final int IN_GROUP = 2;
    static final int FILE = 4;

    /** More make a page dearer to write again with each text, fewer make more of them to search. */
    static final int ENTRIES_MAX = 64;

    /** The same in bytes; a single text is never longer. */
    static final int BYTES_MAX = 64 * 1024;

    Page {
        entries = List.copyOf(entries);
    }

    static Page empty(long first) {
        return new Page(first, List.of(), 0);
    }

    boolean hasRoomFor(ByteString entry) {
        return entries.isEmpty() || (entries.size() < ENTRIES_MAX && bytes + entry.size() <= BYTES_MAX);
    }

    Page with(ByteString entry) {
        var more = new ArrayList<>(entries);
        more.add(entry);
        return new Page(first, more, bytes + entry.size());
    }

    /** The serial of the text after its last. */
    long end() {
        return first + entries.size();
    }

    ByteString encode() {
        var out = new FieldWriter().u8(VERSION).u63(first).u8(entries.size());
        entries.forEach(out::bytes);
        return out.toByteString();
    }

    static Page decode(ByteString bytes) {
        var scan = new PageScan(bytes);
        var entries = new ArrayList<ByteString>(scan.count());
        int size = 0;
        while (scan.next()) {
            var entry = scan.encoded();
            entries.add(entry);
            size += entry.size();
        }
        return new Page(scan.first(), entries, size);
    }

    static ByteString encode(HistoryEntry entry) {
        var text = entry.text().getBytes(StandardCharsets.UTF_8);
        var out = new FieldWriter()
                .u8((entry.ours() ? OURS : 0)
                        | (entry.group().isPresent() ? IN_GROUP : 0)
                        | (entry.file().isPresent() ? FILE : 0))
                .ascii(entry.contact().text());
        entry.group().ifPresent(group -> out.ascii(group.text()));
        entry.file().ifPresent(file -> out.bytes(file.encode()));
        return out.bytes(entry.id().bytes())
                .u63(entry.counter())
                .u63(entry.timeMillis())
                .u63(entry.atMillis())
                .u32(text.length)
                .bytes(text)
                .toByteString();
    }

    static HistoryEntry entry(ByteString bytes) {
        var in = new FieldReader(bytes);
        int flags = in.u8();
        mustBeFlags(flags, VERSION);
        var contact = new UserName(in.ascii());
        var group = (flags & IN_GROUP) == 0 ? Optional.<GroupName>empty() : Optional.of(new GroupName(in.ascii()));
        var file = (flags & FILE) == 0 ? Optional.<HistoryFile>empty() : Optional.of(HistoryFile.read(in));
        var id = MessageId.read(in);
        long counter = in.u63();
        long timeMillis = in.u63();
        long atMillis = in.u63();
        long length = in.u32();
        if (length != in.left()) throw new MalformedFields("%d bytes of %d of a text".formatted(in.left(), length));
        var text = new String(in.array(in.left()), StandardCharsets.UTF_8);
        return new HistoryEntry(contact, group, (flags & OURS) != 0, id, counter, timeMillis, atMillis, text, file);
    }

    static void mustBeKnown(int version) {
        if (version < 1 || version > VERSION)
            throw new MalformedFields("version %d of a page, expected 1 to %d".formatted(version, VERSION));
    }

    static void mustBeFlags(int flags, int version) {
        int all = FLAGS[version - 1];
        if ((flags & ~all) != 0)
            throw new MalformedFields("flags %d of a text, expected 0 to %d".formatted(flags, all));
    }

    @Override
    public String toString() {
        return "Page[%d, %d texts]".formatted(first, entries.size());
    }
}
