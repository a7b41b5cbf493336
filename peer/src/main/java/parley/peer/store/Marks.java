package parley.peer.store;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.pekko.util.ByteString;
import parley.messages.field.FieldReader;
import parley.messages.field.FieldWriter;
import parley.messages.field.MalformedFields;
import parley.messages.name.GroupName;
import parley.messages.name.UserName;
import parley.messages.wire.MessageId;

/**
 * How far a text of ours has come, by its id.
 *
 * <pre>
 *   to a contact:  version 1 | name length 1, name | reach 1
 *   in a group:    version 2 | group length 1, group | count 2, each: name length 1, name | reach 1
 * </pre>
 *
 * @param reached in their order; exactly one without a group
 */
record Marks(Optional<GroupName> group, Map<UserName, Reach> reached) {
    static final String TABLE = "mark";
    private static final int TO_CONTACT = 1;
    private static final int IN_GROUP = 2;

    static ByteString key(MessageId id) {
        return id.bytes();
    }

    static Optional<Marks> of(MessageId id, Tables tables) {
        return tables.get(TABLE, key(id)).map(Marks::decode);
    }

    static Marks begun(Change.MarkGroup change) {
        var reached = new LinkedHashMap<UserName, Reach>();
        change.members().forEach(member -> reached.put(member, Reach.QUEUED));
        return new Marks(Optional.of(change.group()), reached);
    }

    /** What {@code change} makes of {@code before}; none if it may not follow it. */
    static Optional<Marks> after(Optional<Marks> before, Change.Mark change) {
        if (change.reach() == Reach.QUEUED)
            return before.isEmpty() ? Optional.of(toContact(change.contact(), Reach.QUEUED)) : Optional.empty();
        return before.filter(marks -> marks.isBefore(change)).map(marks -> marks.with(change));
    }

    private static Marks toContact(UserName contact, Reach reach) {
        return new Marks(Optional.empty(), Map.of(contact, reach));
    }

    private boolean isBefore(Change.Mark change) {
        var now = reached.get(change.contact());
        return now != null && now.compareTo(change.reach()) < 0;
    }

    private Marks with(Change.Mark change) {
        var next = new LinkedHashMap<>(reached);
        next.put(change.contact(), change.reach());
        return new Marks(group, next);
    }

    /** Of a text to one contact. */
    Optional<Reach> ofContact() {
        return group.isPresent() ? Optional.empty() : reached.values().stream().findFirst();
    }

    /** Of a text in a group. */
    Optional<GroupReach> inGroup(Reach reach) {
        return group.map(name -> new GroupReach(name, reach, count(reach), reached.size()));
    }

    /** Of a text in a group. */
    Optional<GroupSpread> spread() {
        return group.map(name ->
                new GroupSpread(name, count(Reach.SENT), count(Reach.DELIVERED), count(Reach.READ), reached.size()));
    }

    private int count(Reach reach) {
        return (int) reached.values().stream().filter(each -> has(each, reach)).count();
    }

    /** Whoever it was given up for has nothing of it, and for nobody else it was given up. */
    private static boolean has(Reach now, Reach reach) {
        if (now == Reach.GAVE_UP || reach == Reach.GAVE_UP) return now == reach;
        return now.compareTo(reach) >= 0;
    }

    ByteString encode() {
        var out = new FieldWriter().u8(group.isPresent() ? IN_GROUP : TO_CONTACT);
        group.ifPresent(name -> out.ascii(name.text()).u16(reached.size()));
        reached.forEach((name, reach) -> out.ascii(name.text()).u8(reach.number()));
        return out.toByteString();
    }

    static Marks decode(ByteString bytes) {
        var in = new FieldReader(bytes);
        int version = in.u8();
        var marks = switch (version) {
            case TO_CONTACT -> toContact(new UserName(in.ascii()), Reach.of(in.u8()));
            case IN_GROUP -> {
                var group = new GroupName(in.ascii());
                var reached = new LinkedHashMap<UserName, Reach>();
                for (int count = in.u16(); count > 0; count--) reached.put(new UserName(in.ascii()), Reach.of(in.u8()));
                yield new Marks(Optional.of(group), reached);
            }
            default -> throw new MalformedFields("version %d of a mark, expected 1 or 2".formatted(version));
        };
        in.end();
        return marks;
    }
}
