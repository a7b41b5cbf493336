package parley.messages.directory;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.pekko.util.ByteString;
import parley.messages.field.FieldReader;
import parley.messages.field.FieldWriter;
import parley.messages.group.EntryCodec;
import parley.messages.group.GroupEntry;
import parley.messages.identity.Claim;
import parley.messages.identity.OneTimePrekeys;
import parley.messages.identity.Statement;
import parley.messages.identity.StatementRow;

/** Requests to lines and back: {@code TAG verb argument...}. */
public final class RequestCodec {
    private static final int PAIRS_MAX = Limits.ROW_BYTES_MAX / OneTimePrekeys.BYTES;

    /** With its line feed. @throws IllegalArgumentException if it doesn't fit a line */
    public static ByteString encode(Tag tag, Request request) {
        var line = new Line().word(tag);
        return switch (request) {
            case Request.SignUp(var name, var chain, var invite) -> {
                line.word("signup").word(name).binary(StatementRow.encode(chain));
                invite.ifPresent(given -> line.word(given.code()));
                yield line.end();
            }
            case Request.SignIn(var name, var at) ->
                line.word("signin").word(name).orNone(at).end();
            case Request.Exit exit -> line.word("exit").end();
            case Request.ChainOf(var name, var from) ->
                line.word("chain").word(name).word(from).end();
            case Request.Publish(var row) ->
                line.word("publish").binary(StatementRow.encode(row)).end();
            case Request.Pairs(var pairs) ->
                line.word("pairs").binary(row(pairs)).end();
            case Request.PrekeysOf(var name) -> line.word("prekeys").word(name).end();
            case Request.Revoke(var name, var revocation) ->
                line.word("revoke")
                        .word(name)
                        .binary(StatementRow.encode(List.of(revocation)))
                        .end();
            case Request.Allow(var names) -> line.word("allow").list(names).end();
            case Request.Watch(var names) -> line.word("watch").list(names).end();
            case Request.WhereIs(var name) ->
                line.word("client_info").word(name).end();
            case Request.Deposit(var to, var envelope) ->
                line.word("deposit").word(to).binary(envelope).end();
            case Request.Collect(var after) -> line.word("collect").word(after).end();
            case Request.Ack(var serials) -> line.word("ack").list(serials).end();
            case Request.CreateGroup(var group, var first) ->
                line.word("create").word(group).binary(EntryCodec.encode(first)).end();
            case Request.AppendToLog(var group, var next) ->
                line.word("append").word(group).binary(EntryCodec.encode(next)).end();
            case Request.LogOf(var group, var from) ->
                line.word("log").word(group).word(from).end();
            case Request.ListGroups(var after) -> {
                line.word("list");
                after.ifPresent(line::word);
                yield line.end();
            }
            case Request.Unreadable unreadable ->
                throw new IllegalArgumentException("an unreadable request has no line");
        };
    }

    /** Never throws: what cannot be read is a request too, and has an answer. */
    public static Asked decode(ByteString line) {
        var tag = Tag.NONE;
        try {
            var words = Words.of(line);
            tag = new Tag(words.next("a tag"));
            // What has no tag of its own could not be told from what has none.
            if (tag.equals(Tag.NONE)) throw new MalformedLine("expected a tag of 1 to 16 of a-z 0-9");
            return new Asked(tag, request(words));
        } catch (MalformedLine malformed) {
            return new Asked(tag, new Request.Unreadable(Code.SYNTAX, malformed.why()));
        }
    }

    private static Request request(Words words) {
        Request request = switch (words.next("a verb")) {
            case "signup" -> new Request.SignUp(words.name(), row(words), invite(words));
            case "signin" -> new Request.SignIn(words.name(), words.address());
            case "exit" -> new Request.Exit();
            case "chain" -> new Request.ChainOf(words.name(), words.count());
            case "publish" -> new Request.Publish(row(words));
            case "pairs" -> new Request.Pairs(words.binary("prekeys", Limits.LINE_BYTES_MAX, RequestCodec::pairs));
            case "prekeys" -> new Request.PrekeysOf(words.name());
            case "revoke" -> new Request.Revoke(words.name(), revocation(row(words)));
            case "allow" -> new Request.Allow(words.names());
            case "watch" -> new Request.Watch(words.names());
            case "client_info" -> new Request.WhereIs(words.name());
            case "deposit" -> new Request.Deposit(words.name(), envelope(words));
            case "collect" -> new Request.Collect(words.number());
            case "ack" -> new Request.Ack(serials(words));
            case "create" -> new Request.CreateGroup(words.group(), entry(words));
            case "append" -> new Request.AppendToLog(words.group(), entry(words));
            case "log" -> new Request.LogOf(words.group(), words.count());
            case "list" -> new Request.ListGroups(words.atEnd() ? Optional.empty() : Optional.of(words.group()));
            default -> {
                words.rest();
                yield new Request.Unreadable(Code.VERB, "no such verb");
            }
        };
        words.end();
        return request;
    }

    private static List<Statement> row(Words words) {
        var row = words.binary("statements", Limits.LINE_BYTES_MAX, StatementRow::decode);
        if (row.isEmpty()) throw new MalformedLine("expected statements, found none");
        return row;
    }

    private static GroupEntry entry(Words words) {
        return words.binary("an entry", EntryCodec.BYTES_MAX, EntryCodec::decode);
    }

    private static Statement revocation(List<Statement> row) {
        if (row.size() == 1 && row.getFirst().claim() instanceof Claim.Revoke) return row.getFirst();
        throw new MalformedLine("expected one statement that revokes");
    }

    private static Optional<Invite> invite(Words words) {
        return words.atEnd() ? Optional.empty() : Optional.of(new Invite(words.next("an invitation")));
    }

    static ByteString envelope(Words words) {
        var envelope = words.binary("an envelope", Limits.ENVELOPE_BYTES_MAX);
        if (envelope.isEmpty()) throw new MalformedLine("expected an envelope, found none");
        return envelope;
    }

    private static List<Long> serials(Words words) {
        var serials = List.copyOf(words.numbers());
        if (serials.isEmpty()) throw new MalformedLine("expected serials, found none");
        return serials;
    }

    private static ByteString row(List<OneTimePrekeys> pairs) {
        if (pairs.size() > PAIRS_MAX) throw new IllegalArgumentException(pairs.size() + " pairs do not fit a line");
        var out = new FieldWriter();
        for (var pair : pairs) out.bytes(pair.encode());
        return out.toByteString();
    }

    private static List<OneTimePrekeys> pairs(ByteString row) {
        var in = new FieldReader(row);
        var pairs = new ArrayList<OneTimePrekeys>();
        while (in.left() > 0) pairs.add(OneTimePrekeys.decode(in.bytes(OneTimePrekeys.BYTES)));
        return List.copyOf(pairs);
    }

    private RequestCodec() {}
}
