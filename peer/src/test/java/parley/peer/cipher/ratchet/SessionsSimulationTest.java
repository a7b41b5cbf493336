package parley.peer.cipher.ratchet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.LongConsumer;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.Test;

/**
 * Two begin sessions whenever they like, over a network that loses, reorders and repeats; in the second test they also fall
 * back to older copies of themselves. A failure names its seed; {@code -Dseed=} plays that one alone.
 */
class SessionsSimulationTest {
    private static final int SEEDS = 300;
    private static final int STEPS = 40;

    private record Letter(Contact from, Contact to, String text, ByteString bytes) {}

    @Test
    void whatArrivesOpensExactlyOnceHoweverOftenTheyBegin() {
        each(seed -> {
            var chaos = new Chaos(seed, false);
            chaos.run();
            for (var letter : chaos.underway) chaos.arrives(letter);
            for (var letter : List.copyOf(chaos.opened))
                assertThat(letter.to().opens(letter.bytes(), letter.from()))
                        .as("seed %d", seed)
                        .isIn("REPLAYED", "FORGED");
        });
    }

    /** Neither is told that the other is a copy; both learn it by a refusal and begin anew. */
    @Test
    void oneNewBeginningMendsWhateverWasRestored() {
        each(seed -> {
            var chaos = new Chaos(seed, true);
            chaos.run();
            chaos.alice.begins(chaos.bob);
            assertThat(chaos.bob.opens(chaos.alice.seals("anew"), chaos.alice))
                    .as("seed %d", seed)
                    .isEqualTo("anew");
            assertThat(chaos.alice.opens(chaos.bob.seals("good"), chaos.bob))
                    .as("seed %d", seed)
                    .isEqualTo("good");
            assertThat(chaos.bob.opens(chaos.alice.seals("on"), chaos.alice))
                    .as("seed %d", seed)
                    .isEqualTo("on");
            assertThat(chaos.alice.sessions.sessions().getFirst().id())
                    .isEqualTo(chaos.bob.sessions.sessions().getFirst().id());
        });
    }

    private static void each(LongConsumer play) {
        var only = Long.getLong("seed");
        if (only != null) play.accept(only);
        else for (long seed = 0; seed < SEEDS; seed++) play.accept(seed);
    }

    private static final class Chaos {
        final Contact alice;
        final Contact bob;
        final List<Letter> underway = new ArrayList<>();
        final Set<Letter> opened = new HashSet<>();
        /** Message key and nonce, by what stands for the key: no two letters may share both. */
        final Set<ByteString> used = new HashSet<>();

        private final boolean restores;
        private final long seed;
        private final Random random;
        private Sessions copyOfAlice = Sessions.none();
        private Sessions copyOfBob = Sessions.none();

        Chaos(long seed, boolean restores) {
            this.seed = seed;
            this.restores = restores;
            random = new Random(seed);
            alice = new Contact("alice", 2 * seed);
            bob = new Contact("bob", 2 * seed + 1);
        }

        void run() {
            for (int step = 0; step < STEPS; step++) {
                boolean byAlice = random.nextBoolean();
                var from = byAlice ? alice : bob;
                var to = byAlice ? bob : alice;
                switch (random.nextInt(restores ? 12 : 10)) {
                    case 0 -> from.begins(to);
                    case 1, 2, 3, 4 -> write(from, to, "text " + step);
                    case 5, 6, 7, 8 -> deliver();
                    case 9 -> {
                        if (!underway.isEmpty()) underway.remove(random.nextInt(underway.size()));
                    }
                    case 10 -> {
                        copyOfAlice = alice.sessions;
                        copyOfBob = bob.sessions;
                    }
                    default -> {
                        if (byAlice) alice.sessions = copyOfAlice;
                        else bob.sessions = copyOfBob;
                    }
                }
            }
        }

        private void write(Contact from, Contact to, String text) {
            if (from.sessions.isEmpty()) from.begins(to);
            var bytes = from.seals(text);
            var message = Message.decode(bytes);
            var header = message.header();
            assertThat(used.add(header.ratchet()
                            .bytes()
                            .concat(ByteString.fromInts((int) header.number()))
                            .concat(message.nonce())))
                    .as("seed %d", seed)
                    .isTrue();
            underway.add(new Letter(from, to, text, bytes));
        }

        private void deliver() {
            if (underway.isEmpty()) return;
            var letter = underway.remove(random.nextInt(underway.size()));
            if (restores) {
                letter.to().opens(letter.bytes(), letter.from());
                return;
            }
            arrives(letter);
            if (random.nextInt(3) == 0) underway.add(letter);
        }

        private void arrives(Letter letter) {
            var read = letter.to().opens(letter.bytes(), letter.from());
            if (opened.add(letter)) assertThat(read).as("seed %d", seed).isEqualTo(letter.text());
            else assertThat(read).as("seed %d", seed).isIn("REPLAYED", "FORGED");
        }
    }
}
