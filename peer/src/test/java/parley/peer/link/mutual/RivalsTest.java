package parley.peer.link.mutual;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class RivalsTest {
    private final Rivals<String> smaller = new Rivals<>(true);
    private final Rivals<String> larger = new Rivals<>(false);

    @Test
    void oneAloneServesWhoeverDialledIt() {
        assertThat(smaller.add("accepted", false)).isEmpty();
        assertThat(smaller.serving()).contains("accepted");
        assertThat(larger.add("dialled", true)).isEmpty();
        assertThat(larger.serving()).contains("dialled");
    }

    @Test
    void ofTwoTheOneServesThatTheSmallerDialledAndItsAcceptorSendsTheOtherAway() {
        for (boolean dialledFirst : List.of(true, false)) {
            var here = new Rivals<String>(true);
            here.add("first", dialledFirst);
            assertThat(here.add("second", !dialledFirst)).isEmpty();
            assertThat(here.serving()).contains(dialledFirst ? "first" : "second");
            assertThat(here.awaited()).contains(dialledFirst ? "second" : "first");

            var there = new Rivals<String>(false);
            there.add("first", dialledFirst);
            assertThat(there.add("second", !dialledFirst)).contains(dialledFirst ? "first" : "second");
            assertThat(there.serving()).contains(dialledFirst ? "second" : "first");
            assertThat(there.awaited()).isEmpty();
        }
    }

    @Test
    void ofTwoInOneDirectionTheNewerServes() {
        for (boolean byUs : List.of(true, false)) {
            for (var rivals : List.of(new Rivals<String>(true), new Rivals<String>(false))) {
                rivals.add("older", byUs);
                assertThat(rivals.add("newer", byUs)).contains("older");
                assertThat(rivals.serving()).contains("newer");
            }
        }
    }

    @Test
    void whenTheOneThatServedIsGoneTheOtherServes() {
        smaller.add("dialled", true);
        smaller.add("accepted", false);
        smaller.remove("dialled");
        assertThat(smaller.serving()).contains("accepted");
        assertThat(smaller.awaited()).isEmpty();
        smaller.remove("accepted");
        assertThat(smaller.serving()).isEmpty();
    }

    @Test
    void whoIsNotToldGoodbyeOnTheOtherDropsTheOneThatTheyDoNotKnow() {
        smaller.add("stale", true);
        smaller.add("accepted", false);
        assertThat(smaller.overdue("accepted")).contains("stale");
        assertThat(smaller.serving()).contains("accepted");
        assertThat(smaller.overdue("accepted")).isEmpty();
    }

    @Test
    void whoWasAwaitedAndIsGoneIsNotOverdue() {
        smaller.add("dialled", true);
        smaller.add("accepted", false);
        smaller.remove("accepted");
        assertThat(smaller.overdue("accepted")).isEmpty();
        assertThat(smaller.serving()).contains("dialled");
    }
}
