/**
 * What things are called: users, groups, and where a peer listens.
 *
 * <p><b>Flow.</b> Text from a socket or a keyboard becomes one of these records at the edge or is refused there; past
 * the edge a bad name cannot exist.
 *
 * <p><b>Leans on</b> nothing.
 *
 * <p><b>Words.</b> A <i>name</i> is compared in lower case. An <i>address</i> is where a peer accepts links.
 */
@org.jspecify.annotations.NullMarked
package parley.messages.name;
