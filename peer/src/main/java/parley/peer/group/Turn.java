package parley.peer.group;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import parley.messages.group.GroupLog;
import parley.messages.group.GroupMember;
import parley.messages.name.UserName;
import parley.messages.wire.Content;
import parley.messages.wire.MessageId;
import parley.peer.contact.Effect;
import parley.peer.store.Change;
import parley.peer.talk.Mail;

/**
 * A step while it is being taken: gathers what alters, what is to be stored and what follows. Mutable and short-lived;
 * it never leaves the method that made it, and {@link #done} ends it.
 */
final class Turn {
    private final Circle before;
    private final Moment moment;
    private final List<Change> changes = new ArrayList<>();
    private final List<Letter> letters = new ArrayList<>();
    private final List<GroupEffect> effects = new ArrayList<>();
    private final Set<String> told;

    GroupLog log;
    Written written;
    final Map<Long, Long> since;
    final Map<UserName, Writer> writers;
    List<Effect.ForGroup> waiting;
    final Map<MessageId, UserName> unread;

    Turn(Circle before, Moment moment) {
        this.before = before;
        this.moment = moment;
        log = before.log();
        written = before.written();
        since = new HashMap<>(before.since());
        writers = new HashMap<>(before.writers());
        waiting = new ArrayList<>(before.waiting());
        unread = new LinkedHashMap<>(before.unread());
        told = new HashSet<>(before.told());
    }

    Circle before() {
        return before;
    }

    Moment moment() {
        return moment;
    }

    void store(Change change) {
        changes.add(change);
    }

    void follows(GroupEffect effect) {
        effects.add(effect);
    }

    void tell(Mail mail) {
        follows(new GroupEffect.Tell(mail));
    }

    /** @param about the same again is not said again before the next start */
    void warnOnce(String about, Mail mail) {
        if (told.add(about)) tell(mail);
    }

    void noLonger(String about) {
        told.remove(about);
    }

    /** Into the outbox, for each of them. */
    void post(Content.InGroup content, List<GroupMember> to) {
        if (to.isEmpty()) return;
        store(LetterRows.outbox(content));
        for (var member : to) {
            var letter = new Letter(content, member.name(), member.identity());
            store(LetterRows.pending(letter));
            letters.add(letter);
        }
    }

    Circle next() {
        return new Circle(log, since, written, writers, waiting, unread, told);
    }

    Step done() {
        if (log.size() != before.log().size() || !written.equals(before.written()) || isNew())
            store(Rows.group(log, written));
        since.values().removeIf(known -> !Judgement.isOfLate(known, moment.nowMillis()));
        return new Step(next(), changes, letters, effects);
    }

    private boolean isNew() {
        return before.since().isEmpty() && !since.isEmpty();
    }
}
