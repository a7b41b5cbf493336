package parley.peer.store;

import java.util.Optional;

/**
 * A text of the history, in its place.
 *
 * @param reach how far it has come; only of what we wrote to a contact
 * @param inGroup to how many it has come; only of what we wrote in a group
 */
public record HistoryLine(long serial, HistoryEntry entry, Optional<Reach> reach, Optional<GroupSpread> inGroup) {}
