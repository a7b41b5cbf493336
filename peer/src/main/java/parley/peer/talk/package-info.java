/**
 * Conversations as plain values: everything that a screen, a pipe or a program is told.
 *
 * <p><b>Flow.</b> session &rarr; {@link parley.peer.talk.Happening} &rarr; {@link parley.peer.talk.Screen}, which draws
 * it for people, in the words of {@link parley.peer.talk.Lines}, or writes it as JSON.
 *
 * <p><b>Leans on</b> {@link parley.messages.name}, and on {@link parley.messages.group} for policies; pure.
 *
 * <p><b>Words.</b> A <i>party</i> is who a text or a file came from or goes to: a user, or a group.
 *
 * <p><b>To add something to show:</b> a record here, then docs/EVENTS.md; the compiler names every screen.
 */
@org.jspecify.annotations.NullMarked
package parley.peer.talk;
