package parley.peer.contact;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import parley.messages.wire.Content;
import parley.peer.store.Change;
import parley.peer.store.HistoryEntry;

/**
 * Strangers.
 *
 * <pre>
 *   STRANGER --text--> waits, within a quota       STRANGER --accept, or writing to him--> ACCEPTED
 *   STRANGER, ACCEPTED --block--> BLOCKED          BLOCKED --accept--> ACCEPTED
 * </pre>
 */
final class Requests {
    /** Whether there was room for it. */
    static boolean keep(Content content, Turn turn) {
        var one = new Waiting(content);
        long held = turn.waiting.stream().mapToLong(Waiting::bytes).sum();
        if (turn.waiting.size() >= Waiting.TEXTS_MAX || held + one.bytes() > Waiting.BYTES_MAX) return false;
        if (!turn.moment().allowance().take(one.bytes())) return false;
        turn.store(new Change.Put(Places.WAITING, Places.of(turn.contact(), turn.waiting.size()), one::encode));
        turn.waiting = Stream.concat(turn.waiting.stream(), Stream.of(one)).toList();
        return true;
    }

    static News.RequestWaiting waiting(Turn turn) {
        var group = turn.waiting.reversed().stream()
                .flatMap(one -> one.group().stream())
                .findFirst();
        return new News.RequestWaiting(turn.contact(), turn.waiting.size(), group);
    }

    static void accept(Turn turn) {
        if (turn.is(Standing.ACCEPTED)) return;
        noStranger(turn);
        turn.alter(profile -> profile.with(Standing.ACCEPTED));
        var shown = turn.waiting;
        forget(turn);
        for (var one : shown) {
            switch (one) {
                case Waiting(Content.Text text) -> {
                    show(text, turn);
                    turn.alter(profile -> profile.with(profile.owed().withDelivered(text.id())));
                }
                case Waiting(Content.InGroup news) -> FromGroup.accept(news, turn);
                case Waiting(Content.File file) -> FromFile.accept(file, turn);
                case Waiting nothingElse -> throw new IllegalStateException("it does not wait");
            }
        }
        for (var gap : turn.profile().incoming().gaps().ranges())
            turn.follows(new News.Gap(turn.contact(), gap.from(), gap.to()));
        // What was over the quota is still in the mailbox.
        if (!shown.isEmpty()) turn.follows(new Effect.CollectAgain(turn.contact()));
    }

    static Turn block(Turn turn) {
        noStranger(turn);
        turn.alter(profile -> profile.with(Standing.BLOCKED).with(Owed.NOTHING));
        forget(turn);
        var entries = turn.outbox().all();
        for (var entry : entries) {
            turn.remove(entry);
            turn.follows(new Effect.Withdraw(turn.contact(), entry.id()));
            if (entry.isText() && !entry.isHandedOver()) Progress.gaveUp(entry, turn);
        }
        entries.stream()
                .flatMap(entry -> ToContact.file(entry.content()).stream())
                .distinct()
                .forEach(file -> turn.follows(
                        new Effect.GaveUpFile(turn.contact(), file, "%s is blocked".formatted(turn.contact()))));
        return turn;
    }

    /** Into the history and onto the screen. */
    static void show(Content.Text text, Turn turn) {
        turn.store(new Change.Append(new HistoryEntry(
                turn.contact(),
                Optional.empty(),
                false,
                text.id(),
                text.counter(),
                text.timeMillis(),
                Math.max(0, turn.moment().nowMillis()),
                text.text())));
        turn.alter(profile -> profile.withUnread(text.id()));
        turn.follows(new News.TextOpened(turn.contact(), text.id(), text.text(), text.timeMillis(), 0));
    }

    private static void noStranger(Turn turn) {
        if (turn.is(Standing.STRANGER)) turn.moment().allowance().chains().give(Identity.cost(turn.chain, turn.forked));
    }

    private static void forget(Turn turn) {
        for (int order = 0; order < turn.waiting.size(); order++)
            turn.store(new Change.Delete(Places.WAITING, Places.of(turn.contact(), order)));
        turn.moment()
                .allowance()
                .give(turn.waiting.stream().mapToLong(Waiting::bytes).sum());
        turn.waiting = List.of();
    }

    private Requests() {}
}
