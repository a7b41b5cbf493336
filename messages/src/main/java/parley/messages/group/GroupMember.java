package parley.messages.group;

import parley.messages.identity.IdentityKey;
import parley.messages.name.UserName;

/**
 * Somebody whom a group's log names as its member.
 *
 * @param identity he is one under this key only
 */
public record GroupMember(UserName name, IdentityKey identity, boolean admin) {}
