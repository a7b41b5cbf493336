package parley.messages.wire;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.apache.pekko.util.ByteString;
import parley.messages.field.FieldReader;
import parley.messages.field.FieldWriter;
import parley.messages.field.MalformedFields;
import parley.messages.identity.Label;
import parley.messages.identity.RegistryId;
import parley.messages.name.BadName;
import parley.messages.name.GroupName;
import parley.messages.wire.Content.File;
import parley.messages.wire.Content.FileState;
import parley.messages.wire.Content.GroupFile;
import parley.messages.wire.Content.GroupNews;
import parley.messages.wire.Content.GroupText;
import parley.messages.wire.Content.Nothing;
import parley.messages.wire.Content.Piece;
import parley.messages.wire.Content.Receipt;
import parley.messages.wire.Content.Repeat;
import parley.messages.wire.Content.Text;
import parley.messages.wire.Content.Unknown;

/**
 * Contents to bytes and back; docs/PROTOCOL.md §10, §12.4, §13.1.
 *
 * <pre>
 *   +---------+------+----+-- - --+    TEXT 1     counter 8 | previous 32 | time 8 | text
 *   | version | kind | id | body  |    RECEIPT 2  what 1 | count 2 | id 16 each
 *   |    1    |  1   | 16 |       |    REPEAT 3   count 2 | (id 16, reason 1) each | expected 8
 *   +---------+------+----+-- - --+    NOTHING 4
 *
 *   GROUP_TEXT 16  place | counter 8 | previous 32 | time 8 | text
 *   GROUP_NEWS 17  place                                     place: name, length first | id 32 | sequence 4 | head 32
 *
 *   FILE 18        time 8 | in pieces 1 | size 8 | key 32 | name
 *   PIECE 19       file 16 | index 1 | bytes
 *   FILE_STATE 20  file 16 | state 1
 *   GROUP_FILE 21  place | time 8 | in pieces 1 | size 8 | key 32 | name
 * </pre>
 */
public final class ContentCodec {
    private static final int VERSION = 1;
    private static final int TEXT = 1;
    private static final int RECEIPT = 2;
    private static final int REPEAT = 3;
    private static final int NOTHING = 4;
    private static final int GROUP_TEXT = 16;
    private static final int GROUP_NEWS = 17;
    private static final int FILE = 18;
    private static final int PIECE = 19;
    private static final int FILE_STATE = 20;
    private static final int GROUP_FILE = 21;

    private static final int DELIVERED = 1;
    private static final int READ = 2;

    /** What the largest box holds; docs/PROTOCOL.md §5. */
    public static final int BYTES_MAX = (64 << 10) - 1;

    public static ByteString encode(Content content) {
        var out = new FieldWriter()
                .u8(VERSION)
                .u8(kind(content))
                .bytes(content.id().bytes());
        switch (content) {
            case Text(var id, var counter, var previous, var timeMillis, var text) ->
                out.u63(counter).bytes(previous).u63(timeMillis).bytes(Utf8.encode(text));
            case Receipt(var id, var what, var ids) -> {
                out.u8(number(what)).u16(ids.size());
                ids.forEach(named -> out.bytes(named.bytes()));
            }
            case Repeat(var id, var unopened, var expected) -> {
                out.u16(unopened.size());
                unopened.forEach(
                        each -> out.bytes(each.id().bytes()).u8(each.reason().number()));
                out.u63(expected);
            }
            case Nothing nothing -> {}
            case GroupText(var id, var place, var counter, var previous, var timeMillis, var text) -> {
                write(place, out);
                out.u63(counter).bytes(previous).u63(timeMillis).bytes(Utf8.encode(text));
            }
            case GroupNews(var id, var place) -> write(place, out);
            case File(var id, var offer) -> write(offer, out);
            case Piece(var id, var file, var index, var bytes) ->
                out.bytes(file.bytes()).u8(index).bytes(bytes);
            case FileState(var id, var file, var state) ->
                out.bytes(file.bytes()).u8(number(state));
            case GroupFile(var id, var place, var offer) -> {
                write(place, out);
                write(offer, out);
            }
            case Unknown(var id, var kind, var body) -> out.bytes(body);
        }
        return out.toByteString();
    }

    /** @throws MalformedFields if {@code bytes} are not exactly one content, or not the one of that envelope */
    public static Content decode(MessageId envelope, ByteString bytes) {
        if (bytes.size() > BYTES_MAX)
            throw new MalformedFields("a content of %d bytes, expected at most %d".formatted(bytes.size(), BYTES_MAX));
        var in = FieldReader.of(bytes, VERSION);
        int kind = in.u8();
        var id = MessageId.read(in);
        if (!id.equals(envelope)) throw new MalformedFields("a content of another envelope");
        try {
            var content = switch (kind) {
                case TEXT -> text(id, in);
                case RECEIPT -> new Receipt(id, what(in.u8()), each(in, MessageId.BYTES, MessageId::read));
                case REPEAT -> new Repeat(id, each(in, MessageId.BYTES + 1, ContentCodec::unopened), in.u63());
                case NOTHING -> new Nothing(id);
                case GROUP_TEXT -> groupText(id, in);
                case GROUP_NEWS -> new GroupNews(id, place(in));
                case FILE -> new File(id, offer(in));
                case PIECE -> new Piece(id, MessageId.read(in), in.u8(), in.bytes(in.left()));
                case FILE_STATE -> new FileState(id, MessageId.read(in), state(in.u8()));
                case GROUP_FILE -> new GroupFile(id, place(in), offer(in));
                default -> new Unknown(id, kind, in.bytes(in.left()));
            };
            in.end();
            return content;
        } catch (IllegalArgumentException outside) {
            throw new MalformedFields(String.valueOf(outside.getMessage()));
        }
    }

