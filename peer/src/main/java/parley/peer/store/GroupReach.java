package parley.peer.store;

import parley.messages.name.GroupName;

/**
 * How far a text of ours in a group has come.
 *
 * @param reached members whom it has reached so far, or further
 * @param of all to whom it was written
 */
public record GroupReach(GroupName group, Reach reach, int reached, int of) {}
