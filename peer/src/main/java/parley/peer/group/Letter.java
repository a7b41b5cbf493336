package parley.peer.group;

import parley.messages.identity.IdentityKey;
import parley.messages.name.UserName;
import parley.messages.wire.Content;

/**
 * A content for one member that his cipher has not taken yet.
 *
 * @param identity under which the log holds him
 */
record Letter(Content.InGroup content, UserName to, IdentityKey identity) {}
