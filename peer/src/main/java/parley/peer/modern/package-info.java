/**
 * A modern peer as a whole: commands, and one account signed in.
 *
 * <p><b>Flow.</b> command &rarr; {@link parley.peer.modern.ModernPeer} &rarr; the session &rarr; a contact's cipher &rarr; its
 * delivery &rarr; link or registry; and back: link or registry &rarr; cipher &rarr; screen. The session introduces them to
 * each other, and names what they tell to the user.
 *
 * <p><b>Leans on</b> all parts of a peer but those of the classic protocol.
 *
 * <p><b>Words.</b> To <i>enrol</i> is to make an account: a vault here, a name there. A <i>session</i> is one account
 * signed in.
 *
 * <p><b>To add a command:</b> a record of {@link parley.peer.command.ModernInput}; the compiler names the rest.
 */
@org.jspecify.annotations.NullMarked
package parley.peer.modern;
