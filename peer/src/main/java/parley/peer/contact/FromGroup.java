package parley.peer.contact;

import parley.messages.wire.Content;

/**
 * What a contact says in a group. Whether he may is for the group to say: here it is kept until that is known.
 *
 * <pre>
 *   of a wanted group, from anybody ─┬─► group-inbox, ForGroup          over its room ──► left
 *   of another, from who is ACCEPTED ┘
 *   NEWS of another, from a STRANGER ──► waits until he is accepted     over the quota ──► left
 *   TEXT of another, from a STRANGER ──► left: it may be ours by the time it is collected again
 * </pre>
 */
final class FromGroup {
    static Kept keep(Content.InGroup content, Turn turn) {
        boolean wanted = turn.moment().groups().wants(content.place().id());
        if (wanted || turn.is(Standing.ACCEPTED)) {
            if (!turn.inboxes.groups().hasRoom()) return Kept.NOT;
            put(content, turn);
            return Kept.HERE;
        }
        boolean asks = content instanceof Content.GroupNews && Requests.keep(content, turn);
        return asks ? Kept.AS_REQUEST : Kept.NOT;
    }

    /** Said once it is acknowledged. */
    static void handOver(Content.InGroup content, Turn turn) {
        turn.follows(forGroup(content, turn));
    }

    /** His news of groups when he was accepted. */
    static void accept(Content.InGroup content, Turn turn) {
        put(content, turn);
        handOver(content, turn);
    }

    private static void put(Content.InGroup content, Turn turn) {
        var held = turn.inboxes.groups();
        turn.store(Inbox.GROUPS.put(held.next(), forGroup(content, turn)));
        turn.inboxes = turn.inboxes.withGroups(held.with(content));
        turn.metInGroup();
    }

    private static Effect.ForGroup forGroup(Content.InGroup content, Turn turn) {
        return new Effect.ForGroup(turn.contact(), turn.chain.orElseThrow().identity(), content);
    }

    /** Whether its writer is told that it came. */
    static boolean isReceipted(Content.InGroup content, Turn turn) {
        return content instanceof Content.GroupText
                && turn.moment().groups().saysReceipts(content.place().id());
    }

    private FromGroup() {}
}
