package parley.peer.contact;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.apache.pekko.util.ByteString;
import parley.messages.identity.KeyChain;
import parley.messages.identity.KeyChainCodec;
import parley.messages.identity.RegistryId;
import parley.messages.name.UserName;
import parley.peer.cipher.ratchet.Sessions;
import parley.peer.cipher.ratchet.SessionsCodec;
import parley.peer.store.Change;

/**
 * A step while it is being taken: gathers what alters, what is to be stored and what follows. Mutable and short-lived;
 * it never leaves the method that made it, and {@link #done} ends it.
 */
final class Turn {
    private final Correspondence before;
    private final Moment moment;
    private final List<Change> changes = new ArrayList<>();
    private final List<Effect> effects = new ArrayList<>();

    private Profile profile;
    private boolean profileAltered;
    private Sessions sessions;
    private boolean sessionsAltered;
    private Outbox outbox;

    Optional<KeyChain> chain;
    Optional<KeyChain> forked;
    List<Waiting> waiting;
    Inboxes inboxes;
    boolean asked;
    boolean mending;

    Turn(Correspondence before, Moment moment) {
        this.before = before;
        this.moment = moment;
        profile = before.profile();
        chain = before.chain();
        forked = before.forked();
        sessions = before.sessions();
        outbox = before.outbox();
        waiting = before.waiting();
        inboxes = before.inboxes();
        asked = before.asked();
        mending = before.mending();
    }

    UserName contact() {
        return before.contact();
    }

    Moment moment() {
        return moment;
    }

    RegistryId registry() {
        return moment.keys().chain().registry();
    }

    boolean is(Standing standing) {
        return profile.standing() == standing;
    }

    /** Whether anything may leave for this contact. */
    boolean maySend() {
        return !is(Standing.BLOCKED) && profile.trust() != Trust.FORKED && profile.trust() != Trust.REVOKED;
    }

    Profile profile() {
        return profile;
    }

    void alter(UnaryOperator<Profile> how) {
        profile = how.apply(profile);
        profileAltered = true;
    }

    /** From now on his sessions are kept even if he is a stranger. */
    void metInGroup() {
        if (!profile.inGroup()) alter(Profile::metInGroup);
    }

    Sessions sessions() {
        return sessions;
    }

    void become(Sessions next) {
        sessions = next;
        sessionsAltered = true;
    }

    Outbox outbox() {
        return outbox;
    }

    void store(Change change) {
        changes.add(change);
    }

    void follows(Effect effect) {
        effects.add(effect);
    }

    void put(OutboxEntry entry) {
        outbox = outbox.with(entry);
        changes.add(new Change.Put(Places.OUTBOX, Places.of(contact(), entry.order()), entry::encode));
    }

    void remove(OutboxEntry entry) {
        outbox = outbox.without(entry);
        changes.add(new Change.Delete(Places.OUTBOX, Places.of(contact(), entry.order())));
    }

    Step done() {
        var next = new Correspondence(
                contact(), profile, chain, forked, sessions, outbox, waiting, inboxes, asked, mending);
        if (!next.isNobody()) keep();
        else if (!before.isNobody()) forget();
        if (isKnownOtherwise()) effects.addFirst(known());
        return new Step(next, changes, effects);
    }

    /** What has altered, or all of it if nothing is on disk yet. */
    private void keep() {
        var key = Places.of(contact());
        boolean fresh = before.isNobody();
        if (fresh || profileAltered || outbox != before.outbox() || !waiting.equals(before.waiting())) {
            var stored = new ProfileCodec.Stored(profile, outbox.first(), outbox.next(), waiting.size());
            put(Places.PROFILE, key, () -> ProfileCodec.encode(stored));
        }
        if (sessionsAltered || (fresh && !sessions.ids().isEmpty())) {
            var now = sessions;
            put(Places.SESSIONS, key, () -> SessionsCodec.encode(now));
        }
        if ((fresh && chain.isPresent()) || !chain.equals(before.chain())) putChain(Places.CHAIN, key, chain);
        if ((fresh && forked.isPresent()) || !forked.equals(before.forked())) putChain(Places.FORKED, key, forked);
    }

    private void forget() {
        for (var table : List.of(Places.PROFILE, Places.SESSIONS, Places.CHAIN, Places.FORKED))
            changes.add(new Change.Delete(table, Places.of(contact())));
    }

    Effect.Known known() {
        return new Effect.Known(contact(), profile.standing(), profile.trust(), chain);
    }

    private boolean isKnownOtherwise() {
        return profile.standing() != before.profile().standing()
                || profile.trust() != before.profile().trust()
                || !chain.equals(before.chain());
    }

    private void putChain(String table, ByteString key, Optional<KeyChain> value) {
        if (value.isEmpty()) changes.add(new Change.Delete(table, key));
        else put(table, key, () -> KeyChainCodec.encode(value.get()));
    }

    private void put(String table, ByteString key, Supplier<ByteString> value) {
        changes.add(new Change.Put(table, key, value));
    }
}
