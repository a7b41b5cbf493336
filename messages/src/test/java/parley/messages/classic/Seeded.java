package parley.messages.classic;

import java.math.BigInteger;
import java.util.List;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.pekko.util.ByteString;
import parley.messages.name.Address;
import parley.messages.name.GroupName;
import parley.messages.name.Password;
import parley.messages.name.UserName;

/** Random messages from one seed, which belongs into every failure message: {@code -Dseed=} plays it again. */
final class Seeded {
    private static final String NAME = "abcdefghijklmnopqrstuvwxyz0123456789_.-";
    private static final String HEX = "0123456789abcdef";

    final long seed = Long.getLong("seed", System.nanoTime());
    final RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);

    String shown() {
        return "-Dseed=%d".formatted(seed);
    }

    Request request() {
        return switch (random.nextInt(10)) {
            case 0 -> new Request.SignUp(user(), password(), address());
            case 1 -> new Request.SignIn(user(), password(), address());
            case 2 -> new Request.ListGroups();
            case 3 -> new Request.Create(group(), user());
            case 4 -> new Request.Join(group(), user());
            case 5 -> new Request.KeyOf(group());
            case 6 -> new Request.WhereIs(user());
            case 7 -> new Request.WhereAre(group(), user());
            case 8 -> new Request.Members();
            default -> new Request.Exit();
        };
    }

    /** An answer that fits {@code asked} and, so that it comes back whole, a classic reader. */
    Reply replyTo(Request asked) {
        return switch (asked) {
            case Request.SignUp s -> new Reply.Done("Signup successful");
            case Request.SignIn s -> new Reply.Done("Grüße " + user());
            case Request.Create c -> new Reply.Done("created");
            case Request.Join j -> new Reply.Done("joined");
            case Request.ListGroups l ->
                new Reply.Groups(some(20, () -> new Reply.Groups.Size(group(), random.nextInt(1, 1_000))));
            case Request.KeyOf k -> new Reply.Key(new GroupKey(bytes(GroupKey.BYTES)));
            case Request.WhereIs w -> new Reply.At(address());
            case Request.WhereAre w -> new Reply.Peers(some(40, this::address));
            case Request.Members m ->
                new Reply.Members(some(4, () -> new Reply.Members.Group(group(), some(5, this::user))));
            case Request.Exit e -> throw new IllegalArgumentException("exit has no answer");
            case Request.Unreadable u -> new Reply.Refused(u.why());
        };
    }

    PeerMessage.PublicValue publicValue() {
        return new PeerMessage.PublicValue(
                new BigInteger(random.nextInt(1, 3072), new java.util.Random(random.nextLong())));
    }

    /** A text as a sender would have it: padded to eights or not at all. */
    PeerMessage.Text text() {
        int length = random.nextInt(200);
        int padded = random.nextBoolean() ? length : (length + 7) / 8 * 8;
        return new PeerMessage.Text(origin(), length, hex(2 * padded));
    }

    PeerMessage.FileOffer fileOffer() {
        return new PeerMessage.FileOffer(origin(), "/tmp/%s: %s.bin".formatted(user(), visible(20)));
    }

    Origin origin() {
        return random.nextBoolean() ? new Origin.User(user()) : new Origin.Group(group());
    }

    UserName user() {
        return new UserName(letters(NAME, random.nextInt(1, 33)));
    }

    GroupName group() {
        return new GroupName(letters(NAME, random.nextInt(1, 33)));
    }

    Password password() {
        return new Password(visible(random.nextInt(1, 60)));
    }

    Address address() {
        var host = Stream.generate(() -> String.valueOf(random.nextInt(256))).limit(4);
        return new Address(host.collect(Collectors.joining(".")), random.nextInt(1, 65_536));
    }

    ByteString hex(int digits) {
        return ByteString.fromString(letters(HEX, digits));
    }

    ByteString bytes(int count) {
        var bytes = new byte[count];
        random.nextBytes(bytes);
        return ByteString.fromArray(bytes);
    }

    /** The same bytes as TCP may bring them: cut anywhere, never empty. */
    List<ByteString> cut(ByteString whole, int pieceMax) {
        var pieces = Stream.<ByteString>builder();
        for (var rest = whole; !rest.isEmpty(); ) {
            int piece = random.nextInt(1, pieceMax + 1);
            pieces.add(rest.take(piece));
            rest = rest.drop(piece);
        }
        return pieces.build().toList();
    }

    private String visible(int count) {
        return random.ints(count, 0x21, 0x1_f700)
                .map(c -> Character.isLetterOrDigit(c) ? c : 'x')
                .mapToObj(Character::toString)
                .collect(Collectors.joining());
    }

    private String letters(String from, int count) {
        return random.ints(count, 0, from.length())
                .mapToObj(i -> String.valueOf(from.charAt(i)))
                .collect(Collectors.joining());
    }

    private <T> List<T> some(int max, Supplier<T> one) {
        return Stream.generate(one).limit(random.nextInt(1, max + 1)).toList();
    }
}
