package parley.peer.contact;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.Test;
import parley.messages.name.GroupName;
import parley.messages.wire.Content;
import parley.messages.wire.Content.Repeat.Unopened;
import parley.messages.wire.ContentCodec;
import parley.messages.wire.Envelope;
import parley.messages.wire.EnvelopeCodec;
import parley.messages.wire.FileOffer;
import parley.messages.wire.MessageId;
import parley.messages.wire.Place;
import parley.messages.wire.Reason;
import parley.peer.cipher.primitive.DocsVectors;
import parley.peer.cipher.primitive.DocsVectors.Vector;

/** docs/vectors: content.json, group-content.json and file-content.json: one of each kind, and texts that follow each other. */
class ContentVectorsTest {
    private static final MessageId FIRST = id(1);
    private static final MessageId SECOND = id(2);

    @Test
    void contentsAreWhatTheDocumentSays() {
        var made = new ArrayList<Vector>();
        var first = new Content.Text(FIRST, 1, Content.Text.NO_PREVIOUS, 1_800_000_000_000L, "Grüße aus Köln");
        var second = new Content.Text(
                SECOND, 2, ContentCodec.hash(Town.REGISTRY, first), 1_800_000_001_000L, "and a second one");
        made.add(vector(first).put("hash", ContentCodec.hash(Town.REGISTRY, first)));
        made.add(vector(second).put("hash", ContentCodec.hash(Town.REGISTRY, second)));
        made.add(vector(new Content.Receipt(id(3), Content.Receipt.What.DELIVERED, List.of(FIRST, SECOND))));
        made.add(vector(new Content.Receipt(id(4), Content.Receipt.What.READ, List.of(SECOND))));
        made.add(vector(new Content.Repeat(
                id(5), List.of(new Unopened(FIRST, Reason.UNKNOWN_SESSION), new Unopened(SECOND, Reason.FORGED)), 3)));
        made.add(vector(new Content.Nothing(id(6))));
        var message = ByteString.fromString("as a ratchet sealed it");
        made.add(new Vector()
                .put("kind", "envelope")
                .put("id", FIRST.bytes())
                .put("message", message)
                .put("bytes", EnvelopeCodec.encode(new Envelope(FIRST, message))));
        DocsVectors.check("content.json", made);
    }

    @Test
    void contentsOfAGroupAreWhatTheDocumentSays() {
        var made = new ArrayList<Vector>();
        var team = new GroupName("team");
        var group = hash(1);
        var first = new Content.GroupText(
                FIRST,
                new Place(team, group, 0, group),
                1,
                Content.Text.NO_PREVIOUS,
                1_800_000_000_000L,
                "Hallo, alle!");
        var second = new Content.GroupText(
                SECOND,
                new Place(team, group, 7, hash(8)),
                2,
                ContentCodec.hash(Town.REGISTRY, first),
                1_800_000_001_000L,
                "and a second one");
        made.add(vector(first).put("hash", ContentCodec.hash(Town.REGISTRY, first)));
        made.add(vector(second).put("hash", ContentCodec.hash(Town.REGISTRY, second)));
        made.add(vector(new Content.GroupNews(id(3), new Place(team, group, 8, hash(9)))));
        DocsVectors.check("group-content.json", made);
    }

    @Test
    void contentsOfFilesAreWhatTheDocumentSays() {
        var offer = new FileOffer(1_800_000_000_000L, true, 5, key(), "Pläne.txt");
        var made = new ArrayList<Vector>();
        made.add(vector(new Content.File(FIRST, offer)));
        made.add(vector(new Content.Piece(SECOND, FIRST, 0, ByteString.fromString("hello"))));
        for (var state : Content.FileState.State.values()) made.add(vector(new Content.FileState(id(3), FIRST, state)));
        var place = new Place(new GroupName("team"), hash(1), 7, hash(8));
        var large = new FileOffer(1_800_000_000_000L, false, 5L << 30, key(), "disk.img");
        made.add(vector(new Content.GroupFile(id(4), place, large)));
        DocsVectors.check("file-content.json", made);
    }

    private static ByteString key() {
        var bytes = new byte[FileOffer.KEY_BYTES];
        for (int i = 0; i < bytes.length; i++) bytes[i] = (byte) (0x40 + i);
        return ByteString.fromArray(bytes);
    }

    private static ByteString hash(int last) {
        var bytes = new byte[Content.Text.HASH_BYTES];
        bytes[Content.Text.HASH_BYTES - 1] = (byte) last;
        return ByteString.fromArray(bytes);
    }

    private static Vector vector(Content content) {
        return new Vector()
                .put("kind", content.getClass().getSimpleName().toLowerCase(Locale.ROOT))
                .put("registry", Town.REGISTRY.bytes())
                .put("id", content.id().bytes())
                .put("bytes", ContentCodec.encode(content));
    }

    private static MessageId id(int last) {
        var bytes = new byte[MessageId.BYTES];
        bytes[MessageId.BYTES - 1] = (byte) last;
        return new MessageId(ByteString.fromArray(bytes));
    }
}
