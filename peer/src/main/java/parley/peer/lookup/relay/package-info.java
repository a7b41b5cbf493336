/**
 * The way to somebody who cannot be called: a connection to the registry that it joins to one of his; docs/PROTOCOL.md
 * §13.5.
 *
 * <p><b>Flow.</b> whoever wants a relay &rarr; {@link parley.peer.lookup.relay.RelayDial} &rarr; TCP, channel and {@link
 * parley.peer.lookup.relay.CallStage}, which says the one line and waits &rarr; {@link
 * parley.peer.lookup.relay.Outcome.Relayed}: a flow of the other one's bytes.
 *
 * <p><b>Leans on</b> {@link parley.messages.directory} for the line, {@link parley.channel} for TLS.
 *
 * <p><b>Words.</b> An <i>attempt</i> is one connection, from dialling until both are there or it is certain that they
 * will not be. Bytes are <i>relayed</i> by the registry, which sees how many and when, and nothing else: what passes is
 * sealed before it comes here.
 *
 * <p><b>To change the line:</b> {@code RelayLines}, and docs/PROTOCOL.md before it.
 */
@org.jspecify.annotations.NullMarked
package parley.peer.lookup.relay;
