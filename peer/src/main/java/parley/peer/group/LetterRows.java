package parley.peer.group;

import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.util.ByteString;
import parley.messages.field.FieldReader;
import parley.messages.field.FieldWriter;
import parley.messages.field.MalformedFields;
import parley.messages.identity.IdentityKey;
import parley.messages.name.UserName;
import parley.messages.wire.Content;
import parley.messages.wire.ContentCodec;
import parley.messages.wire.MessageId;
import parley.peer.store.Change;
import parley.peer.store.Tables;

/**
 * Where the vault keeps what is said in groups until members' ciphers have it: each content once, and for whom it still is.
 *
 * <pre>
 *   group-outbox   message 16            version 1 | the content
 *   group-pending  message 16, name      version 1 | identity 32                    names: one byte of length before
 * </pre>
 */
final class LetterRows {
    private static final String OUTBOX = "group-outbox";
    private static final String PENDING = "group-pending";

    private static final int VERSION = 1;

    /** What is to be brought to members of that group. */
    static List<Letter> letters(ByteString group, Tables tables) {
        var letters = new ArrayList<Letter>();
        var pending = tables.list(PENDING);
        for (var content : outbox(group, tables))
            for (var row : pending) {
                var key = new FieldReader(row.key());
                if (!MessageId.read(key).equals(content.id())) continue;
                var in = FieldReader.of(row.value(), VERSION);
                letters.add(
                        new Letter(content, new UserName(key.ascii()), new IdentityKey(in.bytes(IdentityKey.BYTES))));
            }
        return letters;
    }

    /** What was written and may not have reached all ciphers. */
    static List<Content.InGroup> outbox(ByteString group, Tables tables) {
        return tables.list(OUTBOX).stream()
                .map(row -> content(row.key(), row.value()))
                .filter(content -> content.place().id().equals(group))
                .toList();
    }

    private static Content.InGroup content(ByteString key, ByteString row) {
        var in = FieldReader.of(row, VERSION);
        if (ContentCodec.decode(new MessageId(key), in.bytes(in.left())) instanceof Content.InGroup content)
            return content;
        throw new MalformedFields("a content of no group");
    }

    static Change outbox(Content.InGroup content) {
        return new Change.Put(
                OUTBOX,
                content.id().bytes(),
                () -> out().bytes(ContentCodec.encode(content)).toByteString());
    }

    /** All ciphers have it. */
    static Change brought(MessageId id) {
        return new Change.Delete(OUTBOX, id.bytes());
    }

    static Change pending(Letter letter) {
        return new Change.Put(
                PENDING,
                pendingKey(letter),
                () -> out().bytes(letter.identity().bytes()).toByteString());
    }

    /** His cipher has it, or never will. */
    static Change posted(Letter letter) {
        return new Change.Delete(PENDING, pendingKey(letter));
    }

    private static ByteString pendingKey(Letter letter) {
        return new FieldWriter()
                .bytes(letter.content().id().bytes())
                .ascii(letter.to().text())
                .toByteString();
    }

    private static FieldWriter out() {
        return new FieldWriter().u8(VERSION);
    }

    private LetterRows() {}
}
