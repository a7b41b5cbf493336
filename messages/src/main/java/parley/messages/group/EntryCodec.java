package parley.messages.group;

import java.util.HashMap;
import java.util.Map;
import org.apache.pekko.util.ByteString;
import parley.messages.field.FieldReader;
import parley.messages.field.FieldWriter;
import parley.messages.field.MalformedFields;
import parley.messages.identity.BadKey;
import parley.messages.identity.IdentityKey;
import parley.messages.identity.Signature;
import parley.messages.name.BadName;
import parley.messages.name.GroupName;
import parley.messages.name.UserName;

/**
 * Entries to bytes and back; docs/PROTOCOL.md §12.1.
 *
 * <pre>
 *   0         1          5          37     45        45+a     77+a   78+a     80+a    80+a+n
 *   +---------+----------+----------+------+---------+--------+------+--------+-- - --+-----------+
 *   | version | sequence | previous | time | author  |  key   | kind | length | body  | signature |
 *   +---------+----------+----------+------+---------+--------+------+--------+-- - --+-----------+
 * </pre>
 */
public final class EntryCodec {
    private static final int VERSION = 1;
    private static final int NAME_BYTES_MAX = 1 + 32;
    private static final int HEADER_BYTES_MAX =
            1 + 4 + EntryDraft.HASH_BYTES + 8 + NAME_BYTES_MAX + IdentityKey.BYTES + 1 + 2;

    /** The longest there is: somebody is added. Held against the bytes before anything is read from them. */
    public static final int BYTES_MAX = HEADER_BYTES_MAX + NAME_BYTES_MAX + IdentityKey.BYTES + Signature.BYTES;

    public static ByteString encode(GroupEntry entry) {
        return unsigned(entry.draft()).concat(entry.signature().bytes()).compact();
    }

    /** @throws MalformedFields if {@code bytes} are not exactly one entry */
    public static GroupEntry decode(ByteString bytes) {
        return decode(bytes, new HashMap<>());
    }

    /** @param keys those that were read before: that one is a point costs as much as to verify a signature */
    static GroupEntry decode(ByteString bytes, Map<ByteString, IdentityKey> keys) {
        if (bytes.size() > BYTES_MAX)
            throw new MalformedFields("an entry of %d bytes, expected at most %d".formatted(bytes.size(), BYTES_MAX));
        var in = FieldReader.of(bytes, VERSION);
        try {
            long sequence = in.u32();
            var previous = in.bytes(EntryDraft.HASH_BYTES);
            long timeMillis = in.u63();
            var author = userName(in);
            var key = identityKey(in, keys);
            int kind = in.u8();
            var body = new FieldReader(in.bytes(in.u16()));
            var deed = deed(kind, body, keys);
            body.end();
            var signature = new Signature(in.bytes(Signature.BYTES));
            in.end();
            return new GroupEntry(new EntryDraft(sequence, previous, timeMillis, author, key, deed), signature);
        } catch (BadKey | BadName bad) {
            throw new MalformedFields(String.valueOf(bad.getMessage()));
        }
    }

    static ByteString unsigned(EntryDraft draft) {
        var body = body(draft.deed());
        return new FieldWriter()
                .u8(VERSION)
                .u32(draft.sequence())
                .bytes(draft.previous())
                .u63(draft.timeMillis())
                .ascii(draft.author().text())
                .bytes(draft.key().bytes())
                .u8(draft.deed().number())
                .u16(body.length)
                .bytes(body)
                .toByteString();
    }

    private static byte[] body(Deed deed) {
        var out = new FieldWriter();
        switch (deed) {
            case Deed.Create(var group, var policy, var salt) ->
                out.ascii(group.text()).u8(policy.number()).bytes(salt);
            case Deed.Join() -> {}
            case Deed.Add(var who, var identity) -> out.ascii(who.text()).bytes(identity.bytes());
            case Deed.Leave() -> {}
            case Deed.Remove(var who) -> out.ascii(who.text());
            case Deed.Admin(var who, var on) -> out.u8(on ? 1 : 0).ascii(who.text());
            case Deed.Become(var policy) -> out.u8(policy.number());
        }
        return out.toBytes();
    }

    private static Deed deed(int kind, FieldReader body, Map<ByteString, IdentityKey> keys) {
        return switch (kind) {
            case 1 -> new Deed.Create(groupName(body), Policy.of(body.u8()), body.bytes(Deed.Create.SALT_BYTES));
            case 2 -> new Deed.Join();
            case 3 -> new Deed.Add(userName(body), identityKey(body, keys));
            case 4 -> new Deed.Leave();
            case 5 -> new Deed.Remove(userName(body));
            case 6 -> admin(body);
            case 7 -> new Deed.Become(Policy.of(body.u8()));
            default -> throw new MalformedFields("kind %d, expected 1 to 7".formatted(kind));
        };
    }

    private static Deed.Admin admin(FieldReader body) {
        boolean on = body.flag();
        return new Deed.Admin(userName(body), on);
    }

    /** Names are folded elsewhere; here a second spelling would be a second encoding of the same entry. */
    private static UserName userName(FieldReader in) {
        var text = in.ascii();
        var name = new UserName(text);
        if (!name.text().equals(text)) throw new MalformedFields("a name in upper case");
        return name;
    }

    private static GroupName groupName(FieldReader in) {
        var text = in.ascii();
        var name = new GroupName(text);
        if (!name.text().equals(text)) throw new MalformedFields("a name in upper case");
        return name;
    }

    private static IdentityKey identityKey(FieldReader in, Map<ByteString, IdentityKey> keys) {
        return keys.computeIfAbsent(in.bytes(IdentityKey.BYTES), IdentityKey::new);
    }

    private EntryCodec() {}
}
