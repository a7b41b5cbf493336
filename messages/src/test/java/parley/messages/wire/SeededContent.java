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
        return switch (random.nextInt(11)) {
            case 0 -> new Content.Text(id(), 1 + positive(), bytes(32), positive(), text());
            case 1 -> new Content.Receipt(id(), either(), list(this::id));
            case 2 -> new Content.Repeat(id(), list(() -> new Content.Repeat.Unopened(id(), reason())), 1 + positive());
            case 3 -> new Content.Nothing(id());
            case 4 -> new Content.GroupText(id(), place(), 1 + positive(), bytes(32), positive(), text());
            case 5 -> new Content.GroupNews(id(), place());
            case 6 -> new Content.File(id(), offer());
            case 7 -> new Content.GroupFile(id(), place(), offer());
            case 8 -> new Content.Piece(id(), id(), random.nextInt(FileOffer.PIECES_MAX), bytes(pieceBytes()));
            case 9 -> new Content.FileState(id(), id(), state());
            default -> new Content.Unknown(id(), unknownKind(), bytes(random.nextInt(100)));
        };
    }

    private FileOffer offer() {
        boolean inPieces = random.nextBoolean();
        long size = inPieces ? random.nextInt(FileOffer.IN_PIECES_MAX + 1) : positive();
        var name = random.nextBoolean() ? "a" : "ä".repeat(FileOffer.NAME_BYTES_MAX / 2);
        return new FileOffer(positive(), inPieces, size, bytes(FileOffer.KEY_BYTES), name);
    }

    private int pieceBytes() {
        return random.nextInt(20) == 0 ? Content.Piece.BYTES_MAX : 1 + random.nextInt(100);
    }

    private Content.FileState.State state() {
        var all = Content.FileState.State.values();
        return all[random.nextInt(all.length)];
    }

    private Place place() {
        var group = new GroupName(random.nextBoolean() ? "t" : "x".repeat(32));
        return new Place(group, bytes(32), random.nextInt() & 0xffff_ffffL, bytes(32));
    }

    private int unknownKind() {
        return random.nextBoolean() ? 5 + random.nextInt(11) : 22 + random.nextInt(234);
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
