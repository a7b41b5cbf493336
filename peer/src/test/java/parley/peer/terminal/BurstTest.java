package parley.peer.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import parley.messages.name.GroupName;
import parley.messages.name.UserName;
import parley.peer.talk.Happening;
import parley.peer.talk.Line;
import parley.peer.talk.Mail;

class BurstTest {
    private static final UserName BOB = new UserName("bob");
    private static final UserName CAROL = new UserName("carol");

    @Test
    void ticksOfManyTextsToOneAreOneLineThatCountsThem() {
        assertThat(plain(
                        moved("1", BOB, Mail.Stage.SENT),
                        moved("2", BOB, Mail.Stage.SENT),
                        moved("3", CAROL, Mail.Stage.SENT),
                        moved("4", BOB, Mail.Stage.SENT)))
                .containsExactly("\u2713 bob \u00d73", "\u2713 carol");
    }

    @Test
    void ofATextThatCameFurtherTheFurthestIsSaid() {
        assertThat(plain(
                        moved("1", BOB, Mail.Stage.SENT),
                        moved("1", BOB, Mail.Stage.DELIVERED),
                        moved("2", BOB, Mail.Stage.SENT),
                        moved("2", BOB, Mail.Stage.DELIVERED),
                        moved("3", BOB, Mail.Stage.SENT)))
                .containsExactly("\u2713\u2713 bob \u00d72", "\u2713 bob");
    }

    @Test
    void whatOthersSayAndGroupsKeepTheirLines() {
        var said = new Mail.MessageCame("9", BOB, "again", Instant.EPOCH, 1);
        var group = new Mail.InGroup(new GroupName("team"), 2, 2);
        assertThat(plain(
                        said,
                        said,
                        new Mail.Moved("1", Optional.of(group), BOB, Mail.Stage.SENT),
                        new Mail.Moved("2", Optional.of(group), BOB, Mail.Stage.SENT)))
                .hasSize(4);
    }

    private static Mail.Moved moved(String id, UserName to, Mail.Stage stage) {
        return new Mail.Moved(id, Optional.empty(), to, stage);
    }

    private static List<String> plain(Happening... happenings) {
        return Burst.of(Stream.of(happenings).toList()).stream()
                .flatMap(burst -> burst.lines().stream())
                .map(Line::plain)
                .toList();
    }
}