    /** What the next text names as its previous one. */
    public static ByteString hash(RegistryId registry, Text text) {
        return Label.hash("previous", registry, encode(text));
    }

    /** What the writer's next text in that group names as its previous one. */
    public static ByteString hash(RegistryId registry, GroupText text) {
        return Label.hash("group-previous", registry, encode(text));
    }

    private static Text text(MessageId id, FieldReader in) {
        return new Text(id, in.u63(), in.bytes(Text.HASH_BYTES), in.u63(), words(in));
    }

    private static GroupText groupText(MessageId id, FieldReader in) {
        return new GroupText(id, place(in), in.u63(), in.bytes(Text.HASH_BYTES), in.u63(), words(in));
    }

    private static String words(FieldReader in) {
        if (in.left() > Text.BYTES_MAX)
            throw new MalformedFields("a text of %d bytes, expected at most %d".formatted(in.left(), Text.BYTES_MAX));
        return Utf8.decode(in.array(in.left()));
    }

    private static void write(FileOffer offer, FieldWriter out) {
        out.u63(offer.timeMillis())
                .u8(offer.inPieces() ? 1 : 0)
                .u63(offer.size())
                .bytes(offer.key())
                .bytes(Utf8.encode(offer.name()));
    }

    private static FileOffer offer(FieldReader in) {
        return new FileOffer(in.u63(), in.flag(), in.u63(), in.bytes(FileOffer.KEY_BYTES), name(in));
    }

    private static String name(FieldReader in) {
        if (in.left() > FileOffer.NAME_BYTES_MAX)
            throw new MalformedFields("a file name of %d bytes".formatted(in.left()));
        return Utf8.decode(in.array(in.left()));
    }

    private static void write(Place place, FieldWriter out) {
        out.ascii(place.group().text()).bytes(place.id()).u32(place.sequence()).bytes(place.head());
    }

    private static Place place(FieldReader in) {
        return new Place(groupName(in), in.bytes(Text.HASH_BYTES), in.u32(), in.bytes(Text.HASH_BYTES));
    }

    /** Folding upper case, as names are elsewhere, would give one place two encodings. */
    private static GroupName groupName(FieldReader in) {
        var text = in.ascii();
        try {
            var name = new GroupName(text);
            if (name.text().equals(text)) return name;
            throw new MalformedFields("a name in upper case");
        } catch (BadName bad) {
            throw new MalformedFields(String.valueOf(bad.getMessage()));
        }
    }

    private static Repeat.Unopened unopened(FieldReader in) {
        return new Repeat.Unopened(MessageId.read(in), Reason.of(in.u8()));
    }

    /** A count of two bytes, held against what is left before room is made for as many. */
    private static <T> List<T> each(FieldReader in, int size, Function<FieldReader, T> read) {
        int count = in.u16();
        if (count < 1 || count > Content.IDS_MAX || count > in.left() / size)
            throw new MalformedFields("%d ids in %d bytes".formatted(count, in.left()));
        var entries = new ArrayList<T>(count);
        for (int i = 0; i < count; i++) entries.add(read.apply(in));
        return entries;
    }

    private static int kind(Content content) {
        return switch (content) {
            case Text text -> TEXT;
            case Receipt receipt -> RECEIPT;
            case Repeat repeat -> REPEAT;
            case Nothing nothing -> NOTHING;
            case GroupText text -> GROUP_TEXT;
            case GroupNews news -> GROUP_NEWS;
            case File file -> FILE;
            case Piece piece -> PIECE;
            case FileState state -> FILE_STATE;
            case GroupFile file -> GROUP_FILE;
            case Unknown unknown -> unknown.kind();
        };
    }

    private static int number(FileState.State state) {
        return switch (state) {
            case DONE -> 1;
            case DECLINED -> 2;
            case NO_ROOM -> 3;
            case READY -> 4;
            case CANCELLED -> 5;
            case CHANGED -> 6;
            case RELAYED -> 7;
            case FAILED -> 8;
        };
    }

    private static FileState.State state(int number) {
        for (var state : FileState.State.values()) if (number(state) == number) return state;
        throw new MalformedFields("state %d of a file, expected 1 to 8".formatted(number));
    }

    private static int number(Receipt.What what) {
        return switch (what) {
            case DELIVERED -> DELIVERED;
            case READ -> READ;
        };
    }

    private static Receipt.What what(int number) {
        return switch (number) {
            case DELIVERED -> Receipt.What.DELIVERED;
            case READ -> Receipt.What.READ;
            default -> throw new MalformedFields("receipt %d, expected 1 or 2".formatted(number));
        };
    }

    private ContentCodec() {}
}
