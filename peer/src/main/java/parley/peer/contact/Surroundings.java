package parley.peer.contact;

import java.security.SecureRandom;
import java.time.InstantSource;
import org.apache.pekko.actor.typed.ActorRef;
import parley.peer.store.OwnKeys;
import parley.peer.store.Store;

/**
 * What all contacts of an account share.
 *
 * @param owner hears of every effect, of all contacts
 */
public record Surroundings(
        OwnKeys keys,
        ActorRef<Store.Command> store,
        ActorRef<? super Effect> owner,
        Allowance allowance,
        WantedGroups groups,
        WantedFiles files,
        SecureRandom random,
        InstantSource clock,
        ContactSettings settings) {
    Moment moment() {
        // Before 1970 nothing was written, and no field holds it.
        return new Moment(keys, random, Math.max(0, clock.millis()), allowance, groups, files);
    }
}
