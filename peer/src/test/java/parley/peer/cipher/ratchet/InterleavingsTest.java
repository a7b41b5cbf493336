package parley.peer.cipher.ratchet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.Test;

/**
 * Two write to each other over a network that loses, reorders and repeats: whatever arrives opens exactly once, to what
 * was written. A failure names its seed; {@code -Dseed=} plays that one alone.
 */
class InterleavingsTest {
    private static final int SEEDS = 10_000;
    private static final int STEPS = 12;

    private record Letter(boolean toBob, String text, ByteString bytes) {}

    @Test
    void whatArrivesOpensExactlyOnce() {
        var only = Long.getLong("seed");
        if (only != null) play(only);
        else for (long seed = 0; seed < SEEDS; seed++) play(seed);
    }

    private static void play(long seed) {
        var random = new Random(seed);
        var two = new Two(seed);
        var underway = new ArrayList<Letter>();
        var opened = new ArrayList<Letter>();
        for (int step = 0; step < STEPS; step++) {
            boolean byAlice = random.nextBoolean();
            switch (random.nextInt(8)) {
                case 0, 1, 2, 3 -> {
                    if (byAlice || two.bob.theirs() != null) underway.add(write(two, byAlice, "text " + step));
                }
                case 4, 5, 6 -> deliver(two, random, underway, opened, seed);
                default -> {
                    if (!underway.isEmpty()) underway.remove(random.nextInt(underway.size()));
                }
            }
            if (random.nextInt(4) == 0) {
                two.alice = RatchetCodec.decode(RatchetCodec.encode(two.alice));
                two.bob = RatchetCodec.decode(RatchetCodec.encode(two.bob));
            }
        }
        while (!underway.isEmpty()) deliver(two, random, underway, opened, seed);
        for (var letter : opened)
            assertThat(read(two, letter)).as("seed %d", seed).isIn("REPLAYED", "FORGED");
    }

    private static Letter write(Two two, boolean byAlice, String text) {
        return new Letter(byAlice, text, byAlice ? two.aliceSeals(text) : two.bobSeals(text));
    }

    private static void deliver(Two two, Random random, List<Letter> underway, List<Letter> opened, long seed) {
        if (underway.isEmpty()) return;
        var letter = underway.remove(random.nextInt(underway.size()));
        if (opened.contains(letter)) {
            assertThat(read(two, letter)).as("seed %d", seed).isIn("REPLAYED", "FORGED");
            return;
        }
        assertThat(read(two, letter)).as("seed %d", seed).isEqualTo(letter.text());
        opened.add(letter);
        if (random.nextInt(3) == 0) underway.add(letter);
    }

    private static String read(Two two, Letter letter) {
        return letter.toBob() ? two.bobOpens(letter.bytes()) : two.aliceOpens(letter.bytes());
    }
}
