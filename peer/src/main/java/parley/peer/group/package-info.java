/**
 * The groups of an account: their logs as they were verified here, what we say in them, and what a member's words mean to
 * us.
 *
 * <p><b>Flow.</b> {@link parley.peer.group.GroupCommand} &rarr; {@link parley.peer.group.Groups}, the book of them &rarr;
 * the {@link parley.peer.group.GroupConversation} of one, which asks a {@link parley.peer.group.Circle} for the next value,
 * what to store and what to do &rarr; {@link parley.peer.group.Commits} &rarr; {@code store} &rarr; {@link
 * parley.peer.group.GroupEffect}s to the owner: commands to contacts' ciphers, and mail for a screen. What members say
 * comes the other way: a contact's cipher &rarr; {@code group-inbox} &rarr; here. A group that is not on disk is a {@link
 * parley.peer.group.Discovery} first. Both ask the registry by an {@link parley.peer.group.Enquiry} to a {@link
 * parley.peer.group.GroupDesk}.
 *
 * <p><b>Leans on</b> {@code contact} for its commands and its inbox, {@code store} for the disk and the signature, {@code
 * talk} for what a screen shows, {@code messages.group} for the rules. It knows neither links nor how a registry is asked.
 *
 * <p><b>Words.</b> A <i>circle</i> is one group as we know it. A <i>letter</i> is a content for one member that his cipher
 * has not taken yet. What a member wrote is <i>judged</i> against the log, and <i>waits</i> if the log is too short for it.
 *
 * <p><b>To change a rule:</b> docs/PROTOCOL.md §12.5 first. <b>To change what is on disk:</b> another version beside the
 * old one in {@link parley.peer.group.Rows} or {@link parley.peer.group.LetterRows}: vaults are read for ever.
 */
@org.jspecify.annotations.NullMarked
package parley.peer.group;
