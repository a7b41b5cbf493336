package parley.peer.contact;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.pekko.util.ByteString;
import parley.messages.field.MalformedFields;
import parley.messages.identity.Appending;
import parley.messages.identity.IdentityKey;
import parley.messages.identity.KeyChain;
import parley.messages.identity.KeyChainCodec;
import parley.messages.identity.OneTimePrekeys;
import parley.messages.identity.RegistryId;
import parley.messages.name.UserName;
import parley.messages.wire.Content;
import parley.messages.wire.Envelope;
import parley.messages.wire.MessageId;
import parley.messages.wire.Reason;
import parley.peer.cipher.ratchet.Sessions;
import parley.peer.cipher.ratchet.SessionsCodec;
import parley.peer.store.Change;
import parley.peer.store.Tables;

/**
 * Everything about one contact, as a value: whatever happens answers with the next one, with what to store and with
 * what follows once that is stored. This one never alters, so a step that could not be stored has not been taken.
 *
 * @param chain the one that is believed; none before any was seen
 * @param forked one that does not go on from it and waits to be accepted
 * @param outbox what the contact may not have yet
 * @param waiting a stranger's texts and groups
 * @param inboxes at most so much of what he said in groups and of files was not taken yet
 * @param asked whether a bundle is on its way; not stored
 * @param mending whether it is for a session in which a {@code REPEAT} will be said; not stored
 */
