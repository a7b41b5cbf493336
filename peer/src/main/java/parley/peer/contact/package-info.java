/**
 * The heart: what one account and one contact say to each other, sealed, stored, in order, exactly once.
 *
 * <p><b>Flow.</b> {@link parley.peer.contact.ContactCommand} &rarr; {@link parley.peer.contact.ContactCipher}, which asks
 * {@link parley.peer.contact.Correspondence} for the next value, what to store and what to do &rarr; {@code store} &rarr;
 * {@link parley.peer.contact.Effect}s to whoever owns the contact: bytes to send, answers to the path that brought
 * something, and {@link parley.peer.contact.News} for a screen.
 *
 * <p><b>Leans on</b> {@code cipher} for keys, {@code store} for the disk, {@code messages.wire} for bytes. It knows
 * neither links nor the registry.
 *
 * <p><b>Words.</b> A <i>correspondence</i> is everything about one contact. A <i>path</i> brought an envelope. To
 * <i>reseal</i> is to seal what could not be opened once more, in a new session. A <i>gap</i> is a run of counters that
 * were never opened. What is said in a <i>group</i> goes from member to member like texts do, but is shown, counted and
 * judged elsewhere: it is enqueued here and waits in the group inbox. A <i>stranger</i> wrote to us first and
 * waits to be accepted.
 *
 * <p><b>To change what is on disk:</b> another version beside the old one in the record's codec: vaults are read for
 * ever.
 */
@org.jspecify.annotations.NullMarked
package parley.peer.contact;
