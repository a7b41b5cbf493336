package parley.messages.wire;

import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Stream;
import org.apache.pekko.util.ByteString;
import parley.messages.identity.RegistryId;
import parley.messages.name.UserName;

/** Random frames from one seed, which belongs into every failure message: {@code -Dseed=} plays it again. */
final class Seeded {
    private static final List<String> NAMES = List.of("a", "alice", "bob.jones", "0_.-", "x".repeat(32));

    final long seed;
    final RandomGenerator random;

    Seeded() {
        this(Long.getLong("seed", System.nanoTime()));
    }

    Seeded(long seed) {
        this.seed = seed;
        this.random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    }

    String shown() {
        return "-Dseed=%d".formatted(seed);
    }

    Frame frame() {
        return switch (random.nextInt(7)) {
            case 0 ->
                new Frame.Hello(
                        new RegistryId(bytes(16)), name(), name(), 1 + (random.nextInt() & 0xffff_fffeL), bytes(32));
            case 1 -> new Frame.Enveloped(envelope());
            case 2 ->
                new Frame.Ack(Stream.generate(this::id)
                        .limit(1 + random.nextInt(random.nextBoolean() ? 3 : 255))
                        .toList());
            case 3 -> new Frame.Refused(id(), Reason.of(1 + random.nextInt(8)));
            case 4 -> new Frame.Ping(random.nextLong() >>> 1);
            case 5 -> new Frame.Pong(random.nextLong() >>> 1);
            default -> new Frame.Bye(List.of(Frame.Farewell.values()).get(random.nextInt(5)));
        };
    }

    Envelope envelope() {
        return new Envelope(id(), bytes(1 + random.nextInt(random.nextBoolean() ? 400 : 66_814)));
    }

    MessageId id() {
        return new MessageId(bytes(MessageId.BYTES));
    }

    ByteString bytes(int count) {
        var bytes = new byte[count];
        random.nextBytes(bytes);
        return ByteString.fromArrayUnsafe(bytes);
    }

    private UserName name() {
        return new UserName(NAMES.get(random.nextInt(NAMES.size())));
    }
}
