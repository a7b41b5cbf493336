package parley.peer.session;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import parley.messages.name.GroupName;
import parley.peer.cipher.ContactCipher;
import parley.peer.cipher.GroupCipher;
import parley.peer.cipher.OwnKeyPair;
import parley.peer.talk.Party;

/** The cipher actors of one session, made when first needed. Belongs to its session's thread. */
final class Ciphers {
    /** Anyone can claim any name; the cipher that was longest unused is stopped first. */
    static final int KEPT_MAX = 1024;

    private record Kept(Cipher cipher, ActorRef<?> actor) {}

    private final ActorContext<?> context;
    private final OwnKeyPair keys;
    private final Registry registry;
    private final Map<Party, Kept> kept = new LinkedHashMap<>(16, 0.75f, true);

    Ciphers(ActorContext<?> context, OwnKeyPair keys, Registry registry) {
        this.context = context;
        this.keys = keys;
        this.registry = registry;
    }

    Cipher of(Party party) {
        var known = kept.get(party);
        if (known != null) return known.cipher();
        var made = switch (party) {
            case Party.User contact -> contact();
            case Party.Group(var group) -> group(group);
        };
        kept.put(party, made);
        if (kept.size() > KEPT_MAX) {
            var oldest = kept.entrySet().iterator();
            context.stop(oldest.next().getValue().actor());
            oldest.remove();
        }
        return made.cipher();
    }

    private Kept contact() {
        var actor = context.spawnAnonymous(ContactCipher.create(keys));
        return new Kept(new Cipher.OfContact(actor, context.getSystem().scheduler()), actor);
    }

    private Kept group(GroupName group) {
        var actor = context.spawnAnonymous(GroupCipher.create(() -> registry.keyOf(group)
                .<GroupCipher.KeyAnswer>thenApply(GroupCipher.Granted::new)
                .exceptionally(refused -> new GroupCipher.Denied(NotDelivered.why(refused)))));
        return new Kept(new Cipher.OfGroup(actor, context.getSystem().scheduler()), actor);
    }
}
