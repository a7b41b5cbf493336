/**
 * Mutual TLS 1.3 between two keys, each of which the other side expects.
 *
 * <p><b>Flow.</b> plain bytes &harr; this stage &harr; sealed bytes &harr; socket.
 *
 * <p><b>Leans on</b> {@link parley.messages.identity}; Bouncy Castle's JSSE provider.
 *
 * <p><b>Words.</b> A <i>pin</i> is the key that the other side must show.
 */
@org.jspecify.annotations.NullMarked
package parley.channel;
