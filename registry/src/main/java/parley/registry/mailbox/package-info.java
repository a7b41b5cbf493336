/**
 * Sealed envelopes, until their recipient has acknowledged each.
 *
 * <p><b>Flow.</b> A gate asks {@link parley.registry.mailbox.Mailboxes} for a name and tells its {@link
 * parley.registry.mailbox.Mailbox} what is deposited, collected and acknowledged. {@code Deposits} asks whether the
 * recipient exists, holds the deposit against the mailbox's {@code Contents}, and answers when {@link
 * parley.registry.mailbox.Envelopes} has it on disk. A {@code Collector} is given one envelope at a time, and asks for
 * the next; {@code Deletions} has gone what is acknowledged or too old. What is on disk is read first, by {@code Opening}.
 *
 * <p><b>Leans on</b> {@link parley.registry.journal.Shelf} for the disk, and on {@link parley.messages.name}. It knows
 * no users: whoever wires it says how to find out about them.
 *
 * <p><b>Words.</b> An <i>envelope</i> is bytes that we cannot read. Its <i>serial</i> orders the envelopes of one
 * mailbox, and is never given to two. To <i>collect</i> is to be given what waits, to <i>acknowledge</i> is to have it
 * deleted.
 *
 * <p><b>To change what is kept of an envelope:</b> {@code shelf-sqlite.sql} and its version, then {@code Envelopes},
 * then {@code Contents}; docs/adr/0011 says why none of it is an event.
 */
@org.jspecify.annotations.NullMarked
package parley.registry.mailbox;
