package parley.peer.session;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Scheduler;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import parley.messages.name.GroupName;
import parley.peer.cipher.ContactCipher;
import parley.peer.cipher.GroupCipher;
import parley.peer.cipher.OwnKeyPair;
import parley.peer.talk.Party;

/** The cipher actors of one session, made when first needed and lent out. Belongs to its session's thread. */
final class Ciphers {
    /**
     * Anyone can claim any name, so the cipher that was longest unused is stopped first. One that is lent is not: a
     * stranger with a thousand names must not break the file that is coming from a friend.
     */
    static final int KEPT_MAX = 1024;

    private record Kept(Cipher cipher, ActorRef<?> actor, int lent) {
        Kept lent(int change) {
            return new Kept(cipher, actor, lent + change);
        }
    }

    private final ActorContext<Session.Command> context;
    private final OwnKeyPair keys;
    private final Registry registry;
    private final Map<Party, Kept> kept = new LinkedHashMap<>(16, 0.75f, true);
    private int lent;

    Ciphers(ActorContext<Session.Command> context, OwnKeyPair keys, Registry registry) {
        this.context = context;
        this.keys = keys;
        this.registry = registry;
    }

    /** Empty if there are too many already, and all of them are in use. */
    Optional<Cipher> lend(Party party) {
        var known = kept.get(party);
        if (known == null) {
            if (kept.size() >= KEPT_MAX && !stopOldest()) return Optional.empty();
            known = made(party);
        }
        kept.put(party, known.lent(1));
        lent++;
        return Optional.of(known.cipher());
    }

    void takeBack(Party party) {
        kept.computeIfPresent(party, (same, cipher) -> cipher.lent(-1));
        lent--;
    }

    boolean anyLent() {
        return lent > 0;
    }

    private boolean stopOldest() {
        for (var oldest = kept.values().iterator(); oldest.hasNext(); ) {
            var candidate = oldest.next();
            if (candidate.lent() > 0) continue;
            context.stop(candidate.actor());
            oldest.remove();
            return true;
        }
        return false;
    }

    private Kept made(Party party) {
        var session = context.getSelf();
        Runnable back = () -> session.tell(new Session.GivenBack(party));
        var scheduler = context.getSystem().scheduler();
        return switch (party) {
            case Party.User contact -> contact(scheduler, back);
            case Party.Group(var group) -> group(group, scheduler, back);
        };
    }

    private Kept contact(Scheduler scheduler, Runnable back) {
        var actor = context.spawnAnonymous(ContactCipher.create(keys));
        return new Kept(new Cipher.OfContact(actor, scheduler, back), actor, 0);
    }

    private Kept group(GroupName group, Scheduler scheduler, Runnable back) {
        var actor = context.spawnAnonymous(GroupCipher.create(() -> registry.keyOf(group)
                .<GroupCipher.KeyAnswer>thenApply(GroupCipher.Granted::new)
                .exceptionally(refused -> new GroupCipher.Denied(NotDelivered.why(refused)))));
        return new Kept(new Cipher.OfGroup(actor, scheduler, back), actor, 0);
    }
}
