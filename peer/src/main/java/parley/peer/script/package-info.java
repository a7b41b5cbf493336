/**
 * A peer without a terminal: commands come line by line from a pipe, what happens goes out as plain lines or as JSON.
 *
 * <pre>
 *   stdin --InputLines--&gt; Script --Input--&gt; session --Happening--&gt; Tally --&gt; PlainScreen | JsonScreen --&gt; Outlet --&gt; stdout
 * </pre>
 *
 * <p><b>Flow.</b> {@link parley.peer.script.Script} has only so many commands under way at once; {@link
 * parley.peer.script.Tally} sees each end and makes room for the next. A reader that is slow thereby slows down the
 * commands, and a million lines need no more memory than a hundred.
 *
 * <p><b>Leans on</b> command and talk; the session is a {@code Consumer} of Input.
 *
 * <p><b>Words.</b> An <i>event</i> is a happening as a JSON object on one line.
 *
 * <p><b>To add an event or a field:</b> docs/EVENTS.md first, then its golden line, then Events. Fields are added, never
 * renamed or removed.
 */
@org.jspecify.annotations.NullMarked
package parley.peer.script;
