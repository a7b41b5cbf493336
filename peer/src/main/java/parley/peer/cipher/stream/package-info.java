/**
 * What a file's streams are sealed with.
 *
 * <p><b>Flow.</b> a file's key and two salts &rarr; {@link parley.peer.cipher.stream.StreamKeys} &rarr; {@link
 * parley.peer.cipher.stream.BoxSealer} on the one side, {@link parley.peer.cipher.stream.BoxOpener} on the other, one of
 * each in both directions.
 *
 * <p><b>Leans on</b> {@code primitive} and the label of {@code messages.identity}. No disk, no socket, no actor.
 *
 * <p><b>Words.</b> A <i>box</i> is ciphertext with its tag. A <i>tag of a stream</i> tells the two who know the file
 * which one is meant, and nobody else.
 *
 * <p><b>To change a byte:</b> docs/PROTOCOL.md §13 first, then docs/vectors, then the code.
 */
@org.jspecify.annotations.NullMarked
package parley.peer.cipher.stream;
