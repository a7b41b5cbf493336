package parley.registry.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.Test;
import parley.messages.directory.Code;
import parley.messages.directory.RelayCall;
import parley.messages.directory.RelayToken;
import parley.messages.name.UserName;

class RelaysTest {
    private static final UserName ALICE = new UserName("alice");
    private static final UserName BOB = new UserName("bob");
    private static final UserName CAROL = new UserName("carol");
    private static final RelayToken TOKEN = token(1);
    private static final ByteString BYTES = ByteString.fromString("sealed");

    private final Relays relays = new Relays(limits(2, 10), () -> 0);
    private final List<Side.Word> alice = new ArrayList<>();
    private final List<Side.Word> bob = new ArrayList<>();

    @Test
    void twoWhoNameEachOtherAndOneTokenAreJoinedAndHearEachOther() {
        assertThat(come(ALICE, BOB, TOKEN, alice)).isInstanceOf(Relays.Waits.class);
        var joins = (Relays.Joins) come(BOB, ALICE, TOKEN, bob);
        var alices = ((Side.Joined) alice.removeFirst()).passage();
        assertThat(alices.pass(BYTES)).isNotEqualTo(Share.USED_UP);
        joins.passage().taken();
        assertThat(bob).containsExactly(new Side.Passed(BYTES));
        assertThat(alice).containsExactly(new Side.Taken());
    }

    @Test
    void anotherTokenAnotherNameAndOneselfMeetNobody() {
        come(ALICE, BOB, TOKEN, alice);
        assertThat(come(BOB, ALICE, token(2), bob)).isInstanceOf(Relays.Waits.class);
        assertThat(come(CAROL, ALICE, TOKEN, new ArrayList<>())).isInstanceOf(Relays.Waits.class);
        assertThat(come(CAROL, CAROL, TOKEN, new ArrayList<>())).isInstanceOf(Relays.Waits.class);
        assertThat(alice).isEmpty();
    }

    @Test
    void whoeverLeavesFirstEndsItForTheOtherAndIsToldNothing() {
        for (boolean inOrder : List.of(true, false)) {
            var waits = (Relays.Waits) come(ALICE, BOB, TOKEN, alice);
            var joins = (Relays.Joins) come(BOB, ALICE, TOKEN, bob);
            alice.clear();
            waits.place().leave(inOrder);
            waits.place().leave(!inOrder);
            assertThat(bob).containsExactly(new Side.Over(inOrder));
            joins.place().leave(true);
            assertThat(relays.sides()).isZero();
            bob.clear();
            alice.clear();
        }
    }

    @Test
    void aNewerCallTakesThePlaceOfTheOlderOneAlsoOfOneThatIsJoined() {
        var older = new ArrayList<Side.Word>();
        come(ALICE, BOB, TOKEN, older);
        come(BOB, ALICE, TOKEN, bob);
        assertThat(come(ALICE, BOB, TOKEN, alice)).isInstanceOf(Relays.Waits.class);
        assertThat(older.getLast()).isEqualTo(new Side.Displaced());
        assertThat(bob).containsExactly(new Side.Over(false));
        assertThat(come(BOB, ALICE, TOKEN, new ArrayList<>())).isInstanceOf(Relays.Joins.class);
    }

    @Test
    void anAccountHasSoManyPlacesAndGetsThemBack() {
        var first = (Relays.Waits) come(ALICE, BOB, TOKEN, alice);
        come(ALICE, CAROL, TOKEN, alice);
        assertThat(come(ALICE, BOB, token(3), alice))
                .isInstanceOfSatisfying(
                        Relays.Refused.class,
                        refused -> assertThat(refused.code()).isEqualTo(Code.RATE));
        assertThat(come(BOB, CAROL, TOKEN, bob)).isInstanceOf(Relays.Waits.class);
        first.place().leave(true);
        assertThat(come(ALICE, BOB, token(3), alice)).isInstanceOf(Relays.Waits.class);
    }

    @Test
    void thereAreSoManyRelaysInAll() {
        var few = new Relays(limits(100, 2), () -> 0);
        for (int i = 0; i < 4; i++)
            assertThat(few.come(new RelayCall(ALICE, BOB, token(i)), alice::add))
                    .isInstanceOf(Relays.Waits.class);
        assertThat(few.come(new RelayCall(BOB, ALICE, TOKEN), bob::add))
                .isInstanceOfSatisfying(
                        Relays.Refused.class,
                        refused -> assertThat(refused.code()).isEqualTo(Code.BUSY));
    }

    @Test
    void whatPassesIsOnBothAccountsAndADayThatIsUsedUpLetsNobodyIn() {
        come(ALICE, BOB, TOKEN, alice);
        var joins = (Relays.Joins) come(BOB, ALICE, TOKEN, bob);
        assertThat(joins.passage().pass(ByteString.fromArray(new byte[2_000]))).isEqualTo(Share.USED_UP);
        assertThat(alice).noneMatch(Side.Passed.class::isInstance);
        for (var name : List.of(ALICE, BOB))
            assertThat(come(name, CAROL, TOKEN, new ArrayList<>()))
                    .isInstanceOfSatisfying(
                            Relays.Refused.class,
                            refused -> assertThat(refused.text()).contains("used up"));
    }

    private Relays.Coming come(UserName own, UserName with, RelayToken token, List<Side.Word> hears) {
        return relays.come(new RelayCall(own, with, token), hears::add);
    }

    private static RelayLimits limits(int atOnce, int relays) {
        return new RelayLimits(true, Duration.ofSeconds(1), Duration.ofSeconds(1), 1_000, 1_000, atOnce, relays);
    }

    private static RelayToken token(int last) {
        var bytes = new byte[RelayToken.BYTES];
        bytes[RelayToken.BYTES - 1] = (byte) last;
        return new RelayToken(ByteString.fromArray(bytes));
    }
}
