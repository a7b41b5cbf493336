package parley.messages.directory;

import parley.messages.name.UserName;

/**
 * What the first line of a connection to the relay says.
 *
 * @param own whose account it is; the connection shows the TLS key of its chain
 * @param with whose connection it is to be joined to
 */
public record RelayCall(UserName own, UserName with, RelayToken token) {}
