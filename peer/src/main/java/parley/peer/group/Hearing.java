package parley.peer.group;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.pekko.util.ByteString;
import parley.messages.name.UserName;
import parley.messages.wire.Content;
import parley.messages.wire.ContentCodec;
import parley.messages.wire.MessageId;
import parley.peer.contact.ContactCommand;
import parley.peer.contact.Effect;
import parley.peer.contact.Gaps;
import parley.peer.contact.Inbox;
import parley.peer.contact.Incoming;
import parley.peer.store.Change;
import parley.peer.store.HistoryEntry;
import parley.peer.talk.GroupMail;
import parley.peer.talk.Mail;

/** What members say is judged, and then shown, dropped, or kept for a longer log; docs/PROTOCOL.md §12.5. */
final class Hearing {
    /** Texts of a group that get a receipt when they are read; of more, the oldest get none. */
    static final int UNREAD_MAX = 10_000;

    static void hear(Effect.ForGroup what, Turn turn) {
        switch (what.content()) {
            case Content.GroupText text -> hear(what, () -> show(what, text, turn), turn);
            case Content.GroupFile file ->
                hear(what, () -> turn.follows(new GroupEffect.FileCame(turn.log.name(), what)), turn);
            case Content.GroupNews(var id, var place) -> {
                switch (Judgement.of(place, turn.log)) {
                    case Judgement.TooShort s -> turn.waiting.add(what);
                    case Judgement.Different(var ours) -> different(what, ours, turn);
                    case Judgement.Good g -> drop(what, turn);
                    case Judgement.NoMember n -> drop(what, turn);
                }
            }
        }
    }

    /** @param good what to do if its writer may say it */
    private static void hear(Effect.ForGroup what, Runnable good, Turn turn) {
        switch (Judgement.of(what, turn.log, turn.since, turn.moment().nowMillis())) {
            case Judgement.Good g -> {
                turn.noLonger("different " + what.contact());
                good.run();
            }
            case Judgement.TooShort s -> turn.waiting.add(what);
            case Judgement.Different(var ours) -> different(what, ours, turn);
            case Judgement.NoMember n -> {
                turn.warnOnce(
                        "no member " + what.contact(), GroupMail.Trouble.notAMember(turn.log.name(), what.contact()));
                drop(what, turn);
            }
        }
    }

    /** The log is longer than when they came. */
    static void again(Turn turn) {
        var all = turn.waiting;
        turn.waiting = new ArrayList<>();
        for (var what : all) hear(what, turn);
        for (var what : all)
            if (turn.waiting.stream().noneMatch(w -> w.contact().equals(what.contact())))
                turn.noLonger(isHidden(what.contact()));
    }

    /** Asked for and not there. */
    static void hidden(Turn turn) {
        for (var what : turn.waiting)
            turn.warnOnce(isHidden(what.contact()), GroupMail.Trouble.hidden(turn.log.name(), what.contact()));
    }

    /** What the user is told once, and {@link Circle#told} has until it is over. */
    static String isHidden(UserName writer) {
        return "hidden " + writer;
    }

    /** What the log says of that entry will never alter: neither does the judgement. */
    private static void different(Effect.ForGroup what, ByteString ours, Turn turn) {
        var place = what.content().place();
        turn.warnOnce(
                "different " + what.contact(),
                GroupMail.Trouble.different(
                        turn.log.name(), what.contact(), place.sequence(), hex(ours), hex(place.head())));
        drop(what, turn);
    }

    private static void drop(Effect.ForGroup what, Turn turn) {
        turn.store(Inbox.GROUPS.taken(what.contact(), what.content().id()));
    }

    private static void show(Effect.ForGroup what, Content.GroupText text, Turn turn) {
        var from = what.contact();
        var moment = turn.moment();
        turn.store(Inbox.GROUPS.taken(from, text.id()));
        turn.store(new Change.Append(new HistoryEntry(
                from,
                Optional.of(turn.log.name()),
                false,
                text.id(),
                text.counter(),
                text.timeMillis(),
                moment.nowMillis(),
                text.text())));
        place(what, text, turn);
        if (turn.unread.size() < UNREAD_MAX) {
            turn.unread.put(text.id(), from);
            turn.store(Rows.unread(turn.log.id(), new Rows.Unread(text.id(), from)));
        }
        turn.follows(new GroupEffect.TextCame());
    }

    private static void place(Effect.ForGroup what, Content.GroupText text, Turn turn) {
        var from = what.contact();
        var group = Optional.of(turn.log.name());
        var hash = ContentCodec.hash(turn.moment().registry(), text);
        var known = Optional.ofNullable(turn.writers.get(from))
                .filter(writer -> writer.identity().equals(what.identity()));
        if (known.isEmpty()) {
            // From his first text on: whoever came later than he has not missed what was said before.
            if (text.counter() <= Incoming.COUNTER_MAX)
                put(what, new Incoming(text.counter() + 1, hash, Gaps.NONE), turn);
            return;
        }
        var placed = known.get().incoming().place(text.counter(), text.previous(), hash);
        switch (placed) {
            case Incoming.AfterGap(var next, var missing) -> turn.tell(new Mail.Missing(group, from, missing.count()));
            case Incoming.Fills fills -> turn.tell(new Mail.MissingCame(group, from));
            case Incoming.Next next -> {}
            case Incoming.Older older -> {}
            case Incoming.OtherBefore other -> {}
        }
        put(what, placed.next(), turn);
    }

    private static void put(Effect.ForGroup what, Incoming incoming, Turn turn) {
        var writer = new Writer(what.identity(), incoming);
        turn.writers.put(what.contact(), writer);
        turn.store(Rows.writer(turn.log.id(), what.contact(), writer));
    }

    /** The user has seen all of them. */
    static void read(Turn turn) {
        boolean receipts =
                turn.moment().readReceipts() && turn.log.members().size() <= KnownGroups.RECEIPTS_MEMBERS_MAX;
        Map<UserName, List<MessageId>> byWriter = new LinkedHashMap<>();
        turn.unread.forEach((id, writer) -> {
            turn.store(Rows.read(turn.log.id(), id));
            byWriter.computeIfAbsent(writer, each -> new ArrayList<>()).add(id);
        });
        turn.unread.clear();
        if (receipts)
            byWriter.forEach((writer, ids) -> {
                for (int at = 0; at < ids.size(); at += Content.IDS_MAX)
                    turn.follows(new GroupEffect.ToContact(
                            writer,
                            new ContactCommand.SayReceipts(
                                    Content.Receipt.What.READ,
                                    ids.subList(at, Math.min(ids.size(), at + Content.IDS_MAX)))));
            });
    }

    private static String hex(ByteString hash) {
        return HexFormat.of().formatHex(hash.toArrayUnsafe());
    }

    private Hearing() {}
}
