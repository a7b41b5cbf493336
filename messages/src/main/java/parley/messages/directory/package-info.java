/**
 * What a modern peer and its registry say to each other, one line each; docs/PROTOCOL.md §8, §12.3.
 *
 * <p><b>Flow.</b> Registry: bytes &rarr; {@link parley.messages.directory.LineFramer} &rarr; {@link
 * parley.messages.directory.RequestCodec} &rarr; {@link parley.messages.directory.Request}; {@link
 * parley.messages.directory.Reply} and {@link parley.messages.directory.Push} &rarr; their codecs &rarr; bytes. Peer:
 * the same the other way round; what an answer means follows from the request with its {@link
 * parley.messages.directory.Tag}.
 *
 * <p><b>Leans on</b> {@link parley.messages.name}, {@link parley.messages.identity}, {@link
 * parley.messages.group}, {@link parley.messages.field} and
 * ByteString. No actors, no sockets, no clock.
 *
 * <p><b>Words.</b> A <i>tag</i> ties an answer to its request. A <i>push</i> is what the registry says unasked. A
 * <i>row</i> is statements, or entries of a group's log, one after the other. Nothing that was read here was verified: that is
 * the part of the key chain and of the group's log.
 *
 * <p><b>To change a line:</b> docs/PROTOCOL.md first, then the record, and the compiler names the codecs and the tests.
 */
@org.jspecify.annotations.NullMarked
package parley.messages.directory;
