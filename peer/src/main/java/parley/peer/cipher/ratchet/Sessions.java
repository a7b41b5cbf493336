package parley.peer.cipher.ratchet;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.pekko.util.ByteString;
import parley.messages.field.MalformedFields;
import parley.messages.identity.Bundle;
import parley.messages.identity.KeyChain;
import parley.peer.cipher.agreement.Acceptance;
import parley.peer.cipher.agreement.Greeting;
import parley.peer.cipher.agreement.Initiation;
import parley.peer.cipher.agreement.Initiation.Begun;
import parley.peer.cipher.agreement.NotAgreed;
import parley.peer.cipher.agreement.Own;

/**
 * All sessions with one contact, the one in use first. There are several when both begin at once, when one of the two
 * lost what he had, or when a restored copy began anew. What opens last is used next: the contact evidently has it.
 *
 * <pre>
 *   none --begin--> [a] --seal, open in a--> [a] --open, began b--> [b a] --open in a--> [a b]
 * </pre>
 *
 * @param sessions at most {@value #SESSIONS_MAX}; beyond that the one used longest ago ends
 * @param ended the ids of those that have ended, newest first: their first messages begin nothing
 */
public record Sessions(List<Session> sessions, List<ByteString> ended) {
    /** Signal's number. */
    static final int SESSIONS_MAX = 40;

    /** Ids. Longer ago than any prekeys are kept, at one session an hour. */
    static final int ENDED_MAX = 1_000;

    /** What {@link #begin} answers. */
    public sealed interface Beginning {}

    public record Started(Sessions next) implements Beginning {}

    public record NotStarted(NotAgreed why) implements Beginning {}

    /** The next sessions, and the bytes to send once those are stored. */
    public record Sealed(Sessions next, ByteString bytes) {}

    public static Sessions none() {
        return new Sessions(List.of(), List.of());
    }

    public Sessions {
        sessions = List.copyOf(sessions);
        ended = List.copyOf(ended);
    }

    public boolean isEmpty() {
        return sessions.isEmpty();
    }

    /** Their ids, the one in use first. */
    public List<ByteString> ids() {
        return sessions.stream().map(Session::id).toList();
    }

    /** Whether what is sealed next can begin its session: they have not answered in it yet. */
    public boolean isGreeting() {
        return !sessions.isEmpty() && sessions.getFirst().greeting() != null;
    }

    /** The same, with those that {@code retired} names behind all others: something may still be opened in them. */
    public Sessions behind(Collection<ByteString> retired) {
        var order = new ArrayList<Session>(sessions.size());
        for (var session : sessions) if (!retired.contains(session.id())) order.add(session);
        for (var session : sessions) if (retired.contains(session.id())) order.add(session);
        return new Sessions(order, ended);
    }

    /** A new session, which is used from now on. */
    public Beginning begin(Own own, Bundle theirs, SecureRandom random) {
        return switch (Initiation.begin(own, theirs, random)) {
            case Initiation.Refused(var why) -> new NotStarted(why);
            case Begun(var agreed, var greeting, var prekey) -> {
                var ratchet = Ratchet.initiating(agreed, prekey, random);
                yield ratchet == null
                        ? new NotStarted(NotAgreed.WEAK_KEY)
                        : new Started(first(new Session(ratchet, greeting)));
            }
        };
    }

    /**
     * Pads and seals in the session in use.
     *
     * @throws IllegalStateException if there is none
     * @throws IllegalArgumentException if there are more than {@link Padding#CONTENT_BYTES_MAX} bytes
     */
    public Sealed seal(ByteString content, SecureRandom random) {
        if (sessions.isEmpty()) throw new IllegalStateException("no session: begin one");
        var session = sessions.getFirst();
        var step = session.ratchet().seal(session.greeting(), Padding.pad(content.toArrayUnsafe()), random);
        return new Sealed(first(session.with(step.next())), step.bytes());
    }

    /**
     * Opens in the one session that the bytes name, or in a new one if they begin it.
     *
     * @param theirs the contact's verified chain
     * @param nowMillis of our own clock
     */
    public Opening open(ByteString bytes, Own own, KeyChain theirs, long nowMillis) {
        final Message message;
        try {
            message = Message.decode(bytes);
        } catch (MalformedFields bad) {
            return new Opening.Refused(Refusal.MALFORMED);
        }
        // Whoever has the keys of an identity that has ended is not the contact, in older sessions neither.
        if (theirs.isRevoked()) return new Opening.Refused(Refusal.REVOKED);
        var known = find(message.header().sessionId());
        if (known.isPresent()) return open(known.get().ratchet(), message, nowMillis, false, OptionalLong.empty());
        if (message.greeting() == null) return new Opening.Refused(Refusal.UNKNOWN_SESSION);
        return accept(message.greeting(), message, own, theirs, nowMillis);
    }

    private Opening accept(Greeting greeting, Message message, Own own, KeyChain theirs, long nowMillis) {
        var id = message.header().sessionId();
        if (ended.contains(id)) return new Opening.Refused(Refusal.ENDED_SESSION);
        return switch (Acceptance.of(own, theirs, greeting)) {
            case Acceptance.Refused(var why) -> new Opening.Refused(Refusal.of(why));
            case Acceptance.Accepted(var agreed, var prekey, var spent) ->
                agreed.sessionId().equals(id)
                        ? open(Ratchet.answering(agreed, prekey), message, nowMillis, true, spent)
                        : new Opening.Refused(Refusal.OTHER_SESSION);
        };
    }

    private Opening open(Ratchet ratchet, Message message, long nowMillis, boolean began, OptionalLong spent) {
        return switch (ratchet.open(message, nowMillis)) {
            case Ratchet.Refused(var why) -> new Opening.Refused(why);
            case Ratchet.Opened(var next, var padded) -> {
                var content = Padding.unpad(padded.toArrayUnsafe());
                yield content == null
                        ? new Opening.Refused(Refusal.BAD_PADDING)
                        : new Opening.Opened(
                                first(Session.answered(next)), ByteString.fromArrayUnsafe(content), began, spent);
            }
        };
    }

    private Optional<Session> find(ByteString id) {
        return sessions.stream().filter(session -> session.id().equals(id)).findFirst();
    }

    /** These with {@code session} in front, instead of the one of its id. */
    private Sessions first(Session session) {
        var next = new ArrayList<Session>(sessions.size() + 1);
        next.add(session);
        for (var other : sessions) if (!other.id().equals(session.id())) next.add(other);
        if (next.size() <= SESSIONS_MAX) return new Sessions(next, ended);
        var over = new ArrayList<ByteString>();
        over.add(next.removeLast().id());
        over.addAll(ended.subList(0, Math.min(ended.size(), ENDED_MAX - 1)));
        return new Sessions(next, over);
    }

    @Override
    public String toString() {
        return "Sessions[%d]".formatted(sessions.size());
    }
}
