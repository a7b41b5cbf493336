package parley.peer.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import parley.messages.name.UserName;
import parley.peer.talk.Happening;
import parley.peer.talk.Happening.Way;
import parley.peer.talk.Party;

class BarsTest {
    private static final Party BOB = new Party.User(new UserName("bob"));
    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    private final Bars bars = new Bars();

    @Test
    void rateAndTimeLeftComeFromWhatWasSeen() {
        bars.see(new Happening.Progress(1, Way.OUT, BOB, "pic.bin", 0, 10 << 20), 0);
        bars.see(new Happening.Progress(1, Way.OUT, BOB, "pic.bin", 4 << 20, 10 << 20), 2 * SECOND);
        assertThat(bars.lines(100))
                .containsExactly("pic.bin -> bob [########------------]  40% of 10.0 MiB  2.0 MiB/s  0:03 left");
    }

    @Test
    void withoutATotalThereIsNoBar() {
        bars.see(new Happening.Progress(1, Way.IN, BOB, "pic.bin", 0, -1), 0);
        bars.see(new Happening.Progress(1, Way.IN, BOB, "pic.bin", 2048, -1), SECOND);
        assertThat(bars.lines(100)).containsExactly("pic.bin <- bob  2.0 KiB  2.0 KiB/s");
        bars.see(new Happening.FileCame(BOB, "pic.bin", Path.of("x"), 2048, "", false), SECOND);
        assertThat(bars.lines(100)).isEmpty();
    }

    @Test
    void linesFitTheTerminalAndMoreThanThreeAreCounted() {
        for (int id = 0; id < 5; id++)
            bars.see(new Happening.Progress(id, Way.IN, BOB, "a".repeat(100) + "\u001b[2J", 1, 2), 0);
        assertThat(bars.lines(40))
                .hasSize(4)
                .endsWith("... and 2 more")
                .allSatisfy(line -> assertThat(line).hasSizeLessThan(40).matches("[ -~]*"));
    }

    @Test
    void whatFellSilentIsForgotten() {
        bars.see(new Happening.Progress(1, Way.OUT, BOB, "pic.bin", 1, 2), 0);
        bars.see(new Happening.Progress(2, Way.OUT, BOB, "new.bin", 1, 2), 60 * SECOND);
        assertThat(bars.lines(100)).singleElement().asString().startsWith("new.bin");
    }
}
