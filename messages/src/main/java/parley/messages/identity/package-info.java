/**
 * Who an account is: public keys, and the hash-linked chain of signed statements that names them.
 *
 * <p><b>Flow.</b> A {@link parley.messages.identity.Draft} is signed by whoever holds the private key and becomes a
 * {@link parley.messages.identity.Statement}; {@link parley.messages.identity.KeyChain} takes it in or says why not.
 * What one needs to write to somebody for the first time is a {@link parley.messages.identity.Bundle}. Registry and
 * peers verify with the same code, so that neither takes what the other refuses.
 *
 * <p><b>Leans on</b> {@code name}, {@code field}, SHA-256, and on Bouncy Castle to <i>verify</i> Ed25519. There is no
 * private key and nothing that could make one: whoever signs lives in {@code peer.cipher}.
 *
 * <p><b>Words.</b> An <i>identity key</i> only signs. A <i>recovery key</i> can end the identity and nothing else. An
 * <i>agreement key</i> and <i>prekeys</i> are what contacts agree secrets with. An <i>offer</i> is the agreement key
 * and the prekeys that hold together, named by the sequence of the statement that completed them. A <i>label</i> is
 * what everything signed or derived begins with.
 *
 * <p><b>To change a layout:</b> docs/PROTOCOL.md first, then its vector in docs/vectors, then the code. What is signed
 * stays readable for ever: add a purpose, never change one.
 */
@org.jspecify.annotations.NullMarked
package parley.messages.identity;
