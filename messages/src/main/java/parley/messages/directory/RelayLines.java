package parley.messages.directory;

import org.apache.pekko.util.ByteString;

/** The one line each way of a connection to the relay: {@code relay OWN NAME TOKEN}, and {@code ok} or {@code Error:code text}. */
public final class RelayLines {
    /** Bytes of a call with its line feed: two names of 32, a token of 22 characters, and what is between them. */
    public static final int CALL_BYTES_MAX = 96;

    /** Bytes of an answer with its line feed: a code, and a text whose characters may have three bytes each. */
    public static final int ANSWER_BYTES_MAX = 2_048;

    private static final String VERB = "relay";

    /** With its line feed. */
    public static ByteString encode(RelayCall call) {
        return new Line()
                .word(VERB)
                .word(call.own())
                .word(call.with())
                .binary(call.token().bytes())
                .end();
    }

    /** @throws MalformedLine if it is none, or calls oneself */
    public static RelayCall decodeCall(ByteString line) {
        var words = Words.of(line);
        if (!words.next("relay").equals(VERB)) throw new MalformedLine("expected relay OWN NAME TOKEN");
        var call = new RelayCall(words.name(), words.name(), token(words));
        words.end();
        if (call.own().equals(call.with())) throw new MalformedLine("expected two names that differ");
        return call;
    }

    /** With its line feed. */
    public static ByteString encode(RelayAnswer answer) {
        return switch (answer) {
            case RelayAnswer.Spliced spliced -> new Line().word(ReplyCodec.OK).end();
            case RelayAnswer.Refused(var code, var text) ->
                new Line()
                        .word(ReplyCodec.ERROR + code.word())
                        .word(ReplyCodec.shown(text))
                        .end();
        };
    }

    /** @throws MalformedLine if it is none */
    public static RelayAnswer decodeAnswer(ByteString line) {
        var words = Words.of(line);
        var first = words.next("ok or Error:code");
        if (first.startsWith(ReplyCodec.ERROR)) {
            var code = Code.of(first.substring(ReplyCodec.ERROR.length()));
            return new RelayAnswer.Refused(code, ReplyCodec.shown(words.rest()));
        }
        if (!first.equals(ReplyCodec.OK)) throw new MalformedLine("expected ok or Error:code");
        words.end();
        return new RelayAnswer.Spliced();
    }

    private static RelayToken token(Words words) {
        var bytes = words.binary("a token", RelayToken.BYTES);
        if (bytes.size() != RelayToken.BYTES)
            throw new MalformedLine("expected a token of %d bytes".formatted(RelayToken.BYTES));
        return new RelayToken(bytes);
    }

    private RelayLines() {}
}
