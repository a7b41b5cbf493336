/**
 * The registry's client: one connection, kept, and one question at a time.
 *
 * <p><b>Flow.</b> session &rarr; {@link parley.peer.lookup.Lookup} &rarr; socket; socket &rarr; reply &rarr; whoever
 * asked.
 *
 * <p><b>Leans on</b> {@link parley.messages.classic}.
 *
 * <p><b>Words.</b> To <i>ask</i> is to send a request and to be told its reply, or that there is none. A <i>probe</i> is
 * a request whose answer nobody waits for but to see that it comes.
 *
 * <p><b>To ask something new:</b> a request and its reply in {@code messages.classic}; nothing here changes.
 */
@org.jspecify.annotations.NullMarked
package parley.peer.lookup;
