package parley.messages.wire;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.apache.pekko.util.ByteString;
import parley.messages.field.FieldReader;
import parley.messages.field.FieldWriter;
import parley.messages.field.MalformedFields;
import parley.messages.identity.Label;
import parley.messages.identity.RegistryId;
import parley.messages.wire.Content.Nothing;
import parley.messages.wire.Content.Receipt;
import parley.messages.wire.Content.Repeat;
import parley.messages.wire.Content.Text;
import parley.messages.wire.Content.Unknown;

/**
 * Contents to bytes and back; docs/PROTOCOL.md §10.
 *
 * <pre>
 *   +---------+------+----+-- - --+    TEXT 1     counter 8 | previous 32 | time 8 | text
 *   | version | kind | id | body  |    RECEIPT 2  what 1 | count 2 | id 16 each
 *   |    1    |  1   | 16 |       |    REPEAT 3   count 2 | (id 16, reason 1) each | expected 8
 *   +---------+------+----+-- - --+    NOTHING 4
 * </pre>
 */
public final class ContentCodec {
    private static final int VERSION = 1;
    private static final int TEXT = 1;
    private static final int RECEIPT = 2;
    private static final int REPEAT = 3;
    private static final int NOTHING = 4;

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
            case Unknown(var id, var kind, var body) -> out.bytes(body);
        }
        return out.toByteString();
    }

    /** @throws MalformedFields if {@code bytes} are not exactly one content, or not the one of that envelope */
    public static Content decode(MessageId envelope, ByteString bytes) {
        if (bytes.size() > BYTES_MAX)
            throw new MalformedFields("a content of %d bytes, expected at most %d".formatted(bytes.size(), BYTES_MAX));
        var in = new FieldReader(bytes);
        int version = in.u8();
        if (version != VERSION) throw new MalformedFields("version %d, expected %d".formatted(version, VERSION));
        int kind = in.u8();
        var id = MessageId.read(in);
        if (!id.equals(envelope)) throw new MalformedFields("a content of another envelope");
        try {
            var content = switch (kind) {
                case TEXT -> text(id, in);
                case RECEIPT -> new Receipt(id, what(in.u8()), each(in, MessageId.BYTES, MessageId::read));
                case REPEAT -> new Repeat(id, each(in, MessageId.BYTES + 1, ContentCodec::unopened), in.u63());
                case NOTHING -> new Nothing(id);
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
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            digest.update(Label.of("previous", registry).toArrayUnsafe());
            return ByteString.fromArrayUnsafe(digest.digest(encode(text).toArrayUnsafe()));
        } catch (NoSuchAlgorithmException never) {
            throw new IllegalStateException("every Java has SHA-256", never);
        }
    }

    private static Text text(MessageId id, FieldReader in) {
        long counter = in.u63();
        var previous = in.bytes(Text.HASH_BYTES);
        long timeMillis = in.u63();
        if (in.left() > Text.BYTES_MAX)
            throw new MalformedFields("a text of %d bytes, expected at most %d".formatted(in.left(), Text.BYTES_MAX));
        return new Text(id, counter, previous, timeMillis, Utf8.decode(in.array(in.left())));
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
            case Unknown unknown -> unknown.kind();
        };
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
