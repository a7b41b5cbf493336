package parley.messages.directory;

import org.apache.pekko.util.ByteString;
import parley.messages.field.FieldReader;
import parley.messages.identity.RegistryId;

/** Pushes to lines and back: {@code * word argument...}. A peer reads them with {@link ReplyCodec#decode}. */
public final class PushCodec {
    /** Where an answer has its tag. */
    static final String MARK = "*";

    private static final String PROTOCOL = "parley/1";

    /** With its line feed. @throws IllegalArgumentException if it doesn't fit a line */
    public static ByteString encode(Push push) {
        var line = new Line().word(MARK);
        return switch (push) {
            case Push.Hello(var registry, var signUp) ->
                line.word("hello")
                        .word(PROTOCOL)
                        .binary(registry.bytes())
                        .word(signUp.word())
                        .end();
            case Push.Online(var name, var at) ->
                line.word("online").word(name).orNone(at).end();
            case Push.Offline(var name) -> line.word("offline").word(name).end();
            case Push.Chain(var name, var statements) ->
                line.word("chain").word(name).word(statements).end();
            case Push.Envelope(var serial, var from, var timeMillis, var envelope) ->
                line.word("envelope")
                        .word(serial)
                        .word(from)
                        .word(timeMillis)
                        .binary(envelope)
                        .end();
            case Push.Prekeys(var left) -> line.word("prekeys").word(left).end();
            case Push.Superseded superseded -> line.word("superseded").end();
        };
    }

    static Push decode(Words words) {
        Push push = switch (words.next("a word")) {
            case "hello" -> {
                if (!words.next("a protocol").equals(PROTOCOL))
                    throw new MalformedLine("expected a registry that speaks " + PROTOCOL);
                yield new Push.Hello(
                        words.binary("a registry's id", RegistryId.BYTES, PushCodec::registry),
                        SignUp.of(words.next("how one signs up")));
            }
            case "online" -> new Push.Online(words.name(), words.address());
            case "offline" -> new Push.Offline(words.name());
            case "chain" -> new Push.Chain(words.name(), words.count());
            case "envelope" ->
                new Push.Envelope(words.number(), words.name(), words.number(), RequestCodec.envelope(words));
            case "prekeys" -> new Push.Prekeys(words.count());
            case "superseded" -> new Push.Superseded();
            default -> throw new MalformedLine("expected a push that is known");
        };
        words.end();
        return push;
    }

    private static RegistryId registry(ByteString bytes) {
        var in = new FieldReader(bytes);
        var id = new RegistryId(in.bytes(RegistryId.BYTES));
        in.end();
        return id;
    }

    private PushCodec() {}
}
