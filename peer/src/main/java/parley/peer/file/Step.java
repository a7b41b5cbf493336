package parley.peer.file;

import java.util.List;
import parley.peer.store.Change;

/**
 * What follows from something that happened.
 *
 * @param next what is so once {@code changes} are on disk
 * @param posts also in {@code changes}: what others are to be told from then on
 * @param effects what to do then, in their order
 */
record Step(Transfers next, List<Change> changes, List<Post> posts, List<FileEffect> effects) {
    Step {
        changes = List.copyOf(changes);
        posts = List.copyOf(posts);
        effects = List.copyOf(effects);
    }
}
