package parley.messages.directory;

import java.util.Optional;
import java.util.function.Function;
import org.apache.pekko.util.ByteString;
import parley.messages.field.FieldReader;
import parley.messages.group.EntryRow;
import parley.messages.identity.Draft;
import parley.messages.identity.OneTimePrekeys;
import parley.messages.identity.StatementRow;
import parley.messages.name.Printable;

/** Answers to lines and back: {@code TAG ok result...} or {@code TAG Error:code text}; and what else a peer receives. */
public final class ReplyCodec {
    static final String OK = "ok";
    static final String ERROR = "Error:";

    /** With its line feed. @throws IllegalArgumentException if it doesn't fit a line */
    public static ByteString encode(Tag tag, Reply reply) {
        var line = new Line().word(tag);
        return switch (reply) {
            case Reply.Refused(var code, var text) ->
                line.word(ERROR + code.word()).word(shown(text)).end();
            case Reply.Done done -> line.word(OK).end();
            case Reply.SignedIn(var statements, var head, var pairs, var envelopes) ->
                line.word(OK)
                        .word(statements)
                        .binary(head)
                        .word(pairs)
                        .word(envelopes)
                        .end();
            case Reply.Chain(var statements, var row) ->
                line.word(OK).word(statements).binary(StatementRow.encode(row)).end();
            case Reply.Published(var statements) ->
                line.word(OK).word(statements).end();
            case Reply.PairsLeft(var left) -> line.word(OK).word(left).end();
            case Reply.Prekeys(var pair) ->
                line.word(OK)
                        .binary(pair.map(OneTimePrekeys::encode).orElse(ByteString.emptyByteString()))
                        .end();
            case Reply.Appended(var entries) -> line.word(OK).word(entries).end();
            case Reply.Log(var entries, var row) ->
                line.word(OK).word(entries).binary(EntryRow.encode(row)).end();
            case Reply.Groups(var groups) ->
                line.word(OK)
                        .list(groups.stream()
                                .map(group -> group.name() + ":" + group.members())
                                .toList())
                        .end();
            case Reply.At(var at) -> line.word(OK).orNone(at).end();
        };
    }

    /**
     * Reads what a peer received.
     *
     * @param asked the request with that tag that is not answered yet
     * @throws MalformedLine if the line is no answer to it and no push either
     */
    public static FromRegistry decode(ByteString line, Function<Tag, Optional<Request>> asked) {
        var words = Words.of(line);
        var first = words.next("a tag");
        if (first.equals(PushCodec.MARK)) return new FromRegistry.Pushed(PushCodec.decode(words));
        var tag = new Tag(first);
        var second = words.next("ok or Error:code");
        if (second.startsWith(ERROR)) {
            var code = Code.of(second.substring(ERROR.length()));
            return new FromRegistry.Answer(tag, new Reply.Refused(code, shown(words.rest())));
        }
        if (!second.equals(OK)) throw new MalformedLine("expected ok or Error:code");
        var request = asked.apply(tag).orElseThrow(() -> new MalformedLine("expected an answer to what was asked"));
        var reply = result(request, words);
        words.end();
        return new FromRegistry.Answer(tag, reply);
    }

    private static Reply result(Request asked, Words words) {
        return switch (asked) {
            case Request.SignUp s -> new Reply.Done();
            case Request.SignIn s -> new Reply.SignedIn(words.count(), head(words), words.count(), words.count());
            case Request.Exit e -> new Reply.Done();
            case Request.ChainOf c ->
                new Reply.Chain(words.count(), words.binary("statements", Limits.LINE_BYTES_MAX, StatementRow::decode));
            case Request.Publish p -> new Reply.Published(words.count());
            case Request.Pairs p -> new Reply.PairsLeft(words.count());
            case Request.PrekeysOf p ->
                new Reply.Prekeys(words.binary("prekeys", OneTimePrekeys.BYTES, ReplyCodec::pair));
            case Request.Revoke r -> new Reply.Done();
            case Request.Allow a -> new Reply.Done();
            case Request.Watch w -> new Reply.Done();
            case Request.WhereIs w -> new Reply.At(words.address());
            case Request.Deposit d -> new Reply.Done();
            case Request.Collect c -> new Reply.Done();
            case Request.Ack a -> new Reply.Done();
            case Request.CreateGroup c -> new Reply.Done();
            case Request.AppendToLog a -> new Reply.Appended(words.count());
            case Request.LogOf l ->
                new Reply.Log(words.count(), words.binary("entries", Limits.LINE_BYTES_MAX, EntryRow::decode));
            case Request.ListGroups l -> new Reply.Groups(words.groups());
            case Request.Unreadable u -> throw new IllegalArgumentException("nobody asks what cannot be read");
        };
    }

    private static ByteString head(Words words) {
        return words.binary("a hash", Draft.HASH_BYTES, bytes -> {
            var in = new FieldReader(bytes);
            var hash = in.bytes(Draft.HASH_BYTES);
            in.end();
            return hash;
        });
    }

    private static Optional<OneTimePrekeys> pair(ByteString bytes) {
        return bytes.isEmpty() ? Optional.empty() : Optional.of(OneTimePrekeys.decode(bytes));
    }

    /** For people, and nothing else: whatever could move a cursor or end a line is gone, and so is what is too long. */
    static String shown(String text) {
        var printable = Printable.of(text);
        int end = Math.min(printable.length(), Limits.TEXT_MAX);
        // Not between the halves of a pair: half of one has no bytes.
        if (end > 0 && Character.isHighSurrogate(printable.charAt(end - 1))) end--;
        return printable.substring(0, end);
    }

    private ReplyCodec() {}
}
