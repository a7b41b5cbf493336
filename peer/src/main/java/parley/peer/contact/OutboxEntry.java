package parley.peer.contact;

import java.util.Optional;
import org.apache.pekko.util.ByteString;
import parley.messages.field.FieldReader;
import parley.messages.field.FieldWriter;
import parley.messages.field.MalformedFields;
import parley.messages.identity.BadKey;
import parley.messages.identity.IdentityKey;
import parley.messages.identity.KeyChain;
import parley.messages.name.GroupName;
import parley.messages.wire.Content;
import parley.messages.wire.ContentCodec;
import parley.messages.wire.MessageId;

/**
 * Something of ours that the contact may not have yet. Prints without it.
 *
 * <pre>
 *   version 2 | order 8 | deposited 1 | attempt 1 | flag 1 [to 32] | receipt 1 | id 16 | content length 4, content
 *   flag 1 [session 16 | greeted 1 | envelope, to the end]
 * </pre>
 *
 * Version 1 is the same without {@code to} and {@code receipt}: those were for contacts alone.
 *
 * @param order its place in the outbox
 * @param deposited whether the registry has these very bytes
 * @param attempt how often it was sealed anew
 * @param to the only identity that it may be sealed for; whichever is believed, but for groups
 * @param receipt whether a receipt will say that it has come
 */
record OutboxEntry(
        long order,
        Content content,
        boolean deposited,
        int attempt,
        Optional<IdentityKey> to,
        boolean receipt,
        Optional<Sealing> sealing) {
    private static final int VERSION = 2;
    private static final int VERSION_WITHOUT_GROUPS = 1;
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

    /** For a contact, as whoever he is. */
    static OutboxEntry toContact(long order, Content content) {
        return new OutboxEntry(
                order, content, false, 0, Optional.empty(), content instanceof Content.Text, Optional.empty());
    }

    /** For a member of a group. */
    static OutboxEntry toMember(long order, Content.InGroup content, IdentityKey to, boolean receipts) {
        boolean receipt = switch (content) {
            case Content.GroupText text -> receipts;
            // That it is done is always said.
            case Content.GroupFile file -> true;
            case Content.GroupNews news -> false;
        };
        return new OutboxEntry(order, content, false, 0, Optional.of(to), receipt, Optional.empty());
    }

    /** Of a file: the receiver says when he needs it no more, but for what is said to its sender. */
    static OutboxEntry ofFile(long order, Content.OfFile content, Optional<IdentityKey> to) {
        return new OutboxEntry(order, content, false, 0, to, !(content instanceof Content.FileState), Optional.empty());
    }

    MessageId id() {
        return content.id();
    }

    /** Whether somebody wrote it, and wants to see how far it comes. */
    boolean isText() {
        return content instanceof Content.Text || content instanceof Content.GroupText;
    }

    /** The group that it was written in. */
    Optional<GroupName> group() {
        return content instanceof Content.InGroup said
                ? Optional.of(said.place().group())
                : Optional.empty();
    }

    /** Whether nothing more is done about it unless somebody complains. */
    boolean isHandedOver() {
        return deposited && !receipt;
    }

    /** Whether it may be sealed for whoever has that chain. */
    boolean isFor(Optional<KeyChain> chain) {
        return to.isEmpty() || chain.map(KeyChain::identity).equals(to);
    }

    OutboxEntry sealed(Sealing with) {
        return new OutboxEntry(order, content, false, attempt, to, receipt, Optional.of(with));
    }

    OutboxEntry inMailbox() {
        return new OutboxEntry(order, content, true, attempt, to, receipt, sealing);
    }

    /** Sealed again in another session, with another content if its counter has moved. */
    OutboxEntry again(Content moved) {
        return new OutboxEntry(order, moved, false, attempt + 1, to, receipt, Optional.empty());
    }

    OutboxEntry renumbered(Content moved) {
        return new OutboxEntry(order, moved, false, attempt, to, receipt, Optional.empty());
    }

    ByteString encode() {
        var inner = ContentCodec.encode(content);
        var out = new FieldWriter()
                .u8(VERSION)
                .u63(order)
                .u8(deposited ? 1 : 0)
                .u8(attempt)
                .u8(to.isPresent() ? 1 : 0);
        to.ifPresent(key -> out.bytes(key.bytes()));
        out.u8(receipt ? 1 : 0)
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
        if (version != VERSION && version != VERSION_WITHOUT_GROUPS)
            throw new MalformedFields("version %d, expected 1 or %d".formatted(version, VERSION));
        long order = in.u63();
        boolean deposited = in.flag();
        int attempt = in.u8();
        boolean groups = version == VERSION;
        var to = groups && in.flag() ? Optional.of(identity(in)) : Optional.<IdentityKey>empty();
        boolean receipt = groups && in.flag();
        var id = MessageId.read(in);
        long length = in.u32();
        if (length > in.left()) throw new MalformedFields("%d bytes left of a content".formatted(in.left()));
        var content = ContentCodec.decode(id, in.bytes((int) length));
        var sealing = in.flag()
                ? Optional.of(new Sealing(in.bytes(SESSION_BYTES), in.flag(), in.bytes(in.left())))
                : Optional.<Sealing>empty();
        in.end();
        boolean receipted = groups ? receipt : content instanceof Content.Text;
        return new OutboxEntry(order, content, deposited, attempt, to, receipted, sealing);
    }

    private static IdentityKey identity(FieldReader in) {
        try {
            return new IdentityKey(in.bytes(IdentityKey.BYTES));
        } catch (BadKey bad) {
            throw new MalformedFields(String.valueOf(bad.getMessage()));
        }
    }

    @Override
    public String toString() {
        return "OutboxEntry[%s]".formatted(id());
    }
}
