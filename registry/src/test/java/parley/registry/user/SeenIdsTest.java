package parley.registry.user;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SeenIdsTest {
    private static final long U32_MAX = 0xffff_ffffL;

    @Test
    void whoCountsHasOneRange() {
        var seen = new SeenIds();
        for (int id = 0; id < 10_000; id++) assertThat(seen.add(id)).isTrue();
        assertThat(seen).hasToString("0-9999");
        for (int id = 0; id < 10_000; id++) assertThat(seen.add(id)).isFalse();
        assertThat(SeenIds.parse(seen.toString()).contains(9_999)).isTrue();
        assertThat(SeenIds.parse(seen.toString()).contains(10_000)).isFalse();
    }

    @Test
    void rangesThatMeetAreOne() {
        var seen = new SeenIds();
        for (long id : new long[] {7, 5, U32_MAX, 0, 6})
            assertThat(seen.add(id)).isTrue();
        assertThat(seen).hasToString("0-0,5-7,4294967295-4294967295");
        assertThat(SeenIds.parse("")).hasToString("");
    }

    /** Whatever order they come in, none is ever new twice; the text stays short. */
    @Test
    void noIdIsEverNewTwice() {
        for (long seed = 1; seed <= 20; seed++) {
            var random = new Random(seed);
            long spread = 1L << (4 + random.nextInt(29));
            var seen = new SeenIds();
            var before = new HashSet<Long>();
            for (int i = 0; i < 3_000; i++) {
                long id = random.nextLong(spread);
                if (i % 500 == 0) seen = SeenIds.parse(seen.toString());
                boolean isNew = seen.add(id);
                if (isNew) assertThat(before).as("seed %d", seed).doesNotContain(id);
                before.add(id);
                assertThat(seen.contains(id)).as("seed %d", seed).isTrue();
            }
            assertThat(seen.toString().length()).as("seed %d", seed).isLessThan(256 * 22);
        }
    }
}
