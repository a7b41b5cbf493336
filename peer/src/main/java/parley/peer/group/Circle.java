package parley.peer.group;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.pekko.util.ByteString;
import parley.messages.group.GroupLog;
import parley.messages.group.GroupMember;
import parley.messages.name.UserName;
import parley.messages.wire.MessageId;
import parley.messages.wire.Place;
import parley.peer.contact.Effect;
import parley.peer.talk.GroupMail;

/**
 * One group as we know it, as a value: whatever happens answers with the next one, with what to store and with what
 * follows once that is stored.
 *
 * @param since when entries became known here, by their sequence; only those of late
 * @param writers by name, those who wrote
 * @param waiting what came for a log that is longer than ours; it is in the inbox on disk
 * @param unread who wrote them
 * @param told whom the user was warned of, and of what; not stored
 */
record Circle(
        GroupLog log,
        Map<Long, Long> since,
        Written written,
        Map<UserName, Writer> writers,
        List<Effect.ForGroup> waiting,
        Map<MessageId, UserName> unread,
        Set<String> told) {

    /** A group that was not known before, with all of its log. */
    static Step begin(GroupLog log, Moment moment) {
        var nothing = new Circle(log, Map.of(), Written.NONE, Map.of(), List.of(), Map.of(), Set.of());
        var turn = new Turn(nothing, moment);
        Growth.begin(log, turn);
        return turn.done();
    }

    /** The registry had more of the log. What is ours of it was asked for, and never answered. */
    Step grown(GroupLog longer, Moment moment) {
        return grown(longer, Set.of(), moment);
    }

    /** The registry has taken what we wrote: that is the answer to whoever asked for it. */
    Step taken(GroupLog longer, Moment moment) {
        return grown(longer, Set.of(longer.head()), moment);
    }

    private Step grown(GroupLog longer, Set<ByteString> answered, Moment moment) {
        var turn = new Turn(this, moment);
        Growth.grow(longer, answered, turn);
        Hearing.again(turn);
        return turn.done();
    }

    /** A member's word. */
    Step came(Effect.ForGroup what, Moment moment) {
        var turn = new Turn(this, moment);
        Hearing.hear(what, turn);
        return turn.done();
    }

    /** The registry shows no more than this: what still waits is named to the user. */
    Step complete(Moment moment) {
        var turn = new Turn(this, moment);
        Hearing.hidden(turn);
        return turn.done();
    }

    /** The registry's log does not go on from ours. */
    Step invented(Moment moment) {
        var turn = new Turn(this, moment);
        turn.warnOnce("invented", GroupMail.Trouble.invented(log.name()));
        return turn.done();
    }

    Speaking.Answer wrote(String text, MessageId id, Moment moment) {
        return Speaking.write(text, id, new Turn(this, moment));
    }

    Speaking.Offering offered(GroupCommand.WriteFile file, Moment moment) {
        return Speaking.offer(file, new Turn(this, moment));
    }

    /** No cipher will ever take it: nothing can be sent to him. */
    Step refused(Letter letter, String why, Moment moment) {
        var turn = new Turn(this, moment);
        Speaking.giveUp(letter, why, turn);
        return turn.done();
    }

    /** All ciphers have taken their part. */
    Step brought(MessageId id, Moment moment) {
        var turn = new Turn(this, moment);
        turn.store(LetterRows.brought(id));
        return turn.done();
    }

    Step read(Moment moment) {
        var turn = new Turn(this, moment);
        Hearing.read(turn);
        return turn.done();
    }

    /** What we know of the log, for whoever hears us. */
    Place place() {
        return new Place(log.name(), log.id(), log.sequence(), log.head());
    }

    /** Whether we may speak in it: held under the identity that we have. */
    boolean isMember(Moment moment) {
        return log.member(moment.own())
                .filter(member -> member.identity().equals(moment.identity()))
                .isPresent();
    }

    List<GroupMember> others(Moment moment) {
        return log.members().stream()
                .filter(member -> !member.name().equals(moment.own()))
                .toList();
    }

    boolean waits(Effect.ForGroup what) {
        return waiting.contains(what);
    }

    boolean waitsFor(UserName writer) {
        return waiting.stream().anyMatch(what -> what.contact().equals(writer));
    }

    /**
     * An admin who knows entries that the registry was asked for and does not show: one of them may remove somebody, and
     * only an admin's does. Whoever is none could stop the others by naming what there is not.
     */
    Optional<UserName> adminAhead() {
        return waiting.stream()
                .filter(what -> told.contains(Hearing.isHidden(what.contact())))
                .filter(what -> log.member(what.contact())
                        .filter(member -> member.admin() && member.identity().equals(what.identity()))
                        .isPresent())
                .map(what -> what.contact())
                .findFirst();
    }

    boolean wantsMore() {
        return !waiting.isEmpty();
    }

    @Override
    public String toString() {
        return "Circle[%s]".formatted(log);
    }
}
