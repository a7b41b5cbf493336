package parley.peer.contact;

import java.security.SecureRandom;
import org.apache.pekko.util.ByteString;
import parley.messages.name.GroupName;
import parley.messages.wire.Content;
import parley.messages.wire.MessageId;
import parley.messages.wire.Place;
import parley.peer.cipher.primitive.SeededRandom;

/** What members of one group say. */
final class Said {
    static final GroupName TEAM = new GroupName("team");
    static final ByteString ID = hash(7);
    static final Place PLACE = new Place(TEAM, ID, 3, hash(9));

    private static final SecureRandom RANDOM = new SeededRandom(77);

    static Content.GroupText text(String text) {
        return text(1, text);
    }

    static Content.GroupText text(long counter, String text) {
        return new Content.GroupText(
                MessageId.random(RANDOM), PLACE, counter, Content.Text.NO_PREVIOUS, 1_800_000_000_000L, text);
    }

    static Content.GroupNews news() {
        return new Content.GroupNews(MessageId.random(RANDOM), PLACE);
    }

    private static ByteString hash(int last) {
        var bytes = new byte[Content.Text.HASH_BYTES];
        bytes[Content.Text.HASH_BYTES - 1] = (byte) last;
        return ByteString.fromArray(bytes);
    }

    private Said() {}
}
