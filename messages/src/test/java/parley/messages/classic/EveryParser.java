package parley.messages.classic;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.apache.pekko.util.ByteString;
import parley.messages.name.Address;
import parley.messages.name.GroupName;
import parley.messages.name.Password;
import parley.messages.name.Printable;
import parley.messages.name.UserName;

/**
 * What the fuzzer runs: each input goes to each classic parser. One may refuse it as its Javadoc says and in no other
 * way; what one accepts must survive being written and read again.
 */
public final class EveryParser {
    private static final UserName ALICE = new UserName("alice");
    private static final GroupName TEAM = new GroupName("team");
    private static final List<Request> EVERY_REQUEST = List.of(
            new Request.SignUp(ALICE, new Password("x"), new Address("10.0.0.7", 80)),
            new Request.ListGroups(),
            new Request.KeyOf(TEAM),
            new Request.WhereIs(ALICE),
            new Request.WhereAre(TEAM, ALICE),
            new Request.Members());

    /** Called by Jazzer, by this name. */
    public static void fuzzerTestOneInput(byte[] input) {
        var bytes = ByteString.fromArray(input);
        request(bytes);
        peerMessage(bytes, PeerCodec::decodePublicValue);
        peerMessage(bytes, PeerCodec::decodeHeader);
        peerMessage(bytes, PeerCodec::decodeOpening);
        peerMessage(bytes, PeerCodec::decodeChunk);
        for (var asked : EVERY_REQUEST) reply(asked, bytes);
        // Cuts that are random, yet the same when a finding is played again.
        var random = new Random(Arrays.hashCode(input));
        framed(bytes, random);
        text(bytes, random);
        shown(bytes.utf8String());
    }

    private static void request(ByteString bytes) {
        var request = RequestCodec.decode(bytes);
        if (request instanceof Request.Unreadable) return;
        same(request, RequestCodec.decode(RequestCodec.encode(request)));
    }

    private static void peerMessage(ByteString bytes, Function<ByteString, PeerMessage> decode) {
        PeerMessage message;
        try {
            message = decode.apply(bytes);
        } catch (MalformedMessage refused) {
            return;
        }
        same(message, decode.apply(PeerCodec.encode(message)));
    }

    private static void reply(Request asked, ByteString bytes) {
        Reply reply;
        try {
            reply = ReplyCodec.decode(asked, bytes);
        } catch (MalformedMessage refused) {
            return;
        }
        var written = ReplyCodec.encode(reply);
        if (written.size() > ReplyCodec.REPLY_BYTES_MAX) throw new AssertionError(written.size() + " bytes of a reply");
        // A longer one, or one with a colon more, is never ours: it comes back shorter and stays so.
        var again = ReplyCodec.decode(asked, written);
        same(ReplyCodec.encode(again), ReplyCodec.encode(ReplyCodec.decode(asked, ReplyCodec.encode(again))));
    }

    /** However the bytes are cut, the same requests come out once the connection is newline-framed. */
    private static void framed(ByteString bytes, Random random) {
        var whole = requests(List.of(ByteString.fromString("\n"), bytes));
        var pieces = new ArrayList<ByteString>(List.of(ByteString.fromString("\n")));
        for (var rest = bytes; !rest.isEmpty(); ) {
            int piece = 1 + random.nextInt(64);
            pieces.add(rest.take(piece));
            rest = rest.drop(piece);
        }
        same(whole, requests(pieces));
        // Unframed, the cuts do matter; it must end all the same.
        requests(pieces.subList(1, pieces.size()));
    }

    private static List<Request> requests(List<ByteString> pieces) {
        var framer = new RequestFramer();
        var requests = new ArrayList<Request>();
        for (var piece : pieces) {
            framer.add(piece);
            for (var next = framer.next(); next != null; next = framer.next()) requests.add(RequestCodec.decode(next));
            if (framer.tooLong()) break;
        }
        var last = framer.last();
        if (last != null) requests.add(RequestCodec.decode(last));
        return requests;
    }

    /** A link with a text: some beginning is asked whether it is whole, and all of it taken for the IV. */
    private static void text(ByteString bytes, Random random) {
        var beginning = bytes.take(random.nextInt(bytes.size() + 1));
        for (var expected : Expected.values()) expected.patience(beginning);
        LateIv.patience(beginning);
        for (var expected : Expected.values()) expected.patience(bytes);
        LateIv.stillToCome(bytes);
        try {
            var text = new PeerMessage.Text(new Origin.User(ALICE), 1, ByteString.fromString("ab"));
            var complete = LateIv.complete(text, bytes);
            same(
                    bytes,
                    complete.hex()
                            .drop(text.hex().size())
                            .concat(LateIv.iv(bytes).bytes()));
        } catch (MalformedMessage refused) {
            // As it may.
        }
    }

    private static void shown(String text) {
        var shown = Printable.of(text);
        same(shown, Printable.of(shown));
        if (shown.chars().anyMatch(Character::isISOControl)) throw new AssertionError("a control character is shown");
    }

    private static void same(Object expected, Object found) {
        if (!expected.equals(found)) throw new AssertionError("expected %s, found %s".formatted(expected, found));
    }

    private EveryParser() {}
}
