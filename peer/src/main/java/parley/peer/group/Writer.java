package parley.peer.group;

import parley.messages.identity.IdentityKey;
import parley.peer.contact.Incoming;

/**
 * Where a member's texts stand in his order.
 *
 * @param identity under which he wrote them; another one begins anew
 */
record Writer(IdentityKey identity, Incoming incoming) {}
