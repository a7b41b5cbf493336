/**
 * The few operations that everything else is made of, each with its published vectors in the tests.
 *
 * <p><b>Flow.</b> {@link parley.peer.cipher.primitive.Secret} &rarr; {@link parley.peer.cipher.primitive.Hkdf}, {@link
 * parley.peer.cipher.primitive.Hmac} &rarr; {@code Secret} &rarr; {@link parley.peer.cipher.primitive.AesGcm}. Pairs of
 * keys ({@link parley.peer.cipher.primitive.AgreementPair}, {@link parley.peer.cipher.primitive.KemPair}) are values.
 *
 * <p><b>Leans on</b> the JDK for AES-GCM, HMAC and SHA-256, whose intrinsics are fast, and on Bouncy Castle for X25519
 * and ML-KEM-768 (docs/adr/0008).
 *
 * <p><b>Words.</b> A <i>secret</i> is 32 bytes that nobody else may know. It prints as {@code redacted}, is compared in
 * constant time, and what is only needed on the way is wiped; what a value holds goes with the value.
 *
 * <p><b>To change one:</b> don't; add another beside it under another version of the protocol.
 */
@org.jspecify.annotations.NullMarked
package parley.peer.cipher.primitive;
