/**
 * A classic client as they are in the field: blocking sockets, a thread per connection, one {@code send}, one {@code
 * recv}, no framing, no timeouts worth the name. It is the witness that a classic client does not notice us.
 *
 * <p><b>Flow.</b> {@link parley.proving.classic.ClassicClient} &rarr; {@link parley.proving.classic.RegistryLine}
 * &rarr; the registry; {@link parley.proving.classic.ClassicPeer} &rarr; {@code Sending} &rarr; another peer; another
 * peer &rarr; {@code Listening} &rarr; {@link parley.proving.classic.Received}.
 *
 * <p><b>Leans on</b> the JDK and nothing of ours: written from the description of the protocol, so that a mistake in
 * our codec cannot be in here too. Never let it call {@code parley.messages}.
 *
 * <p><b>Words.</b> <i>Typed path</i>: the file name that crosses the wire, just as a user typed it.
 *
 * <p><b>To change it:</b> only when a real classic client turns out to behave otherwise. It is meant to be naive: where
 * our side fails against it, our side is wrong.
 */
@org.jspecify.annotations.NullMarked
package parley.proving.classic;
