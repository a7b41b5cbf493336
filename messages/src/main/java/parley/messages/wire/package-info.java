/**
 * What two peers say to each other, byte for byte: frames on a link, envelopes on every path, and what is sealed in
 * them.
 *
 * <p><b>Flow.</b> {@link parley.messages.wire.Content} &rarr; {@link parley.messages.wire.ContentCodec} &rarr; sealed
 * by {@code peer.cipher} &rarr; {@link parley.messages.wire.Envelope} &rarr; {@link
 * parley.messages.wire.EnvelopeCodec} &rarr; a frame of a link, or a line to the registry; and back the same way.
 *
 * <p><b>Leans on</b> {@code field}, {@code identity} for labels, {@code name}. No actors and no private key.
 *
 * <p><b>Words.</b> An <i>envelope</i> is a sealed message under an id that it keeps on every path and at every
 * attempt. A <i>content</i> is what is sealed in it. A <i>counter</i> numbers the texts of one writer to one contact,
 * from 1. A
 * <i>place</i> names a group and the last entry of its log that the writer knows.
 *
 * <p><b>To change a layout:</b> docs/PROTOCOL.md §9, §10 and §12.4 first, then its golden test, then the codec.
 */
@org.jspecify.annotations.NullMarked
package parley.messages.wire;
