package parley.peer.contact;

import java.util.Optional;
import java.util.OptionalLong;
import org.apache.pekko.util.ByteString;
import parley.messages.field.MalformedFields;
import parley.messages.wire.Content;
import parley.messages.wire.Content.Receipt.What;
import parley.messages.wire.Content.Repeat.Unopened;
import parley.messages.wire.ContentCodec;
import parley.messages.wire.Envelope;
import parley.messages.wire.MessageId;
import parley.messages.wire.Reason;
import parley.peer.cipher.ratchet.Refusal;
import parley.peer.cipher.ratchet.Sessions;

/**
 * An envelope of the contact's. What it held, its id, the advanced sessions and the spent pair are changes of one step,
 * and {@link Effect.Acknowledge} follows them.
 *
 * <pre>
 *   blocked ──► acknowledged, unread          seen before ──► acknowledged, not opened
 *   no chain, or an older one than the greeting's ──► AwaitsChain, once
 *   opened ──► text, receipt, repeat, nothing, unknown ──► acknowledged
 *          ──► said in a group, or of a file ──► kept for it, and acknowledged: FromGroup, FromFile
 *          ──► a stranger's text over the quota ──► left, and nothing has happened
 *   not opened ──► refused on a link; from the mailbox acknowledged, and owed a REPEAT
 * </pre>
 */
final class Opening {
    sealed interface Answer {}

    /** @param seen what is to be remembered while it is not on disk yet; empty if nothing was opened */
    record Done(Step step, Optional<Seen> seen) implements Answer {}

    /** It can be decided only with the contact's chain, as it is now. */
    record AwaitsChain() implements Answer {}

    static Answer open(Envelope envelope, Path path, Optional<Seen> seen, boolean chainIsFresh, Turn turn) {
        var id = envelope.id();
        if (turn.is(Standing.BLOCKED)) return acknowledged(id, path, Optional.empty(), turn);
        if (seen.isPresent()) {
            boolean receipted =
                    seen.get() == Seen.GROUP_TEXT || (seen.get() == Seen.TEXT && turn.is(Standing.ACCEPTED));
            if (receipted && path instanceof Path.Mailbox)
                turn.alter(profile -> profile.with(profile.owed().withDelivered(id)));
            return acknowledged(id, path, Optional.empty(), turn);
        }
        if (turn.chain.isEmpty()) return chainIsFresh ? left(id, path, turn) : new AwaitsChain();
        var theirs = turn.chain.get();
        var moment = turn.moment();
        return switch (turn.sessions().open(envelope.message(), moment.keys().own(), theirs, moment.nowMillis())) {
            case parley.peer.cipher.ratchet.Opening.Opened(var next, var content, var began, var spent) ->
                opened(id, path, content, next, began, spent, turn);
            case parley.peer.cipher.ratchet.Opening.Refused(var why) -> {
                // An identity or agreement key that we don't know may be in a part of the chain that we don't know.
                boolean stranger = why == Refusal.OTHER_IDENTITY;
                if (stranger && !chainIsFresh) yield new AwaitsChain();
                if (stranger && turn.profile().trust() == Trust.FORKED) yield left(id, path, turn);
                yield refused(id, path, why, turn);
            }
        };
    }

    private static Answer opened(
            MessageId id, Path path, ByteString bytes, Sessions next, boolean began, OptionalLong spent, Turn turn) {
        final Content content;
        try {
            content = ContentCodec.decode(id, bytes);
        } catch (MalformedFields malformed) {
            return refused(id, path, Refusal.BAD_PADDING, turn);
        }
        var kept = keep(content, turn);
        if (kept == Kept.NOT) return left(id, path, turn);
        turn.become(next);
        spent.ifPresent(pair -> turn.store(turn.moment().keys().spend(turn.contact(), pair)));
        var seen = seen(content, kept, turn);
        if (isRemembered(kept, content, turn)) turn.store(seen.of(turn.contact(), id));
        turn.follows(new Effect.Acknowledge(turn.contact(), id, path));
        take(content, path, kept, turn);
        // Over a link nobody else would answer in the session, and they would greet in every message.
        boolean silent = path instanceof Path.Link && turn.is(Standing.ACCEPTED);
        if (began && silent)
            Sealing.enqueue(new Content.Nothing(MessageId.random(turn.moment().random())), turn);
        else Sealing.sealPending(turn);
        return new Done(turn.done(), Optional.of(seen));
    }

    private static Kept keep(Content content, Turn turn) {
        return switch (content) {
            case Content.Text text
            when turn.is(Standing.STRANGER) -> Requests.keep(text, turn) ? Kept.AS_REQUEST : Kept.NOT;
            case Content.InGroup said -> FromGroup.keep(said, turn);
            case Content.Text text -> Kept.HERE;
            case Content.Receipt receipt -> Kept.HERE;
            case Content.Repeat repeat -> Kept.HERE;
            case Content.Nothing nothing -> Kept.HERE;
            case Content.OfFile file -> FromFile.keep(file, turn);
            case Content.Unknown unknown -> Kept.HERE;
        };
    }

    private static Seen seen(Content content, Kept kept, Turn turn) {
        if (content instanceof Content.Text) return Seen.TEXT;
        boolean receipted =
                kept == Kept.HERE && content instanceof Content.InGroup said && FromGroup.isReceipted(said, turn);
        return receipted ? Seen.GROUP_TEXT : Seen.OTHER;
    }

