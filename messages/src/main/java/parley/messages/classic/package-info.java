/**
 * The classic protocol: requests and replies between peer and registry, messages between peers, and where in a stream
 * of bytes one ends.
 *
 * <p><b>Flow.</b> Registry: bytes &rarr; {@link parley.messages.classic.RequestFramer} &rarr; {@link
 * parley.messages.classic.RequestCodec} &rarr; {@link parley.messages.classic.Request}; {@link
 * parley.messages.classic.Reply} &rarr; {@link parley.messages.classic.ReplyCodec} &rarr; bytes. Between peers: bytes
 * &rarr; {@link parley.messages.classic.Expected} (is it whole?) &rarr; {@link parley.messages.classic.PeerCodec}
 * &rarr; {@link parley.messages.classic.PeerMessage}.
 *
 * <p><b>Leans on</b> {@link parley.messages.name} and ByteString. No actors, no sockets, no clock: whoever owns the
 * timer asks here how long to wait.
 *
 * <p><b>Words.</b> The <i>quiet period</i> is how long nothing must come before what has come is a message. An
 * <i>origin</i> is what a message says of its sender: a user, or a group that does not say which member.
 *
 * <p><b>To change anything:</b> don't. Clients in the field speak it byte for byte; docs/CLASSIC.md and the vectors
 * in the tests say how.
 */
@org.jspecify.annotations.NullMarked
package parley.messages.classic;
