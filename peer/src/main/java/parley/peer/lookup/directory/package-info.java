/**
 * The modern registry's client: one TLS connection, kept, and up to 64 questions at a time.
 *
 * <p><b>Flow.</b> whoever asks &rarr; {@link parley.peer.lookup.directory.Directory} &rarr; {@link
 * parley.peer.lookup.directory.Questions} &rarr; {@link parley.peer.lookup.directory.Wire} &rarr; registry; and an
 * answer back to whoever asked, a push to the owner.
 *
 * <p><b>Leans on</b> {@link parley.messages.directory} for lines, {@link parley.channel} for TLS.
 *
 * <p><b>Words.</b> To <i>ask</i> is to send a request and to be told its reply, or that there is none. A <i>push</i> is
 * what the registry says unasked. The <i>pin</i> is the only key that the registry may show: one that was given, or the
 * first one that was seen.
 *
 * <p><b>To ask something new:</b> a request and its reply in {@code messages.directory}; nothing here changes.
 */
@org.jspecify.annotations.NullMarked
package parley.peer.lookup.directory;
