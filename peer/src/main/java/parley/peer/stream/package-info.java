/**
 * One file on one connection, from where the last one broke off.
 *
 * <p><b>Flow.</b> The owner tells {@link parley.peer.stream.Streams} which files may go and come, and whom to call. A
 * connection, dialled, accepted or relayed, is joined to a {@code StreamStage}, which greets and then lets its {@code
 * End} speak: {@code SendingEnd} reads a {@code SourceFile}, {@code ReceivingEnd} writes a {@code PartialFile}. Only
 * bytes cross to the thread of the sockets; whatever reads, writes, hashes or seals runs on the disk's dispatcher.
 *
 * <p><b>Leans on</b> {@code cipher.stream}, {@code transfer}, {@code link.socket}. Knows no contact, no outbox and no
 * vault.
 *
 * <p><b>Words.</b> A <i>lane</i> is a file between two people. A <i>stream</i> is one attempt on one connection. The
 * <i>root</i> is a Merkle tree hash (RFC 6962 §2.1) over the file's chunks.
 *
 * <p><b>To change a byte:</b> docs/PROTOCOL.md §13 first, then docs/vectors, then the code.
 */
@org.jspecify.annotations.NullMarked
package parley.peer.stream;