    /**
     * What a stranger says that is not kept does nothing, once or twice; else he could write one row after the other. A
     * member of a group is none.
     */
    private static boolean isRemembered(Kept kept, Content content, Turn turn) {
        boolean stored = kept == Kept.AS_REQUEST
                || (kept == Kept.HERE && (content instanceof Content.InGroup || content instanceof Content.OfFile));
        return stored || !turn.is(Standing.STRANGER) || turn.profile().inGroup();
    }

    private static void take(Content content, Path path, Kept kept, Turn turn) {
        switch (content) {
            case Content.Text text -> text(text, path, turn);
            case Content.Receipt(var id, var what, var ids) ->
                ids.forEach(named -> Progress.receipted(named, what == What.READ, turn));
            case Content.Repeat repeat -> Resealing.repeat(repeat, turn);
            case Content.Nothing nothing -> {}
            case Content.InGroup said -> inGroup(said, path, kept, turn);
            case Content.OfFile file -> ofFile(file, kept, turn);
            case Content.Unknown(var id, var kind, var body) ->
                turn.follows(new News.UnknownKind(turn.contact(), kind));
        }
    }

    private static void inGroup(Content.InGroup said, Path path, Kept kept, Turn turn) {
        if (kept == Kept.AS_REQUEST) turn.follows(Requests.waiting(turn));
        else FromGroup.handOver(said, turn);
        if (kept == Kept.HERE && path instanceof Path.Mailbox && FromGroup.isReceipted(said, turn))
            turn.alter(profile -> profile.with(profile.owed().withDelivered(said.id())));
    }

    private static void ofFile(Content.OfFile file, Kept kept, Turn turn) {
        switch (kept) {
            case HERE -> FromFile.handOver(file, turn);
            case AS_REQUEST -> turn.follows(Requests.waiting(turn));
            case DROPPED, NOT -> {}
        }
    }

    private static void text(Content.Text text, Path path, Turn turn) {
        var contact = turn.contact();
        boolean shown = turn.is(Standing.ACCEPTED);
        var place = turn.profile().incoming().place(text, ContentCodec.hash(turn.registry(), text));
        turn.alter(profile -> profile.with(place.next()));
        if (shown && place instanceof Incoming.AfterGap(var next, var missing))
            turn.follows(new News.Gap(contact, missing.from(), missing.to()));
        if (shown) Requests.show(text, turn);
        else turn.follows(Requests.waiting(turn));
        if (shown && path instanceof Path.Mailbox)
            turn.alter(profile -> profile.with(profile.owed().withDelivered(text.id())));
        switch (place) {
            case Incoming.Next next -> {}
            case Incoming.AfterGap gap -> {}
            case Incoming.Fills fills -> {
                if (shown) turn.follows(new News.GapFilled(contact, text.counter()));
            }
            case Incoming.OtherBefore other -> {
                if (shown) turn.follows(new News.VaultWasOld(contact, false, 0));
            }
            case Incoming.Older older -> {
                if (shown) turn.follows(new News.VaultWasOld(contact, false, 0));
                // So that its writer learns which counter is expected; it needs no sealing again.
                turn.alter(profile ->
                        profile.with(profile.owed().withUnopened(new Unopened(text.id(), Reason.OTHER), false)));
            }
        }
    }

    private static Answer refused(MessageId id, Path path, Refusal why, Turn turn) {
        switch (path) {
            case Path.Link link -> turn.follows(new Effect.Refuse(turn.contact(), id, reason(why)));
            case Path.Mailbox mailbox -> {
                boolean ended = why == Refusal.REVOKED;
                if (!ended && !turn.profile().owed().hasRoomForUnopened()) return left(id, path, turn);
                if (!ended)
                    turn.alter(profile ->
                            profile.with(profile.owed().withUnopened(new Unopened(id, reason(why)), true)));
                turn.follows(new Effect.Acknowledge(turn.contact(), id, path));
            }
        }
        return new Done(turn.done(), Optional.empty());
    }

    private static Answer acknowledged(MessageId id, Path path, Optional<Seen> seen, Turn turn) {
        turn.follows(new Effect.Acknowledge(turn.contact(), id, path));
        return new Done(turn.done(), seen);
    }

    /** Nothing of what was computed is kept. */
    private static Answer left(MessageId id, Path path, Turn turn) {
        turn.follows(new Effect.Leave(turn.contact(), id, path));
        return new Done(turn.done(), Optional.empty());
    }

    private static Reason reason(Refusal why) {
        return switch (why) {
            case UNKNOWN_SESSION -> Reason.UNKNOWN_SESSION;
            case ENDED_SESSION -> Reason.ENDED_SESSION;
            case UNKNOWN_PREKEYS -> Reason.UNKNOWN_PREKEYS;
            case SPENT_PREKEYS -> Reason.SPENT_PREKEYS;
            case REPLAYED -> Reason.REPLAYED;
            case FORGED -> Reason.FORGED;
            case TOO_FAR_AHEAD -> Reason.TOO_FAR_AHEAD;
            case MALFORMED,
                    OTHER_SESSION,
                    REFLECTED,
                    WEAK_KEY,
                    BAD_PADDING,
                    OTHER_REGISTRY,
                    OURSELVES,
                    REVOKED,
                    OTHER_IDENTITY -> Reason.OTHER;
        };
    }

    private Opening() {}
}
