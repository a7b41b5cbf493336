package parley.messages.wire;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.apache.pekko.util.ByteString;
import parley.messages.name.GroupName;

/** Contents that follow from a seed, of every kind, at their limits every now and then. */
final class SeededContent {
    final Random random;

    SeededContent(long seed) {
        random = new Random(seed);
    }

    MessageId id() {
        return new MessageId(bytes(MessageId.BYTES));
    }

    Content content() {
        return switch (random.nextInt(7)) {
            case 0 -> new Content.Text(id(), 1 + positive(), bytes(32), positive(), text());
            case 1 -> new Content.Receipt(id(), either(), list(this::id));
            case 2 -> new Content.Repeat(id(), list(() -> new Content.Repeat.Unopened(id(), reason())), 1 + positive());
            case 3 -> new Content.Nothing(id());
            case 4 -> new Content.GroupText(id(), place(), 1 + positive(), bytes(32), positive(), text());
            case 5 -> new Content.GroupNews(id(), place());
            default -> new Content.Unknown(id(), unknownKind(), bytes(random.nextInt(100)));
        };
    }

    private Place place() {
        var group = new GroupName(random.nextBoolean() ? "t" : "x".repeat(32));
        return new Place(group, bytes(32), random.nextInt() & 0xffff_ffffL, bytes(32));
    }

    private int unknownKind() {
        return random.nextBoolean() ? 5 + random.nextInt(11) : 18 + random.nextInt(238);
    }

    Envelope envelope() {
        return new Envelope(id(), bytes(random.nextInt(400)));
    }

    private Content.Receipt.What either() {
        return random.nextBoolean() ? Content.Receipt.What.DELIVERED : Content.Receipt.What.READ;
    }

    private Reason reason() {
        return Reason.of(1 + random.nextInt(Reason.values().length));
    }

    private <T> List<T> list(Supplier<T> each) {
        int count = random.nextInt(20) == 0 ? Content.IDS_MAX : 1 + random.nextInt(5);
        var all = new ArrayList<T>();
        for (int i = 0; i < count; i++) all.add(each.get());
        return all;
    }

    private String text() {
        int length = random.nextInt(20) == 0 ? Content.Text.BYTES_MAX / 4 : random.nextInt(40);
        var text = new StringBuilder();
        for (int i = 0; i < length; i++) text.appendCodePoint(codePoint());
        return text.toString();
    }

    private int codePoint() {
        int any = random.nextInt(Character.MAX_CODE_POINT + 1);
        return any >= Character.MIN_SURROGATE && any <= Character.MAX_SURROGATE ? 'x' : any;
    }

    private long positive() {
        return random.nextLong() >>> (2 + random.nextInt(60));
    }

    ByteString bytes(int count) {
        var bytes = new byte[count];
        random.nextBytes(bytes);
        return ByteString.fromArray(bytes);
    }
}
