/**
 * The registry's modern side: lines in mutual TLS, translated for the actors; docs/PROTOCOL.md §7 and §8.
 *
 * <p><b>Flow.</b> socket &rarr; {@link parley.registry.gate.modern.ModernGate} &rarr; {@code Door} (may it come in?)
 * &rarr; channel &rarr; one {@code ConnectionStage} with its {@code Connection}: {@code Lines} &rarr; requests &rarr; {@link
 * parley.registry.gate.modern.ModernDesk} &rarr; sharded actors &rarr; answers &rarr; {@code Outbox} &rarr; lines. A
 * connection whose handshake says that it is for the relay is handed over to {@code gate.relay}.
 *
 * <p><b>Leans on</b> {@code gate} for the door, {@code gate.relay}, {@code user}, {@code mailbox}, {@code group}, {@code channel} and {@code messages}.
 *
 * <p><b>Words.</b> A <i>visit</i>, a <i>stranger</i>, to <i>drain</i>: as in {@code gate}. A request is <i>unanswered</i>
 * from when it is looked at until its answer waits in the <i>outbox</i>. To <i>collect</i> is to have envelopes pushed.
 *
 * <p><b>To answer a new request:</b> {@code Request} and its codec, a case in {@code ShardedModernDesk} and one in
 * {@code ModernAnswers}; the connection need not know unless the request changes it.
 */
@org.jspecify.annotations.NullMarked
package parley.registry.gate.modern;
