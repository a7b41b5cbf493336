/**
 * Who exists, and who is online where.
 *
 * <p><b>Flow.</b> A gate asks {@link parley.registry.user.Users} for a name and asks its {@link
 * parley.registry.user.UserRegistry}. A sign-in passes the {@code Doorkeeper}, who asks the {@code SignInThrottle} of
 * its source address, has the {@code PasswordHasher} compare, and tells the throttle what came of it. Then {@code
 * Attendance} has the user online, unless the connection has left by then, and tells the connection {@link
 * parley.registry.user.ConnectionNotice}s.
 *
 * <p>A modern gate asks the same entity in the words of {@link parley.registry.user.ModernUser}. The {@code Registrar}
 * decides: a chain is verified and becomes an event, one-time pairs go to the {@code PairStock} and {@link
 * parley.registry.user.Invitations} are spent on the shelf. {@code Visibility} has the account online, shows it to those
 * whom it allows, and tells those who watch; entities of different names tell each other who watches whom.
 *
 * <p><b>Leans on</b> {@link parley.registry.journal} for what is kept, on {@link parley.messages.identity} for what a
 * chain says, and on {@link parley.messages.name}.
 *
 * <p><b>Words.</b> An <i>account</i> is a name that somebody signed up, <i>classic</i> with a password or <i>modern</i>
 * with a key chain, for life. <i>Presence</i> is where a user is online, and
 * is never written. A <i>source</i> is the IP address that an attempt came from. A <i>slot</i> is what a throttle
 * counts wrong passwords in: an account's own, or the one that all share when there are too many.
 *
 * <p><b>To keep something new of a user:</b> an event in {@link parley.registry.journal.UserEvent} with its golden
 * bytes, then {@code User}, then a command.
 */
@org.jspecify.annotations.NullMarked
package parley.registry.user;
