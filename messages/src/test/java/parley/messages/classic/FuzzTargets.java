package parley.messages.classic;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.pekko.util.ByteString;
import parley.messages.name.Address;
import parley.messages.name.GroupName;
import parley.messages.name.Password;
import parley.messages.name.UserName;

/**
 * What the fuzzer runs, a process for each: every input goes to every parser of a kind. One may refuse it as its
 * Javadoc says and in no other way; what one accepts must survive being written and read again. Jazzer calls {@code
 * fuzzerTestOneInput} by this name.
 */
final class FuzzTargets {
    private static final UserName ALICE = new UserName("alice");
    private static final GroupName TEAM = new GroupName("team");

    /** The framer and the codec behind it: however the bytes are cut, the same requests come out. */
    public static final class Requests {
        private static final ByteString NEWLINE = ByteString.fromString("\n");

        public static void fuzzerTestOneInput(byte[] input) {
            var bytes = ByteString.fromArray(input);
            var request = RequestCodec.decode(bytes);
            if (!(request instanceof Request.Unreadable)) {
                same(request, RequestCodec.decode(RequestCodec.encode(request)));
            }
            var pieces = cut(bytes, new Random(Arrays.hashCode(input)));
            // A newline first makes the connection a framed one. Unframed, the cuts do matter; it must end all the
            // same.
            same(requests(Stream.of(NEWLINE, bytes)), requests(Stream.concat(Stream.of(NEWLINE), pieces.stream())));
            requests(pieces.stream());
        }

        private static List<Request> requests(Stream<ByteString> pieces) {
            var framer = new RequestFramer();
            var requests = new ArrayList<Request>();
            pieces.takeWhile(piece -> !framer.tooLong()).forEach(piece -> {
                framer.add(piece);
                for (var next = framer.next(); next != null; next = framer.next())
                    requests.add(RequestCodec.decode(next));
            });
            var last = framer.last();
            if (last != null) requests.add(RequestCodec.decode(last));
            return requests;
        }

        private Requests() {}
    }

    /** Public values, headers, chunks, and the patience that finds their ends. */
    public static final class PeerMessages {
        private static final PeerMessage.Text BEGUN = new PeerMessage.Text(new Origin.User(ALICE), 1, hex("ab"));

        public static void fuzzerTestOneInput(byte[] input) {
            var bytes = ByteString.fromArray(input);
            readAgain(bytes, PeerCodec::decodePublicValue);
            readAgain(bytes, PeerCodec::decodeHeader);
            readAgain(bytes, PeerCodec::decodeOpening);
            readAgain(bytes, PeerCodec::decodeChunk);
            for (var piece : cut(bytes, new Random(Arrays.hashCode(input)))) {
                for (var expected : Expected.values()) expected.patience(piece);
                LateIv.patience(piece);
            }
            LateIv.stillToCome(bytes);
            try {
                var complete = LateIv.complete(BEGUN, bytes);
                same(
                        bytes,
                        complete.hex()
                                .drop(BEGUN.hex().size())
                                .concat(LateIv.iv(bytes).bytes()));
            } catch (MalformedMessage refused) {
                // As it may.
            }
        }

        private static void readAgain(ByteString bytes, Function<ByteString, PeerMessage> decode) {
            try {
                var message = decode.apply(bytes);
                same(message, decode.apply(PeerCodec.encode(message)));
            } catch (MalformedMessage refused) {
                // As it may.
            }
        }

        private static ByteString hex(String digits) {
            return ByteString.fromString(digits);
        }

        private PeerMessages() {}
    }

    /** What a registry may answer to each request. */
    public static final class Replies {
        private static final List<Request> EVERY_REQUEST = List.of(
                new Request.SignUp(ALICE, new Password("x"), new Address("10.0.0.7", 80)),
                new Request.ListGroups(),
                new Request.KeyOf(TEAM),
                new Request.WhereIs(ALICE),
                new Request.WhereAre(TEAM, ALICE),
                new Request.Members());

        public static void fuzzerTestOneInput(byte[] input) {
            var bytes = ByteString.fromArray(input);
            for (var asked : EVERY_REQUEST) {
                try {
                    // What is longer or has a colon more than ours comes back otherwise, but the same from then on.
                    var ours = ReplyCodec.encode(ReplyCodec.decode(asked, bytes));
                    same(true, ours.size() <= ReplyCodec.REPLY_BYTES_MAX);
                    var read = ReplyCodec.decode(asked, ours);
                    same(read, ReplyCodec.decode(asked, ReplyCodec.encode(read)));
                } catch (MalformedMessage refused) {
                    // As it may.
                }
            }
        }

        private Replies() {}
    }

    /** Random cuts, yet the same ones when a finding is played again. */
    private static List<ByteString> cut(ByteString bytes, Random random) {
        var ends = IntStream.iterate(0, at -> at < bytes.size(), at -> at + 1 + random.nextInt(64))
                .boxed()
                .toList();
        return IntStream.range(0, ends.size())
                .mapToObj(i -> bytes.slice(ends.get(i), i + 1 < ends.size() ? ends.get(i + 1) : bytes.size()))
                .toList();
    }

    private static void same(Object expected, Object found) {
        if (!expected.equals(found)) throw new AssertionError("expected %s, found %s".formatted(expected, found));
    }

    private FuzzTargets() {}
}
