/**
 * The private keys that sign, and the number that two people compare.
 *
 * <p><b>Flow.</b> {@link parley.messages.identity.Draft} &rarr; {@link parley.peer.cipher.identity.SigningKey} &rarr;
 * {@link parley.messages.identity.Statement}. Two identity keys and two names &rarr; {@link
 * parley.peer.cipher.identity.SafetyNumber}.
 *
 * <p><b>Leans on</b> {@code messages.identity} for everything public and on Bouncy Castle for Ed25519.
 *
 * <p><b>To change what is signed:</b> see {@code messages.identity}; nothing is signed here that has no label there.
 */
@org.jspecify.annotations.NullMarked
package parley.peer.cipher.identity;
