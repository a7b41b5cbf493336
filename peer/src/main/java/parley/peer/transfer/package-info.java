/**
 * Files on this machine: read to be sent, and received ones put where they cannot hurt.
 *
 * <p><b>Flow.</b> Out: path &rarr; {@link parley.peer.transfer.FileToSend} &rarr; batches of plain chunks. In: batches of
 * plain chunks &rarr; {@link parley.peer.transfer.Downloads} &rarr; a private part file &rarr; a new name in the download
 * folder. {@link parley.peer.transfer.FileNames} decides what that name may be.
 *
 * <p><b>Leans on</b> {@code parley.messages.name}, Pekko Streams and a dispatcher of its own, where alone it blocks.
 * Knows no cipher, no link and no session.
 *
 * <p><b>Words.</b> A <i>part</i> is a file that is still being received. A <i>batch</i> is what one step moves: up to 64
 * chunks of 1024 bytes.
 *
 * <p><b>To change a limit:</b> {@code reference.conf}, {@code parley.peer.transfer}.
 */
@org.jspecify.annotations.NullMarked
package parley.peer.transfer;
