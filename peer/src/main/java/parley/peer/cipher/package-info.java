/**
 * The only keys there are. Everything else in a peer asks an actor of this package to seal and to open.
 *
 * <p><b>Flow.</b> plain chunks &rarr; {@link parley.peer.cipher.ContactCipher} or {@link
 * parley.peer.cipher.GroupCipher} &rarr; {@link parley.messages.classic.Sealed} chunks, and back the same way, many
 * chunks a message, so that a file costs one ask for 64 KiB and not one for each.
 *
 * <p><b>Leans on</b> {@code parley.messages}, typed actors and Bouncy Castle's DES engine. Knows no link, no file and
 * no session.
 *
 * <p><b>Words.</b> To <i>seal</i> is to encrypt under a fresh IV, to <i>open</i> is to decrypt. A <i>public value</i>
 * is what one side of a Diffie-Hellman exchange shows. Classic ciphertext carries no tag: an altered one opens to
 * something else and nobody notices; docs/CLASSIC.md says so to the user.
 *
 * <p><b>To change a key's making:</b> the vectors in the tests are what clients in the field compute; they stay.
 */
@org.jspecify.annotations.NullMarked
package parley.peer.cipher;
