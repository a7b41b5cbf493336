package parley.peer.group;

import java.util.List;
import java.util.Optional;
import parley.messages.group.GroupMember;
import parley.messages.name.UserName;
import parley.messages.wire.Content;
import parley.messages.wire.ContentCodec;
import parley.messages.wire.MessageId;
import parley.peer.store.Change;
import parley.peer.store.HistoryEntry;
import parley.peer.store.Reach;
import parley.peer.talk.Mail;

/** What we say: texts, counted and in the history, and files; in the outbox for each member, all in one commit. */
final class Speaking {
    sealed interface Answer {}

    sealed interface Offering {}

    /** @param members to whom it goes */
    record Took(Step step, MessageId id, int members) implements Answer {}

    /** @param members to whom it is offered */
    record TookFile(Step step, List<GroupMember> members) implements Offering {}

    record Refused(String why) implements Answer, Offering {}

    static Answer write(String text, MessageId id, Turn turn) {
        var moment = turn.moment();
        var circle = turn.before();
        if (!circle.isMember(moment)) return new Refused(notIn(circle, moment));
        var ahead = circle.adminAhead();
        if (ahead.isPresent()) return new Refused(hidden(circle, ahead.get()));
        Content.GroupText content;
        try {
            content = new Content.GroupText(
                    id, circle.place(), turn.written.next(), turn.written.previous(), moment.nowMillis(), text);
        } catch (IllegalArgumentException unfit) {
            return new Refused("Found " + unfit.getMessage());
        }
        turn.written = new Written(content.counter() + 1, ContentCodec.hash(moment.registry(), content));
        turn.store(new Change.Append(new HistoryEntry(
                moment.own(),
                Optional.of(turn.log.name()),
                true,
                id,
                content.counter(),
                content.timeMillis(),
                moment.nowMillis(),
                text)));
        var others = circle.others(moment);
        if (!others.isEmpty())
            turn.store(new Change.MarkGroup(
                    turn.log.name(),
                    id,
                    others.stream().map(member -> member.name()).toList()));
        turn.post(content, others);
        return new Took(turn.done(), id, others.size());
    }

    static Offering offer(GroupCommand.WriteFile file, Turn turn) {
        var circle = turn.before();
        if (!circle.isMember(turn.moment())) return new Refused(notIn(circle, turn.moment()));
        var ahead = circle.adminAhead();
        if (ahead.isPresent()) return new Refused(hidden(circle, ahead.get()));
        var others = circle.others(turn.moment());
        if (others.isEmpty()) return new Refused("Nobody else is in %s".formatted(turn.log.name()));
        file.with().of(others).forEach(turn::store);
        turn.post(new Content.GroupFile(file.id(), circle.place(), file.offer()), others);
        return new TookFile(turn.done(), others);
    }

    private static String hidden(Circle circle, UserName admin) {
        return ("The registry shows you less of %s than %s, an admin of it, knows: "
                        + "whoever was removed would still get what you write")
                .formatted(circle.log().name(), admin);
    }

    static String notIn(Circle circle, Moment moment) {
        var group = circle.log().name();
        return circle.log().member(moment.own()).isPresent()
                ? "%s knows you under another identity: ask one of its admins to invite you again".formatted(group)
                : Reasons.notIn(group);
    }

    static void giveUp(Letter letter, String why, Turn turn) {
        turn.store(LetterRows.posted(letter));
        switch (letter.content()) {
            case Content.GroupText text -> {
                turn.store(new Change.Mark(letter.to(), text.id(), Reach.GAVE_UP));
                turn.tell(new Mail.NotSent(text.id().toString(), Optional.of(turn.log.name()), letter.to(), why));
            }
            case Content.GroupFile file -> turn.follows(new GroupEffect.FileNotSent(letter.to(), file.id(), why));
            case Content.GroupNews news -> {}
        }
    }

    private Speaking() {}
}
