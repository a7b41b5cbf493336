package parley.peer.contact;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.apache.pekko.util.ByteString;
import parley.messages.field.FieldReader;
import parley.messages.field.FieldWriter;
import parley.messages.field.MalformedFields;
import parley.messages.wire.Content.Repeat.Unopened;
import parley.messages.wire.Content.Text;
import parley.messages.wire.MessageId;
import parley.messages.wire.Reason;

/**
 * A profile as the vault keeps it, with where the outbox begins and ends and how many texts wait.
 *
 * <pre>
 *   version 2 | standing 1 | trust 1 | next 8 | previous 32 | expected 8 | last 32
 *   gaps 2, each: from 8, to 8 | delivered 2, ids | read 2, ids | unopened 2, each: id 16, reason 1 | lost 1
 *   unread 2, ids | retired 2, each 16 | without pair 1 | outbox from 8, to 8 | waiting 2
 *   in a group 1
 * </pre>
 *
 * Version 1 ends before the last.
 */
final class ProfileCodec {
    private static final int VERSION = 2;
    private static final int VERSION_WITHOUT_GROUPS = 1;
    private static final int SESSION_BYTES = 16;

    /** The outbox has entries from one order on and below the other. */
    record Stored(Profile profile, long outboxFirst, long outboxNext, int waiting) {}

    static ByteString encode(Stored stored) {
        var profile = stored.profile;
        var owed = profile.owed();
        var out = new FieldWriter()
                .u8(VERSION)
                .u8(number(profile.standing()))
                .u8(number(profile.trust()))
                .u63(profile.next())
                .bytes(profile.previous())
                .u63(profile.incoming().expected())
                .bytes(profile.incoming().last())
                .u16(profile.incoming().gaps().ranges().size());
        profile.incoming()
                .gaps()
                .ranges()
                .forEach(range -> out.u63(range.from()).u63(range.to()));
        ids(owed.delivered(), out);
        ids(owed.read(), out);
        out.u16(owed.unopened().size());
        owed.unopened()
                .forEach(one -> out.bytes(one.id().bytes()).u8(one.reason().number()));
        out.u8(owed.lost() ? 1 : 0);
        ids(profile.unread(), out);
        out.u16(profile.retired().size());
        profile.retired().forEach(out::bytes);
        return out.u8(profile.withoutPair() ? 1 : 0)
                .u63(stored.outboxFirst)
                .u63(stored.outboxNext)
                .u16(stored.waiting)
                .u8(profile.inGroup() ? 1 : 0)
                .toByteString();
    }

    static Stored decode(ByteString bytes) {
        var in = new FieldReader(bytes);
        int version = in.u8();
        if (version != VERSION && version != VERSION_WITHOUT_GROUPS)
            throw new MalformedFields("version %d, expected 1 or %d".formatted(version, VERSION));
        var standing = standing(in.u8());
        var trust = trust(in.u8());
        long next = in.u63();
        var previous = in.bytes(Text.HASH_BYTES);
        long expected = in.u63();
        var last = in.bytes(Text.HASH_BYTES);
        var gaps = new Gaps(each(in, from -> new Range(from.u63(), from.u63())));
        var owed = new Owed(
                each(in, MessageId::read),
                each(in, MessageId::read),
                each(in, from -> new Unopened(MessageId.read(from), Reason.of(from.u8()))),
                in.flag());
        var profile = new Profile(
                standing,
                trust,
                next,
                previous,
                new Incoming(expected, last, gaps),
                owed,
                each(in, MessageId::read),
                each(in, from -> from.bytes(SESSION_BYTES)),
                in.flag(),
                false);
        long outboxFirst = in.u63();
        long outboxNext = in.u63();
        int waiting = in.u16();
        boolean inGroup = version == VERSION && in.flag();
        in.end();
        return new Stored(inGroup ? profile.metInGroup() : profile, outboxFirst, outboxNext, waiting);
    }

    private static void ids(List<MessageId> ids, FieldWriter out) {
        out.u16(ids.size());
        ids.forEach(id -> out.bytes(id.bytes()));
    }

    private static <T> List<T> each(FieldReader in, Function<FieldReader, T> read) {
        var all = new ArrayList<T>();
        for (int count = in.u16(); count > 0; count--) all.add(read.apply(in));
        return all;
    }

    private static int number(Standing standing) {
        return switch (standing) {
            case STRANGER -> 1;
            case ACCEPTED -> 2;
            case BLOCKED -> 3;
        };
    }

    private static Standing standing(int number) {
        return switch (number) {
            case 1 -> Standing.STRANGER;
            case 2 -> Standing.ACCEPTED;
            case 3 -> Standing.BLOCKED;
            default -> throw new MalformedFields("standing %d, expected 1 to 3".formatted(number));
        };
    }

    private static int number(Trust trust) {
        return switch (trust) {
            case PINNED -> 1;
            case VERIFIED -> 2;
            case CHANGED -> 3;
            case FORKED -> 4;
            case REVOKED -> 5;
        };
    }

    private static Trust trust(int number) {
        return switch (number) {
            case 1 -> Trust.PINNED;
            case 2 -> Trust.VERIFIED;
            case 3 -> Trust.CHANGED;
            case 4 -> Trust.FORKED;
            case 5 -> Trust.REVOKED;
            default -> throw new MalformedFields("trust %d, expected 1 to 5".formatted(number));
        };
    }

    private ProfileCodec() {}
}
