/**
 * A typed line becomes a value.
 *
 * <p><b>Flow.</b> line &rarr; {@link parley.peer.command.Commands} &rarr; {@link parley.peer.command.Input} &rarr;
 * session. {@link parley.peer.command.Help} explains each {@link parley.peer.command.Verb}.
 *
 * <p><b>Leans on</b> {@link parley.messages.name}, {@link parley.messages.group} for policies, and {@link
 * parley.messages.settings} for the nearest word; pure.
 *
 * <p><b>Words.</b> A <i>verb</i> is the first word of a line, in any case. A <i>keyword</i> is GROUP or FILE, where they
 * have a meaning.
 *
 * <p><b>To add a command:</b> a record in Input and a Verb; the compiler then names everyone who has to decide about it.
 */
@org.jspecify.annotations.NullMarked
package parley.peer.command;
