package parley.peer.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import parley.messages.name.UserName;
import parley.peer.talk.Happening;
import parley.peer.talk.Mail;

class DaysTest {
    private static final UserName BOB = new UserName("bob");
    private static final Happening TEXT = new Mail.MessageCame("00", BOB, "hi", Instant.EPOCH, 1);

    @Test
    void theFirstTextOfAnotherDayHasALineAboveIt() {
        var now = new AtomicReference<>(Instant.parse("2026-11-22T23:59:59Z"));
        var days = Days.from(now::get, ZoneOffset.UTC);
        assertThat(days.line(TEXT)).isEmpty();
        now.set(Instant.parse("2026-11-23T00:00:01Z"));
        assertThat(days.line(new Happening.Notice("no text"))).isEmpty();
        assertThat(days.line(TEXT))
                .hasValueSatisfying(line -> assertThat(line.plain()).isEqualTo("--- Monday, 23 November 2026 ---"));
        assertThat(days.line(TEXT)).isEmpty();
    }
}
