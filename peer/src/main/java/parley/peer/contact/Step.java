package parley.peer.contact;

import java.util.List;
import parley.peer.store.Change;

/**
 * What a correspondence answers.
 *
 * @param changes to be stored together
 * @param effects to be had once they are, in their order
 */
record Step(Correspondence next, List<Change> changes, List<Effect> effects) {
    Step {
        changes = List.copyOf(changes);
        effects = List.copyOf(effects);
    }
}
