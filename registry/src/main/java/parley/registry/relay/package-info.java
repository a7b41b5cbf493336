/**
 * Who meets whom at the relay, and how much of it each account may use; docs/PROTOCOL.md §13.5.
 *
 * <p><b>Flow.</b> {@code gate.relay} &rarr; {@link parley.registry.relay.Relays}, which joins two sides that have named
 * each other and the same token; from then on each side tells the other one its bytes, and asks the {@link
 * parley.registry.relay.Passage} between them what they cost.
 *
 * <p><b>Leans on</b> {@code messages}. No streams: a side is told words.
 *
 * <p><b>Words.</b> A <i>side</i> is one of the two connections. A <i>place</i> is what it has here from its call to its
 * end. A <i>share</i> is what one account may use; it is kept in memory, and a restart forgives.
 *
 * <p><b>To limit something else:</b> {@code RelayLimits} and reference.conf, then {@code Share}.
 */
@org.jspecify.annotations.NullMarked
package parley.registry.relay;
