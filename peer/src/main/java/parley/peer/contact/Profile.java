package parley.peer.contact;

import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.util.ByteString;
import parley.messages.wire.Content.Text;
import parley.messages.wire.MessageId;

/**
 * What is small about a contact and alters with nearly everything: one record of the vault.
 *
 * @param next the counter of our next text
 * @param previous the hash of our last one
 * @param unread ids of texts that were shown and not yet read; beyond {@value #UNREAD_MAX} the oldest get no receipt
 * @param retired sessions in which nothing is sealed any more, because the contact could not open it
 * @param withoutPair whether the next session begins without one-time prekeys, because the last ones were spent
 * @param inGroup whether something of a group went to him or came from him: then his sessions are kept, whatever else
 *     he is to us
 */
record Profile(
        Standing standing,
        Trust trust,
        long next,
        ByteString previous,
        Incoming incoming,
        Owed owed,
        List<MessageId> unread,
        List<ByteString> retired,
        boolean withoutPair,
        boolean inGroup) {
    static final int UNREAD_MAX = 1_000;

    /** More than there are sessions. */
    static final int RETIRED_MAX = 100;

    static final Profile NEW = new Profile(
            Standing.STRANGER,
            Trust.PINNED,
            1,
            Text.NO_PREVIOUS,
            Incoming.NONE,
            Owed.NOTHING,
            List.of(),
            List.of(),
            false,
            false);

    Profile {
        unread = List.copyOf(unread);
        retired = List.copyOf(retired);
    }

    Profile with(Standing now) {
        return new Profile(now, trust, next, previous, incoming, owed, unread, retired, withoutPair, inGroup);
    }

    Profile with(Trust now) {
        return new Profile(standing, now, next, previous, incoming, owed, unread, retired, withoutPair, inGroup);
    }

    Profile written(long nextCounter, ByteString last) {
        return new Profile(standing, trust, nextCounter, last, incoming, owed, unread, retired, withoutPair, inGroup);
    }

    Profile with(Incoming now) {
        return new Profile(standing, trust, next, previous, now, owed, unread, retired, withoutPair, inGroup);
    }

    Profile with(Owed now) {
        return new Profile(standing, trust, next, previous, incoming, now, unread, retired, withoutPair, inGroup);
    }

    Profile withUnread(MessageId id) {
        var more = new ArrayList<>(unread);
        more.add(id);
        var kept = more.subList(Math.max(0, more.size() - UNREAD_MAX), more.size());
        return new Profile(standing, trust, next, previous, incoming, owed, kept, retired, withoutPair, inGroup);
    }

    Profile allRead() {
        return new Profile(standing, trust, next, previous, incoming, owed, List.of(), retired, withoutPair, inGroup);
    }

    Profile withRetired(List<ByteString> sessions) {
        var more = new ArrayList<>(retired);
        sessions.stream().filter(id -> !retired.contains(id)).forEach(more::add);
        var kept = more.subList(Math.max(0, more.size() - RETIRED_MAX), more.size());
        return new Profile(standing, trust, next, previous, incoming, owed, unread, kept, withoutPair, inGroup);
    }

    Profile withoutPair(boolean now) {
        return new Profile(standing, trust, next, previous, incoming, owed, unread, retired, now, inGroup);
    }

    Profile metInGroup() {
        return new Profile(standing, trust, next, previous, incoming, owed, unread, retired, withoutPair, true);
    }

    /** With somebody else behind the name: both count from 1 again. */
    Profile startedAgain() {
        return new Profile(
                standing,
                Trust.PINNED,
                1,
                Text.NO_PREVIOUS,
                Incoming.NONE,
                Owed.NOTHING,
                unread,
                List.of(),
                false,
                inGroup);
    }

    @Override
    public String toString() {
        return "Profile[%s, %s]".formatted(standing, trust);
    }
}
