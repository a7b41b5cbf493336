/**
 * The first secret that two people share: PQXDH, after Signal's specification (revision 3).
 *
 * <p><b>Flow.</b> {@link parley.messages.identity.Bundle} &rarr; {@link parley.peer.cipher.agreement.Initiation} &rarr;
 * a {@link parley.peer.cipher.agreement.Greeting} that travels with the first messages, and {@link
 * parley.peer.cipher.agreement.Agreed}; on the other side {@code Greeting} &rarr; {@link
 * parley.peer.cipher.agreement.Acceptance} &rarr; the same {@code Agreed}. A ratchet starts from it.
 *
 * <p><b>Leans on</b> {@code messages.identity} and {@code primitive}. The identity key only signs: the agreement keys
 * that take part are the ones that the key chain names.
 *
 * <p><b>Words.</b> The <i>initiator</i> writes first, the <i>responder</i> published a bundle. The <i>binding</i> is a
 * hash of who the two are; every message of the session is authenticated together with it.
 *
 * <p><b>To change a byte:</b> docs/PROTOCOL.md §3 first, then docs/vectors/pqxdh.json, then the code.
 */
@org.jspecify.annotations.NullMarked
package parley.peer.cipher.agreement;
