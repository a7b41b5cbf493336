package parley.peer.link.mutual;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Both call each other at about the same time, again and again; {@code -Dseed=} plays it again. */
class DialRaceTest {
    static final ActorTestKit kit = ActorTestKit.create();
    static final int RACES = Integer.getInteger("races", 20);
    static final Duration QUIET = Duration.ofMillis(150);
    static final Duration AT_HAND = Duration.ofMillis(5);

    @AfterAll
    static void close() {
        kit.shutdownTestKit();
    }

    @Test
    void oneLinkIsLeftAndBothAgreeOnIt() {
        long seed = Long.getLong("seed", System.nanoTime());
        var random = new SplittableRandom(seed);
        int raced = 0;
        for (int race = 0; race < RACES; race++) {
            var as = "-Dseed=%d, race %d".formatted(seed, race);
            var one = Person.of("one", 1 + random.nextInt(1_000));
            var other = Person.of("other", 2_000 + random.nextInt(1_000));
            var left = new End(kit, one, Limits.handshake(Duration.ofSeconds(5)), other.contact(1));
            var right = new End(kit, other, Limits.handshake(Duration.ofSeconds(5)), one.contact(1));
            var order = random.nextBoolean() ? List.of(left, right) : List.of(right, left);
            order.getFirst().dials(order.getLast());
            pause(random.nextInt(4) == 0 ? random.nextInt(30) : 0);
            order.getLast().dials(order.getFirst());
            var leftTold = new ArrayList<Links.Change>();
            var rightTold = new ArrayList<Links.Change>();
            reaches(as, left, leftTold, right, rightTold);
            reaches(as, right, rightTold, left, leftTold);
            long decided = settled(as, left, leftTold) + settled(as, right, rightTold);
            if (decided > 0) raced++;
            kit.stop(left.links);
            kit.stop(right.links);
        }
        assertThat(raced).as("races in which a link had to give way").isPositive();
    }

    /** Sends until it comes: what was on a link that gave way is lost with it, as its owner knows. */
    private static void reaches(String as, End from, List<Links.Change> fromTold, End to, List<Links.Change> told) {
        for (int attempt = 0; attempt < 20; attempt++) {
            hearsAll(from, fromTold, AT_HAND);
            from.sends(to, End.envelope(attempt, 100));
            while (true) {
                try {
                    var change = to.hears(QUIET);
                    told.add(change);
                    if (change instanceof Links.Came) return;
                } catch (AssertionError quiet) {
                    break;
                }
            }
        }
        throw new AssertionError(as + ": nothing comes, but " + told);
    }

    /** Reads what is told until nothing is any more: one more up than down. @return how often one gave way */
    private static long settled(String as, End end, List<Links.Change> told) {
        hearsAll(end, told, QUIET);
        long up = told.stream().filter(Links.LinkUp.class::isInstance).count();
        long down = told.stream().filter(Links.LinkDown.class::isInstance).count();
        assertThat(up - down).as(as + ": " + told).isEqualTo(1);
        return down;
    }

    private static void hearsAll(End end, List<Links.Change> told, Duration patience) {
        try {
            while (true) told.add(end.hears(patience));
        } catch (AssertionError quiet) {
            // That was all.
        }
    }

    private static void pause(int millis) {
        long until = System.nanoTime() + Duration.ofMillis(millis).toNanos();
        while (System.nanoTime() < until) Thread.onSpinWait();
    }
}
