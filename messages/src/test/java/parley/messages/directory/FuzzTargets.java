package parley.messages.directory;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.pekko.util.ByteString;
import parley.messages.name.GroupName;
import parley.messages.name.UserName;

/**
 * What the fuzzer runs: every input goes to the framer, and every line to every parser. A parser may refuse it as its
 * Javadoc says and in no other way; what it accepts must be written as it was read. Jazzer calls {@code
 * fuzzerTestOneInput} by this name.
 */
final class FuzzTargets {
    private static final UserName ALICE = new UserName("alice");
    private static final GroupName TEAM = new GroupName("team");

    /** One of each that has an answer of its own. */
    private static final List<Request> EVERY_ANSWER = List.of(
            new Request.Exit(),
            new Request.SignIn(ALICE, Optional.empty()),
            new Request.ChainOf(ALICE, 0),
            new Request.Publish(List.of()),
            new Request.Pairs(List.of()),
            new Request.PrekeysOf(ALICE),
            new Request.WhereIs(ALICE),
            new Request.LogOf(TEAM, 0),
            new Request.ListGroups(Optional.empty()));

    public static final class Lines {
        public static void fuzzerTestOneInput(byte[] input) {
            var bytes = ByteString.fromArray(input);
            var lines = lines(Stream.of(bytes));
            same(lines, lines(cut(bytes, new Random(Arrays.hashCode(input)))));
            for (var line : lines) {
                asRequest(line);
                for (var asked : EVERY_ANSWER) asAnswer(line, asked);
            }
        }

        private static void asRequest(ByteString line) {
            var asked = RequestCodec.decode(line);
            switch (asked.request()) {
                case Request.Unreadable refused -> {}
                // Names may have come in another order, or one of them twice: then it comes back sorted.
                case Request.Allow allow -> same(asked, again(asked));
                case Request.Watch watch -> same(asked, again(asked));
                case Request other -> sameLine(line, RequestCodec.encode(asked.tag(), other));
            }
        }

        private static void asAnswer(ByteString line, Request asked) {
            try {
                switch (ReplyCodec.decode(line, tag -> Optional.of(asked))) {
                    case FromRegistry.Pushed(var push) -> sameLine(line, PushCodec.encode(push));
                    case FromRegistry.Answer(var tag, Reply.Refused refused) ->
                        same(refused, again(ReplyCodec.encode(tag, refused)));
                    case FromRegistry.Answer(var tag, var reply) -> sameLine(line, ReplyCodec.encode(tag, reply));
                }
            } catch (MalformedLine refused) {
                // As it may.
            }
        }

        private static Asked again(Asked asked) {
            return RequestCodec.decode(
                    RequestCodec.encode(asked.tag(), asked.request()).dropRight(1));
        }

        private static Reply again(ByteString line) {
            var read = ReplyCodec.decode(line.dropRight(1), tag -> Optional.empty());
            if (read instanceof FromRegistry.Answer(var tag, var reply)) return reply;
            throw new AssertionError("found " + read);
        }

        private static void sameLine(ByteString line, ByteString written) {
            same(line, written.dropRight(1));
        }

        private Lines() {}
    }

    static List<ByteString> lines(Stream<ByteString> pieces) {
        var framer = new LineFramer();
        var lines = new ArrayList<ByteString>();
        pieces.takeWhile(piece -> !framer.tooLong()).forEach(piece -> {
            framer.add(piece);
            for (var next = framer.next(); next != null; next = framer.next()) lines.add(next);
        });
        return lines;
    }

    /** Random cuts, yet the same ones when a finding is played again. */
    private static Stream<ByteString> cut(ByteString bytes, Random random) {
        var ends = IntStream.iterate(0, at -> at < bytes.size(), at -> at + 1 + random.nextInt(64))
                .boxed()
                .toList();
        return IntStream.range(0, ends.size())
                .mapToObj(i -> bytes.slice(ends.get(i), i + 1 < ends.size() ? ends.get(i + 1) : bytes.size()));
    }

    private static void same(Object expected, Object found) {
        if (!expected.equals(found)) throw new AssertionError("expected %s, found %s".formatted(expected, found));
    }

    private FuzzTargets() {}
}
