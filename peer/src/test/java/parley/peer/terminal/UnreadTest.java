package parley.peer.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import parley.messages.name.GroupName;
import parley.messages.name.UserName;
import parley.peer.talk.Answer;
import parley.peer.talk.GroupAnswer;
import parley.peer.talk.Happening;
import parley.peer.talk.Mail;
import parley.peer.talk.ModernAnswer;

class UnreadTest {
    private static final UserName BOB = new UserName("bob");
    private static final GroupName TEAM = new GroupName("team");
    private static final GroupName LAB = new GroupName("lab");

    private final Unread unread = new Unread();

    @Test
    void whatIsUnreadIsCountedUntilItIsReadOrAnswered() {
        begin(List.of(new ModernAnswer.Unread(BOB, 2), new ModernAnswer.Unread(new UserName("carol"), 1)), List.of());
        assertThat(unread.see(new Mail.MessageCame("00", BOB, "hi", Instant.EPOCH, 1)))
                .isTrue();
        assertThat(unread.shown()).isEqualTo("4 unread");
        assertThat(done(new ModernAnswer.Queued("01", BOB))).isTrue();
        assertThat(unread.shown()).isEqualTo("1 unread");
        assertThat(unread.see(new Happening.Notice("nothing"))).isFalse();
    }

    @Test
    void aTextOfAGroupIsUnreadInTheGroupAndNotFromItsWriter() {
        came(TEAM);
        came(TEAM);
        assertThat(unread.shown()).isEqualTo("2 in team");
        unread.see(new Mail.MessageCame("00", BOB, "hi", Instant.EPOCH, 1));
        assertThat(unread.shown()).isEqualTo("1 unread, 2 in team");
        came(LAB);
        assertThat(unread.shown()).isEqualTo("1 unread, 3 in 2 groups");
        assertThat(done(new ModernAnswer.ReadAll(BOB, 1))).isTrue();
        assertThat(done(new GroupAnswer.ReadAll(TEAM, 2))).isTrue();
        assertThat(unread.shown()).isEqualTo("1 in lab");
        assertThat(done(new GroupAnswer.Queued("01", LAB, 4))).isTrue();
        assertThat(unread.shown()).isEmpty();
        assertThat(done(new GroupAnswer.History(LAB, List.of()))).isFalse();
    }

    @Test
    void aSignInSaysWhatWaitsInGroups() {
        came(LAB);
        begin(List.of(), List.of(new ModernAnswer.UnreadInGroup(TEAM, 5), new ModernAnswer.UnreadInGroup(LAB, 0)));
        assertThat(unread.shown()).isEqualTo("5 in team");
    }

    private void begin(List<ModernAnswer.Unread> users, List<ModernAnswer.UnreadInGroup> groups) {
        unread.begin(new ModernAnswer.Entered(new UserName("alice"), "", users, groups));
    }

    private void came(GroupName group) {
        unread.see(new Mail.MessageCame("00", Optional.of(group), BOB, "hi", Instant.EPOCH, 1));
    }

    private boolean done(Answer answer) {
        return unread.see(new Happening.Done("any", answer));
    }
}
