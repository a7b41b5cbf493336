/**
 * What an operator or a user may set, and how they are told that they set it wrong.
 *
 * <p><b>Flow.</b> The command line over the configuration file over each module's {@code reference.conf} &rarr; {@link
 * parley.messages.settings.Settings}, checked as a whole before anything starts. {@link
 * parley.messages.settings.Folders} says where files are looked for when nobody says otherwise, and {@link
 * parley.messages.settings.NativeLibrary} where what a jar carries is unpacked.
 *
 * <p><b>Leans on</b> Typesafe Config and nothing of ours.
 *
 * <p><b>Words.</b> A key is <i>ours</i> when it lives under {@code parley.}; ours must exist in {@code reference.conf}
 * and have its kind of value. All others are Pekko's and the libraries', and pass through unchecked.
 *
 * <p><b>To add a key:</b> write it with its comment, default, unit and reason into {@code reference.conf}; from then on it
 * is known here. Read it with one of the getters, which name the file and line when its value will not do.
 */
@org.jspecify.annotations.NullMarked
package parley.messages.settings;
