/**
 * Which groups there are, who is in them, and the list of all.
 *
 * <p><b>Flow.</b> A gate asks {@link parley.registry.group.Groups} for a name and asks its {@link
 * parley.registry.group.GroupRegistry}, which tells the new member's {@link parley.registry.user.UserRegistry} and the
 * group's slice of the {@link parley.registry.group.GroupDirectory} before it answers a change. For the list, {@code
 * Groups} gathers all slices.
 *
 * <p>A name is a classic group's or a modern one's, and the same entity's: two worlds cannot take it at once. What modern
 * gates ask is {@link parley.registry.group.ModernGroup}; what the log of a modern group takes in, {@code Logbook}.
 *
 * <p><b>Leans on</b> {@link parley.registry.journal} for what is kept, {@link parley.registry.user}, {@link
 * parley.messages.group} for the rules of a log, and {@link parley.messages.name}.
 *
 * <p><b>Words.</b> A <i>slice</i> is the part of the list that one entity keeps. To <i>announce</i> is to tell a
 * change to the list and to the member it is about. A <i>revision</i> counts a group's changes.
 *
 * <p><b>To keep something new of a group:</b> an event in {@link parley.registry.journal.GroupEvent} with its golden
 * bytes, then {@code Group}, then a command.
 */
@org.jspecify.annotations.NullMarked
package parley.registry.group;
