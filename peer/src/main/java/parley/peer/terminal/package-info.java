/**
 * A peer at a terminal: what is typed becomes commands, what happens appears above the line that is being typed.
 *
 * <pre>
 *   keys --&gt; Keyboard --Input--&gt; session --Happening--&gt; TerminalScreen --&gt; Typing (JLine) --&gt; terminal
 * </pre>
 *
 * <p><b>Flow.</b> {@link parley.peer.terminal.Keyboard} reads lines on one thread, {@link
 * parley.peer.terminal.TerminalScreen} draws on another; {@link parley.peer.terminal.Typing} lets them share the bottom
 * of the terminal. {@link parley.peer.terminal.Recall} is the history, {@link parley.peer.terminal.Suggestions} what Tab
 * offers, of what {@link parley.peer.terminal.Acquaintances} have been met. {@link parley.peer.terminal.Spread} is how
 * far a group's text came.
 *
 * <p><b>Leans on</b> command, talk and JLine. Colours and cursor movements are made here and nowhere else.
 *
 * <p><b>Words.</b> The <i>prompt</i> is what stands before the typed line, with the <i>bars</i> of files under way above.
 *
 * <p><b>To change what a happening looks like:</b> its words are in {@link parley.peer.talk.Lines}, its colours in Ink.
 */
@org.jspecify.annotations.NullMarked
package parley.peer.terminal;
