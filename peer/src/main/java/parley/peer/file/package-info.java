/**
 * Files that are sent and files that come: what is decided about them, and how they get from a crash to their end.
 *
 * <p><b>Flow.</b> SEND &rarr; {@link parley.peer.file.Files} &rarr; an offer in the contact's outbox, in one commit with its
 * row here; then {@code peer.stream}, or the pieces. Offer &rarr; inbox &rarr; {@code Files} decides &rarr; stream or pieces &rarr;
 * partial &rarr; name &rarr; {@code DONE} in the sender's inbox. {@code Transfers} is all of it as a value; {@code Files} commits its
 * steps and carries out what follows.
 *
 * <p><b>Leans on</b> {@code stream} for the bytes, {@code contact} for what is said, {@code transfer} for names.
 *
 * <p><b>Words.</b> A <i>ref</i> is a file and the one who gets it or sends it. A <i>post</i> is something that somebody is
 * still to be told. <i>Pieces</i> are the bytes of a small file, in contents.
 *
 * <p><b>To add a state:</b> a record of {@code CameFile.State}; the compiler names the rest. Rows have golden bytes.
 */
@org.jspecify.annotations.NullMarked
package parley.peer.file;
