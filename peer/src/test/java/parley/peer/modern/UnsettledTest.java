package parley.peer.modern;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import parley.messages.name.UserName;

class UnsettledTest {
    private static final UserName BOB = new UserName("bob");

    private final Unsettled unsettled = new Unsettled();

    @Test
    void nothingIsTakenBeforeTheFirstThatWasLost() {
        assertThat(unsettled.takes(BOB, 7)).isTrue();
        assertThat(unsettled.takes(BOB, 8)).isTrue();
        assertThat(unsettled.takes(BOB, 9)).isTrue();
        unsettled.settled(BOB, 7);
        unsettled.beginsAnew(BOB);
        assertThat(unsettled.takes(BOB, 10)).isFalse();
        assertThat(unsettled.takes(BOB, 8)).isTrue();
        assertThat(unsettled.takes(BOB, 9)).isTrue();
        assertThat(unsettled.takes(BOB, 10)).isTrue();
    }

    @Test
    void whatIsLostOnceMoreIsStillTheFirst() {
        unsettled.takes(BOB, 8);
        unsettled.beginsAnew(BOB);
        unsettled.beginsAnew(BOB);
        assertThat(unsettled.takes(BOB, 9)).isFalse();
    }

    @Test
    void whoHasLostNothingAndEverybodyElseGoOn() {
        unsettled.takes(BOB, 8);
        unsettled.settled(BOB, 8);
        unsettled.beginsAnew(BOB);
        assertThat(unsettled.takes(BOB, 9)).isTrue();
        unsettled.beginsAnew(BOB);
        assertThat(unsettled.takes(new UserName("carol"), 10)).isTrue();
    }

    @Test
    void withAnotherSignInAllComesInItsOrder() {
        unsettled.takes(BOB, 8);
        unsettled.beginsAnew(BOB);
        unsettled.signedIn();
        assertThat(unsettled.takes(BOB, 9)).isTrue();
    }
}
