package parley.messages.wire;

import java.util.ArrayList;
import java.util.HexFormat;
import org.apache.pekko.util.ByteString;
import parley.messages.field.FieldReader;
import parley.messages.field.FieldWriter;
import parley.messages.field.MalformedFields;
import parley.messages.identity.RegistryId;
import parley.messages.name.BadName;
import parley.messages.name.UserName;

/**
 * Frames to bytes and back; PROTOCOL.md §9.
 *
 * <pre>
 *   0        4      5
 *   +--------+------+-- - --+
 *   | length | kind |  body |       length u32 of kind and body, 1 to 66,900
 *   +--------+------+-- - --+
 * </pre>
 *
 * Every frame has one encoding: what decodes encodes to the same bytes.
 */
public final class FrameCodec {
    /** Bytes of kind and body: the largest envelope of 66,831 with its kind, and room. */
    public static final int LENGTH_MAX = 66_900;

    /** Bytes of a whole frame. */
    public static final int FRAME_BYTES_MAX = FrameFramer.LENGTH_BYTES + LENGTH_MAX;

    private static final int VERSION = 1;

    /** Of a frame that cannot be read, for whoever looks into the log. */
    private static final int SHOWN_BYTES = 8;

    /** The whole frame, its length included. */
    public static ByteString encode(Frame frame) {
        var body = body(frame);
        return new FieldWriter()
                .u32(1L + body.size())
                .u8(FrameKind.of(frame).number)
                .toByteString()
                .concat(body);
    }

    private static ByteString body(Frame frame) {
        return switch (frame) {
            case Frame.Hello(var registry, var from, var to, var statements, var head) ->
                new FieldWriter()
                        .u8(VERSION)
                        .bytes(registry.bytes())
                        .ascii(from.text())
                        .ascii(to.text())
                        .u32(statements)
                        .bytes(head)
                        .toByteString();
            case Frame.Enveloped(var envelope) -> EnvelopeCodec.encode(envelope);
            case Frame.Ack(var ids) -> {
                var out = new FieldWriter().u8(ids.size());
                ids.forEach(id -> out.bytes(id.bytes()));
                yield out.toByteString();
            }
            case Frame.Refused(var id, var reason) ->
                new FieldWriter().bytes(id.bytes()).u8(reason.number()).toByteString();
            case Frame.Ping(var number) -> new FieldWriter().u63(number).toByteString();
            case Frame.Pong(var number) -> new FieldWriter().u63(number).toByteString();
            case Frame.Bye(var why) -> new FieldWriter().u8(why.number).toByteString();
        };
    }

    /**
     * @param kindAndBody what follows the length
     * @throws MalformedFrame saying what was found, with the first bytes in hex
     */
    public static Frame decode(ByteString kindAndBody) {
        try {
            var in = new FieldReader(kindAndBody);
            var frame = read(FrameKind.of(in.u8()), in);
            in.end();
            return frame;
        } catch (MalformedFrame | MalformedFields | BadName malformed) {
            throw new MalformedFrame("%s, in %s".formatted(malformed.getMessage(), shown(kindAndBody)));
        }
    }

    private static Frame read(FrameKind kind, FieldReader in) {
        return switch (kind) {
            case HELLO -> hello(in);
            case ENVELOPE -> new Frame.Enveloped(EnvelopeCodec.decode(in.bytes(in.left())));
            case ACK -> {
                int count = in.u8();
                // Before anything is allocated.
                if (in.left() != count * MessageId.BYTES)
                    throw new MalformedFrame("an ACK of %d bytes for %d ids".formatted(in.left(), count));
                var ids = new ArrayList<MessageId>(count);
                for (int i = 0; i < count; i++) ids.add(MessageId.read(in));
                yield new Frame.Ack(ids);
            }
            case REFUSED -> new Frame.Refused(MessageId.read(in), Reason.of(in.u8()));
            case PING -> new Frame.Ping(in.u63());
            case PONG -> new Frame.Pong(in.u63());
            case BYE -> new Frame.Bye(Frame.Farewell.of(in.u8()));
        };
    }

    private static Frame hello(FieldReader in) {
        int version = in.u8();
        if (version != VERSION)
            throw new MalformedFrame("HELLO of version %d, expected %d".formatted(version, VERSION));
        return new Frame.Hello(
                new RegistryId(in.bytes(RegistryId.BYTES)),
                name(in.ascii()),
                name(in.ascii()),
                in.u32(),
                in.bytes(Frame.Hello.HEAD_BYTES));
    }

    /** A name that is folded when it is read would have a second encoding. */
    private static UserName name(String text) {
        var name = new UserName(text);
        if (!name.text().equals(text)) throw new MalformedFrame("a name with upper case");
        return name;
    }

    static String shown(ByteString bytes) {
        var hex = HexFormat.ofDelimiter(" ").formatHex(bytes.take(SHOWN_BYTES).toArrayUnsafe());
        return "a frame of %d bytes that begins with %s".formatted(bytes.size(), hex.isEmpty() ? "nothing" : hex);
    }

    private FrameCodec() {}
}
