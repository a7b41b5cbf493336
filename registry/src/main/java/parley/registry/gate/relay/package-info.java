/**
 * Connections to the relay: one line, and then the bytes of somebody else; docs/PROTOCOL.md §13.5.
 *
 * <p><b>Flow.</b> {@code gate.modern} hands a connection over whose handshake says that it is for the relay &rarr;
 * {@link parley.registry.gate.relay.RelayGate} &rarr; one {@code RelayStage} with its {@code RelayConnection}: line
 * &rarr; {@link parley.registry.gate.relay.RelayDesk} (is it that account?) &rarr; {@code Relays} (who meets whom) &rarr;
 * bytes &harr; the other one's {@code RelayConnection}.
 *
 * <p><b>Leans on</b> {@code registry.relay} for shares and meetings, {@code gate} for the door, {@code user}.
 *
 * <p><b>Words.</b> As in {@code registry.relay}.
 *
 * <p><b>To alter what passes:</b> nothing may be altered; who may pass is {@code Relays}'.
 */
@org.jspecify.annotations.NullMarked
package parley.registry.gate.relay;
