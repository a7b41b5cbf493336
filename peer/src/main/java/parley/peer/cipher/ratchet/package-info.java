/**
 * Messages between two people: the Double Ratchet after Signal's specification, and the sessions of one contact.
 *
 * <p><b>Flow.</b> plain bytes &rarr; {@link parley.peer.cipher.ratchet.Sessions#seal} &rarr; padding &rarr; ratchet
 * &rarr; sealed bytes; and {@link parley.peer.cipher.ratchet.Sessions#open} back. Both answer with the next sessions
 * and never alter these: whoever calls stores the next ones before anything leaves or is acknowledged. A refusal has no
 * next ones.
 *
 * <p><b>Leans on</b> {@code agreement} for how a session begins and on {@code primitive}. No clock, no disk, no actor:
 * time and randomness come with the call.
 *
 * <p><b>Words.</b> A <i>chain</i> gives one <i>message key</i> after the other; a <i>turn</i> replaces the chains by a
 * new Diffie-Hellman agreement. A <i>skipped key</i> waits for a message that later ones have overtaken. A <i>box</i>
 * is ciphertext with its tag.
 *
 * <p><b>To change a byte:</b> docs/PROTOCOL.md §4 first, then docs/vectors, then the code. What the vault holds is read
 * for ever: see {@code RatchetCodec}'s version.
 */
@org.jspecify.annotations.NullMarked
package parley.peer.cipher.ratchet;
