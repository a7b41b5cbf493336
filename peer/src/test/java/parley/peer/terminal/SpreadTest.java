package parley.peer.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import parley.messages.name.GroupName;
import parley.messages.name.UserName;
import parley.peer.talk.GroupAnswer;
import parley.peer.talk.Happening;
import parley.peer.talk.Mail;
import parley.peer.talk.Mail.Stage;

class SpreadTest {
    private static final GroupName TEAM = new GroupName("team");
    private static final UserName BOB = new UserName("bob");

    private final Spread spread = new Spread();

    @Test
    void theLastTextIsCountedUntilAllHaveIt() {
        queued("01", 3);
        assertThat(spread.line()).isEmpty();
        moved("01", Stage.SENT, 1);
        assertThat(spread.line()).contains("team  \u2713 1/3");
        moved("01", Stage.DELIVERED, 1);
        assertThat(spread.line()).contains("team  \u2713\u2713 1/3");
        moved("01", Stage.SENT, 2);
        moved("01", Stage.READ, 1);
        assertThat(spread.line()).contains("team  \u2713\u2713 1/3");
        moved("01", Stage.DELIVERED, 3);
        assertThat(spread.line()).isEmpty();
        assertThat(moved("01", Stage.READ, 2)).isFalse();
    }

    @Test
    void whatAllHaveReadIsNotCountedAnyMore() {
        queued("01", 1);
        moved("01", Stage.SENT, 1);
        moved("01", Stage.READ, 1);
        assertThat(spread.line()).isEmpty();
    }

    @Test
    void anotherTextTakesItsPlace() {
        queued("01", 3);
        moved("01", Stage.DELIVERED, 2);
        assertThat(queued("02", 3)).isTrue();
        assertThat(spread.line()).isEmpty();
        assertThat(moved("01", Stage.DELIVERED, 3)).isFalse();
        moved("02", Stage.SENT, 3);
        assertThat(spread.line()).contains("team  \u2713 3/3");
    }

    @Test
    void whatGoesToNobodyOrToOneAloneIsNotCounted() {
        queued("01", 0);
        assertThat(spread.line()).isEmpty();
        assertThat(spread.see(new Mail.Moved("01", BOB, Stage.SENT))).isFalse();
        assertThat(spread.see(new Happening.Notice("nothing"))).isFalse();
    }

    private boolean queued(String id, int members) {
        return spread.see(new Happening.Done("send", new GroupAnswer.Queued(id, TEAM, members)));
    }

    private boolean moved(String id, Stage stage, int reached) {
        return spread.see(new Mail.Moved(id, Optional.of(new Mail.InGroup(TEAM, reached, 3)), BOB, stage));
    }
}
