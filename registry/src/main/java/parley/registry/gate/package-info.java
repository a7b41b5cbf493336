/**
 * The registry's TCP side: the classic protocol translated for the actors, and the limits that keep strangers from
 * costing others anything.
 *
 * <p><b>Flow.</b> socket &rarr; {@link parley.registry.gate.ClassicGate} &rarr; {@link parley.registry.gate.Door} (may
 * it come in?) &rarr; one {@link parley.registry.gate.GateStage} with its {@link parley.registry.gate.Connection}:
 * bytes &rarr; framer &rarr; request &rarr; {@link parley.registry.gate.Desk} &rarr; sharded actors &rarr; reply &rarr;
 * bytes.
 *
 * <p><b>Leans on</b> {@code user}, {@code group} and {@code messages}.
 *
 * <p><b>Words.</b> A <i>visit</i> is one connection from accept to close. A <i>stranger</i> is a visit that is not
 * signed in; those from a private or loopback address are <i>nearby</i>. <i>Nonsense</i> is a request that cannot be
 * read. To <i>drain</i> is to answer what was received, and then to close.
 *
 * <p><b>To answer a new request:</b> {@code Request} and its codec, then a case in {@code ShardedDesk}; the stage need
 * not know unless the request changes the connection itself.
 */
@org.jspecify.annotations.NullMarked
package parley.registry.gate;
