/**
 * Connections between peers, one message or file each. Ciphertext in hex passes here, never a text.
 *
 * <p><b>Flow.</b> Out: {@link parley.peer.link.Dialler} &rarr; {@link parley.peer.link.SendingText} or {@link
 * parley.peer.link.SendingFile} &rarr; socket. In: socket &rarr; {@link parley.peer.link.Listener} &rarr; {@link
 * parley.peer.link.Receiving} &rarr; {@link parley.peer.link.Inbox}. What is sealed and opened elsewhere comes and goes
 * by the functions of {@link parley.peer.link.Outgoing} and {@link parley.peer.link.Inbox}.
 *
 * <p><b>Leans on</b> {@code parley.messages} and Pekko Streams. Knows no cipher, no file and no session.
 *
 * <p><b>Words.</b> The <i>quiet period</i> ends a message that shows no end. A link is <i>closed</i> when both sides are
 * content and <i>aborted</i> (a reset instead of an end of stream) when ours is not: a classic sender sees an error then,
 * and one of ours knows that nothing was delivered.
 *
 * <p><b>To add a message:</b> {@code parley.messages.classic} first; then the state that awaits it, its arrow in the
 * diagram above the stage, and its cut at every position in the stage's test.
 */
@org.jspecify.annotations.NullMarked
package parley.peer.link;
