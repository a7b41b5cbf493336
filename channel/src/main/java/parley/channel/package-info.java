/**
 * Mutual TLS 1.3 between two keys, each of which the other side expects; docs/PROTOCOL.md §7.
 *
 * <p><b>Flow.</b> plain bytes &harr; {@link parley.channel.ChannelStage} &harr; sealed bytes &harr; socket. The stage
 * asks an {@code SSLEngine} of Bouncy Castle's for every record; {@link parley.channel.Tls} sets one up, {@link
 * parley.channel.ExpectedKey} decides whose certificate is taken.
 *
 * <p><b>Leans on</b> {@link parley.messages.identity}; Bouncy Castle for TLS, Ed25519, X25519 and ML-KEM; the JDK for
 * AES, which it does in hardware.
 *
 * <p><b>Words.</b> <i>Credentials</i> are our own key and the certificate made of it. The <i>purpose</i> of a channel is
 * what is spoken in it. A channel is <i>refused</i> when its handshake fails, and <i>broken</i> when it ends later
 * without its last word.
 *
 * <p><b>To change anything:</b> docs/PROTOCOL.md §7 first. Nothing here may be negotiated down.
 */
@org.jspecify.annotations.NullMarked
package parley.channel;
