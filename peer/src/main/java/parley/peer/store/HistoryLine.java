package parley.peer.store;

import java.util.Optional;

/**
 * A text of the history, in its place.
 *
 * @param reach how far it has come; only of what we wrote
 */
public record HistoryLine(long serial, HistoryEntry entry, Optional<Reach> reach) {}
