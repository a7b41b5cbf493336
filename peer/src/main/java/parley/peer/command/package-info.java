/**
 * A typed line becomes a value.
 *
 * <p><b>Flow.</b> line &rarr; {@code Commands} &rarr; {@link parley.peer.command.Input} &rarr; session.
 *
 * <p><b>Leans on</b> {@link parley.messages.name} only; pure.
 *
 * <p><b>Words.</b> A <i>verb</i> is the first word of a line, in any case.
 *
 * <p><b>To add a command:</b> a record here; the compiler then names everyone who has to decide about it.
 */
@org.jspecify.annotations.NullMarked
package parley.peer.command;
