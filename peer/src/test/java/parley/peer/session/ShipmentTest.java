package parley.peer.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import parley.peer.talk.Answer;
import parley.peer.talk.Happening;
import parley.peer.talk.Party;

class ShipmentTest {
    static final List<Party> BOTH = List.of(Fixtures.TO_TEAM, new Party.Group(Fixtures.LAB));
    static final Shipment TO_BOTH = Shipment.of("send", BOTH);

    static Courier.Outcome carried(int delivered, String... missed) {
        return new Courier.Carried(1, new Parcel.Reached(delivered, List.of(missed)));
    }

    static Courier.Outcome failed(String why) {
        return new Courier.Failed(1, why);
    }

    @Test
    void itIsOverWhenEachPartyIsSettled() {
        assertThat(TO_BOTH.open()).isEqualTo(2);
        assertThat(TO_BOTH.with(carried(1)).open()).isEqualTo(1);
        assertThat(TO_BOTH.with(failed("no")).with(carried(1)).open()).isZero();
    }

    @Test
    void whatEachGroupReceivedIsAddedUp() {
        assertThat(TO_BOTH.with(carried(2, "carol")).with(carried(0, "dave")).ended())
                .isEqualTo(new Happening.Done("send", new Answer.Sent(BOTH, 2, List.of("carol", "dave"))));
    }

    @Test
    void aGroupThatFailedIsNotHiddenByOneThatDidNot() {
        assertThat(TO_BOTH.with(carried(3)).with(failed("Not a member of lab")).ended())
                .isEqualTo(new Happening.Failed("send", "Not a member of lab; delivered to 3 elsewhere"));
    }

    @Test
    void whatNobodyReceivedHasFailed() {
        assertThat(TO_BOTH.with(carried(0, "bob")).with(carried(0, "carol")).ended())
                .isEqualTo(new Happening.Failed("send", "Nobody could be reached, missed bob, carol"));
        assertThat(TO_BOTH.with(carried(0)).with(carried(0)).ended())
                .isEqualTo(new Happening.Failed("send", "Nobody could be reached"));
    }

    @Test
    void theSameFailureIsSaidOnce() {
        assertThat(TO_BOTH.with(failed("The registry is away"))
                        .with(failed("The registry is away"))
                        .ended())
                .isEqualTo(new Happening.Failed("send", "The registry is away"));
    }
}
