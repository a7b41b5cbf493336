package parley.messages.directory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LineFramerTest {
    private final LineFramer framer = new LineFramer();
    private final Seeded seeded = new Seeded();

    @Test
    void aLineEndsAtItsLineFeedAndNowhereElse() {
        framer.add(ByteString.fromString("a exit\r\nb ex"));
        assertThat(framer.next()).isEqualTo(ByteString.fromString("a exit\r"));
        assertThat(framer.next()).isNull();
        assertThat(framer.isWithinLine()).isTrue();
        framer.add(ByteString.fromString("it\n"));
        assertThat(framer.next()).isEqualTo(ByteString.fromString("b exit"));
        assertThat(framer.isWithinLine()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 1_000, 200_000})
    void linesArriveHoweverTcpCutsThem(int cut) {
        var sent = Stream.generate(() -> RequestCodec.encode(seeded.tag(), seeded.request()))
                .limit(50)
                .toList();
        var all = sent.stream().reduce(ByteString.emptyByteString(), ByteString::concat);
        assertThat(FuzzTargets.lines(seeded.cut(all, cut).stream()))
                .as(seeded.shown())
                .isEqualTo(sent.stream().map(line -> line.dropRight(1)).toList());
    }

    @Test
    void theLongestLineIsTakenAndOneByteMoreIsNot() {
        var longest = ByteString.fromArray(new byte[Limits.LINE_BYTES_MAX - 1]);
        framer.add(longest.concat(ByteString.fromString("\n")));
        assertThat(framer.next()).isEqualTo(longest);
        framer.add(ByteString.fromArray(new byte[Limits.LINE_BYTES_MAX]));
        assertThat(framer.next()).isNull();
        assertThat(framer.tooLong()).isTrue();
    }

    /** The limit is on lines: what comes in one piece may hold many. */
    @Test
    void manyLinesInOnePieceAreNotTooLong() {
        var line = ByteString.fromString("x".repeat(60_000) + "\n");
        framer.add(line.concat(line).concat(line));
        var lines = new ArrayList<ByteString>();
        for (var next = framer.next(); next != null; next = framer.next()) lines.add(next);
        assertThat(lines).hasSize(3);
    }

    @Test
    void afterALineThatIsTooLongNothingIsRead() {
        framer.add(ByteString.fromArray(new byte[60_000]));
        assertThat(framer.next()).isNull();
        framer.add(ByteString.fromArray(new byte[60_000]));
        assertThat(framer.next()).isNull();
        framer.add(ByteString.fromString("\na exit\n"));
        assertThat(List.of(framer.next() == null, framer.tooLong())).containsExactly(true, true);
    }
}
