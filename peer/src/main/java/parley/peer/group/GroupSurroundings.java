package parley.peer.group;

import java.security.SecureRandom;
import java.time.InstantSource;
import org.apache.pekko.actor.typed.ActorRef;
import parley.peer.store.OwnKeys;
import parley.peer.store.Store;

/**
 * What all groups of an account share.
 *
 * @param owner hears of every effect, of all groups
 * @param readReceipts whether writers are told what was read
 */
public record GroupSurroundings(
        OwnKeys keys,
        ActorRef<Store.Command> store,
        GroupDesk desk,
        KnownGroups known,
        ActorRef<? super GroupEffect> owner,
        SecureRandom random,
        InstantSource clock,
        boolean readReceipts) {
    Moment moment() {
        // Before 1970 nothing was written, and no field holds it.
        return new Moment(keys, random, Math.max(0, clock.millis()), readReceipts);
    }
}
