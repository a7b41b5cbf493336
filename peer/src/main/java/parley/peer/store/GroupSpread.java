package parley.peer.store;

import parley.messages.name.GroupName;

/**
 * How far a text of ours in a group has come with all its members: whom it has reached so far, or further.
 *
 * @param of all to whom it was written
 */
public record GroupSpread(GroupName group, int sent, int delivered, int read, int of) {}
