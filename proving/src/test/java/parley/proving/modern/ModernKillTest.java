package parley.proving.modern;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.Executors;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two who write to each other without a pause; both and the registry are killed at random moments of their lives, each by
 * a killer of its own, so that they also die together. As many kills as fit half a minute; {@code mvn verify -pl proving -am
 * -Dtest=ModernKillTest -Dkills=1000 -Dsurefire.failIfNoSpecifiedTests=false} makes 1,000 of each. {@code -Dseed=} repeats
 * the moments of a run, as far as a machine repeats itself.
 */
class ModernKillTest {
    /** How often each of the three is killed; 0 stands for what fits {@link #HALF_A_MINUTE}. */
    private static final int KILLS = Integer.getInteger("kills", 0);

    private static final Duration HALF_A_MINUTE = Duration.ofSeconds(30);

    /** For all that is on its way in the end. */
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    @TempDir
    Path folder;

    @Test
    void nothingAcknowledgedIsLostNothingIsShownTwiceAndAllInOrder() throws Exception {
        long seed = Long.getLong("seed", System.nanoTime());
        System.out.printf("ModernKillTest: -Dseed=%d%n", seed);
        var random = new Random(seed);
        try (var town = Town.foundForGood(folder)) {
            var alice = Correspondent.arrive(town, "alice", "bob");
            var bob = Correspondent.arrive(town, "bob", "alice");
            alice.isReadBy(bob);
            bob.isReadBy(alice);
            Town.acquaint(alice.running(), "alice", bob.running(), "bob");
            alice.die();
            bob.die();
            town.killRegistry();

            long end = System.nanoTime() + HALF_A_MINUTE.toNanos();
            IntPredicate more = kills -> KILLS == 0 ? System.nanoTime() < end : kills < KILLS;
            int kills = together(List.of(
                    new Killer(
                            "the registry", new Random(random.nextLong()), town::tryRegistryFor, town::serveFor, more),
                    new Killer("alice", new Random(random.nextLong()), alice::startFor, alice::liveFor, more),
                    new Killer("bob", new Random(random.nextLong()), bob::startFor, bob::liveFor, more)));

            town.startRegistry();
            alice.comeBack();
            bob.comeBack();
            bob.readAllOf(alice, PATIENCE);
            alice.readAllOf(bob, PATIENCE);
            bob.readAgain(PATIENCE);
            alice.readAgain(PATIENCE);
            System.out.printf(
                    "ModernKillTest: %d kills, %d and %d texts acknowledged, %d and %d shown%n",
                    kills, alice.acknowledged(), bob.acknowledged(), bob.shown(), alice.shown());
            assertThat(alice.acknowledged() + bob.acknowledged())
                    .as("the load did something")
                    .isGreaterThan(kills);
        }
    }

    /** @return how many kills in all; the first failure ends them all */
    private static int together(List<Killer> killers) throws Exception {
        try (var threads = Executors.newFixedThreadPool(killers.size())) {
            try {
                var done = new ExecutorCompletionService<Integer>(threads);
                killers.forEach(done::submit);
                int kills = 0;
                for (int i = 0; i < killers.size(); i++) kills += done.take().get();
                return kills;
            } finally {
                threads.shutdownNow();
            }
        }
    }
}
