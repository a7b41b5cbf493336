/**
 * Which path an envelope takes, and when it takes another: a direct link, or the recipient's mailbox.
 *
 * <p><b>Flow.</b> cipher &rarr; {@link parley.peer.delivery.Delivery.Transmit} &rarr; a link or the registry &rarr; what
 * became of it &rarr; cipher. The bytes are never looked at.
 *
 * <p><b>Leans on</b> {@link parley.messages.wire}; it knows links and registry as {@link parley.peer.delivery.Paths}.
 *
 * <p><b>Words.</b> A <i>backlog</i> is what was handed to us and not yet acknowledged by the recipient.
 *
 * <p><b>To add a path:</b> a method of {@code Paths}, and in {@link parley.peer.delivery.Backlog} when it is taken.
 */
@org.jspecify.annotations.NullMarked
package parley.peer.delivery;
