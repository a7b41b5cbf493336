package parley.peer.contact;

import java.util.Optional;
import org.apache.pekko.util.ByteString;
import parley.messages.field.FieldReader;
import parley.messages.field.FieldWriter;
import parley.messages.field.MalformedFields;
import parley.messages.wire.Content;
import parley.messages.wire.ContentCodec;
import parley.messages.wire.MessageId;

/**
 * Something of ours that the contact may not have yet. Prints without it.
 *
 * <pre>
 *   version 1 | order 8 | deposited 1 | attempt 1 | id 16 | content length 4, content
 *   flag 1 [session 16 | greeted 1 | envelope, to the end]
 * </pre>
 *
 * @param order its place in the outbox
 * @param deposited whether the registry has these very bytes
 * @param attempt how often it was sealed anew
 */
record OutboxEntry(long order, Content content, boolean deposited, int attempt, Optional<Sealing> sealing) {
    private static final int VERSION = 1;
    private static final int SESSION_BYTES = 16;

    /**
     * @param session it was sealed in
     * @param greeted whether it can begin that session
     * @param envelope encoded
     */
    record Sealing(ByteString session, boolean greeted, ByteString envelope) {
        @Override
        public String toString() {
            return "Sealing[%dB]".formatted(envelope.size());
        }
    }

    MessageId id() {
        return content.id();
    }

    boolean isText() {
        return content instanceof Content.Text;
    }

    /** Whether nothing more is done about it unless somebody complains. */
    boolean isHandedOver() {
        return deposited && !isText();
    }

    OutboxEntry sealed(Sealing with) {
        return new OutboxEntry(order, content, false, attempt, Optional.of(with));
    }

    OutboxEntry inMailbox() {
        return new OutboxEntry(order, content, true, attempt, sealing);
    }

    /** Sealed again in another session, with another content if its counter has moved. */
    OutboxEntry again(Content moved) {
        return new OutboxEntry(order, moved, false, attempt + 1, Optional.empty());
    }

    OutboxEntry renumbered(Content moved) {
        return new OutboxEntry(order, moved, false, attempt, Optional.empty());
    }

    ByteString encode() {
        var inner = ContentCodec.encode(content);
        var out = new FieldWriter()
                .u8(VERSION)
                .u63(order)
                .u8(deposited ? 1 : 0)
                .u8(attempt)
                .bytes(content.id().bytes())
                .u32(inner.size())
                .bytes(inner)
                .u8(sealing.isPresent() ? 1 : 0);
        sealing.ifPresent(
                with -> out.bytes(with.session).u8(with.greeted ? 1 : 0).bytes(with.envelope));
        return out.toByteString();
    }

    static OutboxEntry decode(ByteString bytes) {
        var in = new FieldReader(bytes);
        int version = in.u8();
        if (version != VERSION) throw new MalformedFields("version %d, expected %d".formatted(version, VERSION));
        long order = in.u63();
        boolean deposited = in.flag();
        int attempt = in.u8();
        var id = MessageId.read(in);
        long length = in.u32();
        if (length > in.left()) throw new MalformedFields("%d bytes left of a content".formatted(in.left()));
        var content = ContentCodec.decode(id, in.bytes((int) length));
        var sealing = in.flag()
                ? Optional.of(new Sealing(in.bytes(SESSION_BYTES), in.flag(), in.bytes(in.left())))
                : Optional.<Sealing>empty();
        in.end();
        return new OutboxEntry(order, content, deposited, attempt, sealing);
    }

    @Override
    public String toString() {
        return "OutboxEntry[%s]".formatted(id());
    }
}
