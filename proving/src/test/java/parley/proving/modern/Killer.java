package parley.proving.modern;

import java.time.Duration;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.function.IntPredicate;

/**
 * Has one program live and die again and again, each time at another moment.
 *
 * @param start starts it, and kills it after this long, whatever it has come to
 * @param live starts it, and kills it after it has worked for this long
 * @param more whether to go on after so many kills
 */
record Killer(String victim, Random random, Life start, Life live, IntPredicate more) implements Callable<Integer> {
    /** One in so many is killed while it starts. */
    private static final int STILLBORN_ONE_IN = 5;

    /** From a command line to a kill, while journals and vaults are being opened. */
    private static final int START_MILLIS_MAX = 1_500;

    /** From when it is of use to a kill. Long enough for others to come back and find it. */
    private static final int LIFE_MILLIS_MAX = 2_000;

    private static final int TELL_EVERY = 10;

    /** Ends with a kill. */
    interface Life {
        void lasting(Duration time) throws Exception;
    }

    /** @return how often it killed */
    @Override
    public Integer call() throws Exception {
        int kills = 0;
        while (more.test(kills)) {
            if (random.nextInt(STILLBORN_ONE_IN) == 0) start.lasting(upTo(START_MILLIS_MAX));
            else live.lasting(upTo(LIFE_MILLIS_MAX));
            if (++kills % TELL_EVERY == 0) System.out.printf("%s was killed %d times%n", victim, kills);
        }
        return kills;
    }

    private Duration upTo(int millis) {
        return Duration.ofMillis(random.nextInt(millis));
    }
}
