/**
 * Fields of known size, written one after the other and read back; integers are big-endian and unsigned.
 *
 * <p><b>Flow.</b> values &rarr; {@link parley.messages.field.FieldWriter} &rarr; bytes &rarr; {@link
 * parley.messages.field.FieldReader} &rarr; values. A reader never allocates more than it was given, and whoever reads
 * ends with {@code end()}: two different inputs never mean the same.
 *
 * <p><b>Leans on</b> ByteString and nothing of ours.
 *
 * <p><b>To change a layout:</b> docs/PROTOCOL.md first, then its vector, then who writes the fields.
 */
@org.jspecify.annotations.NullMarked
package parley.messages.field;
