package parley.proving.modern.group;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;

/** Divides the ends of a web into two halves that do not hear of each other, again and again, each time others. */
record Partitions(Web web, List<String> ends, int count, Random random, Pause pause) implements Callable<Integer> {
    private static final List<Web.Cut> CUTS = List.of(Web.Cut.values());
    private static final int SHORT_MILLIS_MAX = 250;

    /** Long enough for every patience to end. */
    private static final int LONG_MILLIS_MAX = 4_000;

    private static final int LONG_ONE_IN = 25;

    /** Long enough to find each other again, now and then. */
    private static final int CALM_MILLIS_MAX = 300;

    private static final int TELL_EVERY = 50;

    /** Lets time pass. */
    interface Pause {
        void lasting(Duration time) throws InterruptedException;
    }

    @Override
    public Integer call() throws InterruptedException {
        Map<Web.Cut, Integer> kinds = new EnumMap<>(Web.Cut.class);
        for (int done = 1; done <= count; done++) {
            var cut = CUTS.get(random.nextInt(CUTS.size()));
            var all = new ArrayList<>(ends);
            Collections.shuffle(all, random);
            int here = 1 + random.nextInt(all.size() - 1);
            web.divide(all.subList(0, here), all.subList(here, all.size()), cut);
            kinds.merge(cut, 1, Integer::sum);
            pause.lasting(upTo(random.nextInt(LONG_ONE_IN) == 0 ? LONG_MILLIS_MAX : SHORT_MILLIS_MAX));
            web.heal();
            pause.lasting(upTo(CALM_MILLIS_MAX));
            if (done % TELL_EVERY == 0) System.out.printf("%d partitions: %s%n", done, kinds);
        }
        return count;
    }

    private Duration upTo(int millis) {
        return Duration.ofMillis(random.nextInt(millis));
    }
}
