package parley.peer.group;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import parley.peer.store.Change;

/**
 * What a circle answers.
 *
 * @param changes to be stored together
 * @param letters to be brought to members' ciphers once they are; they are among the changes
 * @param effects to be had then, in their order
 */
record Step(Circle next, List<Change> changes, List<Letter> letters, List<GroupEffect> effects) {
    Step {
        changes = List.copyOf(changes);
        letters = List.copyOf(letters);
        effects = List.copyOf(effects);
    }

    static Step nothing(Circle same) {
        return new Step(same, List.of(), List.of(), List.of());
    }

    /** Another one right behind this one, in the same commit. */
    Step then(Function<Circle, Step> second) {
        var more = second.apply(next);
        return new Step(
                more.next, joined(changes, more.changes), joined(letters, more.letters), joined(effects, more.effects));
    }

    private static <T> List<T> joined(List<T> first, List<T> second) {
        var all = new ArrayList<>(first);
        all.addAll(second);
        return all;
    }
}
