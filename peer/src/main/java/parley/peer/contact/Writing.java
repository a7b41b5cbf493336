package parley.peer.contact;

import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import parley.messages.wire.Content;
import parley.messages.wire.ContentCodec;
import parley.messages.wire.MessageId;
import parley.peer.contact.ContactCommand.NotWritten;
import parley.peer.contact.ContactCommand.WhyNot;
import parley.peer.store.Change;
import parley.peer.store.HistoryEntry;

/** A text of ours: into outbox and history with its place in the order, and sealed if there is a session. */
final class Writing {
    /** Texts that nobody has acknowledged. More would not fit the contact's mailbox many times over. */
    static final int TEXTS_MAX = 10_000;

    /** The same in bytes; they are held in memory. */
    static final long BYTES_MAX = 16 * 1024 * 1024;

    sealed interface Answer {}

    record Wrote(Step step, MessageId id) implements Answer {}

    record Refused(NotWritten answer) implements Answer {}

    static Answer write(String text, Turn turn) {
        var refused = refusal(text, turn);
        if (refused.isPresent()) return new Refused(refused.get());
        // Whoever one has written to is accepted.
        if (turn.is(Standing.STRANGER)) Requests.accept(turn);
        var id = MessageId.random(turn.moment().random());
        long now = Math.max(0, turn.moment().nowMillis());
        var content = new Content.Text(id, turn.profile().next(), turn.profile().previous(), now, text);
        turn.alter(profile -> profile.written(content.counter() + 1, ContentCodec.hash(turn.registry(), content)));
        turn.store(new Change.Append(new HistoryEntry(
                turn.contact(), Optional.empty(), true, id, content.counter(), content.timeMillis(), now, text)));
        Sealing.enqueue(content, turn);
        return new Wrote(turn.done(), id);
    }

    private static Optional<NotWritten> refusal(String text, Turn turn) {
        var barred = barred(turn);
        if (barred.isPresent()) return barred;
        int size = bytes(text);
        if (size < 0) return Optional.of(new NotWritten(WhyNot.NOT_TEXT, "The text holds half a character"));
        if (size > Content.Text.BYTES_MAX)
            return Optional.of(new NotWritten(
                    WhyNot.TOO_LONG,
                    "The text has %d bytes, expected at most %d".formatted(size, Content.Text.BYTES_MAX)));
        return full(size, turn);
    }

    /** Because of who the contact is. */
    static Optional<NotWritten> barred(Turn turn) {
        var name = turn.contact();
        if (turn.is(Standing.BLOCKED))
            return Optional.of(
                    new NotWritten(WhyNot.BLOCKED, "%s is blocked; 'accept %s' unblocks".formatted(name, name)));
        if (turn.profile().trust() == Trust.FORKED)
            return Optional.of(new NotWritten(
                    WhyNot.IDENTITY_NOT_ACCEPTED,
                    "%s has another identity, which the one before did not sign; compare 'verify %s', then 'accept %s'"
                            .formatted(name, name, name)));
        if (turn.profile().trust() == Trust.REVOKED)
            return Optional.of(new NotWritten(WhyNot.REVOKED, "The identity of %s has ended".formatted(name)));
        return Optional.empty();
    }

    /** Because there is no room for so many bytes more. */
    static Optional<NotWritten> full(int size, Turn turn) {
        boolean room = turn.outbox().texts() < TEXTS_MAX && turn.outbox().textBytes() + size <= BYTES_MAX;
        if (room) return Optional.empty();
        return Optional.of(new NotWritten(
                WhyNot.OUTBOX_FULL,
                "%d texts to %s wait already; wait until some are delivered"
                        .formatted(turn.outbox().texts(), turn.contact())));
    }

    /** Of UTF-8; -1 if it is none. */
    private static int bytes(String text) {
        try {
            return StandardCharsets.UTF_8
                    .newEncoder()
                    .encode(CharBuffer.wrap(text))
                    .remaining();
        } catch (CharacterCodingException half) {
            return -1;
        }
    }

    private Writing() {}
}
