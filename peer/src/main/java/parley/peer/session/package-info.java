/**
 * Who is signed in, and who has to be introduced to whom.
 *
 * <p><b>Flow.</b> command &rarr; {@link parley.peer.session.Peer} &rarr; {@link parley.peer.session.Session} &rarr;
 * courier &rarr; link, with the cipher introduced to it; link &rarr; reception &rarr; cipher &rarr; screen. Texts and
 * chunks never pass the session itself.
 *
 * <p><b>Leans on</b> command, talk, cipher, link, transfer and lookup; nothing of these leans back.
 *
 * <p><b>Words.</b> A <i>session</i> is one account signed in. A <i>parcel</i> is a text or a file on its way out; a
 * <i>courier</i> takes one parcel after the other to one party. A cipher is <i>lent</i> for as long as a link or a parcel
 * needs it, and not stopped meanwhile.
 *
 * <p><b>To change it:</b> if it mentions bytes, it belongs next door.
 */
@org.jspecify.annotations.NullMarked
package parley.peer.session;