record Correspondence(
        UserName contact,
        Profile profile,
        Optional<KeyChain> chain,
        Optional<KeyChain> forked,
        Sessions sessions,
        Outbox outbox,
        List<Waiting> waiting,
        Inboxes inboxes,
        boolean asked,
        boolean mending) {

    Correspondence {
        waiting = List.copyOf(waiting);
    }

    static Correspondence with(UserName contact) {
        return new Correspondence(
                contact,
                Profile.NEW,
                Optional.empty(),
                Optional.empty(),
                Sessions.none(),
                Outbox.EMPTY,
                List.of(),
                Inboxes.EMPTY,
                false,
                false);
    }

    /** As the last commit left it. */
    static Correspondence read(UserName contact, RegistryId registry, Tables tables) {
        var key = Places.of(contact);
        var profile = tables.get(Places.PROFILE, key).map(ProfileCodec::decode);
        var chain = tables.get(Places.CHAIN, key).map(row -> chain(registry, contact, row));
        if (profile.isEmpty()) return with(contact).with(chain);
        var stored = profile.get();
        var entries = new ArrayList<OutboxEntry>();
        for (long order = stored.outboxFirst(); order < stored.outboxNext(); order++)
            tables.get(Places.OUTBOX, Places.of(contact, order))
                    .map(OutboxEntry::decode)
                    .ifPresent(entries::add);
        var waiting = new ArrayList<Waiting>();
        for (int order = 0; order < stored.waiting(); order++)
            tables.get(Places.WAITING, Places.of(contact, order))
                    .map(Waiting::decode)
                    .ifPresent(waiting::add);
        return new Correspondence(
                contact,
                stored.profile(),
                chain,
                tables.get(Places.FORKED, key).map(row -> chain(registry, contact, row)),
                tables.get(Places.SESSIONS, key).map(SessionsCodec::decode).orElse(Sessions.none()),
                Outbox.of(entries, stored.outboxNext()),
                waiting,
                Inboxes.count(contact, tables),
                false,
                false);
    }

    private static KeyChain chain(RegistryId registry, UserName contact, ByteString row) {
        return switch (KeyChainCodec.decode(registry, contact, row)) {
            case Appending.Longer(var verified) -> verified;
            case Appending.Refused(var why) -> throw new MalformedFields("a stored chain: " + why);
        };
    }

    private Correspondence with(Optional<KeyChain> seen) {
        return new Correspondence(contact, profile, seen, forked, sessions, outbox, waiting, inboxes, asked, mending);
    }

    /** The first step after it was read: whatever nobody has acknowledged goes out again. */
    Step resumed(Moment moment) {
        return Resuming.resume(new Turn(this, moment)).done();
    }

    Writing.Answer written(String text, Moment moment) {
        return Writing.write(text, new Turn(this, moment));
    }

    /** Something of a group for him as a member. */
    ToMember.Answer enqueued(Content.InGroup content, IdentityKey to, List<Change> with, Moment moment) {
        return ToMember.enqueue(content, to, with, new Turn(this, moment));
    }

    /** Something of a file for him. */
    ToContact.Answer handed(ContactCommand.Hand hand, Moment moment) {
        return ToContact.hand(hand, new Turn(this, moment));
    }

    /** @param seen whether the id was received before, and what it was */
    Opening.Answer opened(Envelope envelope, Path path, Optional<Seen> seen, boolean chainIsFresh, Moment moment) {
        return Opening.open(envelope, path, seen, chainIsFresh, new Turn(this, moment));
    }

    Step deposited(MessageId id, Moment moment) {
        return Progress.deposited(id, new Turn(this, moment)).done();
    }

    Step notDeposited(MessageId id, boolean never, String why, Moment moment) {
        return Progress.notDeposited(id, never, why, new Turn(this, moment)).done();
    }

    Step acked(List<MessageId> ids, Moment moment) {
        return Progress.acked(ids, new Turn(this, moment)).done();
    }

    Step refused(MessageId id, Reason reason, Moment moment) {
        var turn = new Turn(this, moment);
        Resealing.refused(id, reason, turn);
        Sealing.sealPending(turn);
        return turn.done();
    }

    Step bundle(KeyChain given, Optional<OneTimePrekeys> pair, Moment moment) {
        return Beginning.begin(given, pair, new Turn(this, moment)).done();
    }

    Step noBundle(boolean never, String why, Moment moment) {
        return Beginning.none(never, why, new Turn(this, moment)).done();
    }

    /** A bundle is needed and none is on its way. */
    boolean wantsBundle() {
        return outbox.hasUnsealed() && !asked && maySend();
    }

    Step askedAgain(Moment moment) {
        var turn = new Turn(this, moment);
        Sealing.sealPending(turn);
        return turn.done();
    }

    Step chainSeen(KeyChain given, Moment moment) {
        var turn = new Turn(this, moment);
        Identity.saw(given, turn);
        ToMember.giveUpOthers(given, turn);
        Sealing.sealPending(turn);
        return turn.done();
    }

    Step accepted(Moment moment) {
        var turn = new Turn(this, moment);
        Requests.accept(turn);
        Sealing.sealPending(turn);
        return turn.done();
    }

    Step blocked(Moment moment) {
        return Requests.block(new Turn(this, moment)).done();
    }

    Step identityAccepted(Moment moment) {
        return Identity.accept(new Turn(this, moment)).done();
    }

    Step verified(Moment moment) {
        return Identity.verified(new Turn(this, moment)).done();
    }

    Step read(boolean receipts, Moment moment) {
        return Receipts.read(receipts, new Turn(this, moment)).done();
    }

    Step receiptsSaid(Content.Receipt.What what, List<MessageId> ids, Moment moment) {
        return Receipts.say(what, ids, new Turn(this, moment)).done();
    }

    /** What the disk really holds of what he said in groups and of files. */
    Step counted(Inboxes held, Moment moment) {
        var turn = new Turn(this, moment);
        turn.inboxes = held.notBefore(inboxes);
        // What found no room was left.
        if (held.hasRoomAgain(inboxes)) turn.follows(new Effect.CollectAgain(contact));
        return turn.done();
    }

    /** Says what is owed: receipts, and if {@code repeats} what could not be opened. */
    Step told(boolean repeats, Moment moment) {
        return Receipts.tell(repeats, new Turn(this, moment)).done();
    }

    /** For what is held of a stranger. */
    void owe(Allowance allowance) {
        allowance.owe(waitingBytes());
        allowance.chains().owe(chainBytes());
    }

    void give(Allowance allowance) {
        allowance.give(waitingBytes());
        allowance.chains().give(chainBytes());
    }

    private long waitingBytes() {
        return waiting.stream().mapToLong(Waiting::bytes).sum();
    }

    private long chainBytes() {
        return profile.standing() == Standing.STRANGER ? Identity.cost(chain, forked) : 0;
    }

    /** Whoever brought nothing that is worth keeping. Nothing is on disk of him: anybody can be named as a sender. */
    boolean isNobody() {
        return profile.equals(Profile.NEW) && waiting.isEmpty() && outbox.all().isEmpty();
    }

    /** Whether anything may leave for this contact. */
    boolean maySend() {
        return profile.standing() != Standing.BLOCKED
                && profile.trust() != Trust.FORKED
                && profile.trust() != Trust.REVOKED;
    }

    boolean owesReceipts() {
        return profile.owed().hasReceipts() && maySend();
    }

    boolean owesRepeat() {
        return !profile.owed().unopened().isEmpty() && maySend();
    }

    ContactStatus status() {
        return new ContactStatus(
                contact,
                profile.standing(),
                profile.trust(),
                profile.unread().size(),
                waiting.size(),
                outbox.texts(),
                profile.incoming().gaps().ranges(),
                chain,
                forked);
    }

    @Override
    public String toString() {
        return "Correspondence[%s, %s]".formatted(contact, profile);
    }
}
