/**
 * Who exists, and who is online where.
 *
 * <p><b>Flow.</b> A gate asks {@link parley.registry.user.Users} for a name and asks its {@link
 * parley.registry.user.UserRegistry}. A sign-in passes the {@code Doorkeeper}, who asks the {@code SignInThrottle} of
 * its source address, has the {@code PasswordHasher} compare, and tells the throttle what came of it. Then {@code
 * Attendance} has the user online, unless the connection has left by then, and tells the connection {@link
 * parley.registry.user.ConnectionNotice}s.
 *
 * <p><b>Leans on</b> {@link parley.registry.journal} for what is kept, and on {@link parley.messages.name}.
 *
 * <p><b>Words.</b> An <i>account</i> is a name that somebody signed up. <i>Presence</i> is where a user is online, and
 * is never written. A <i>source</i> is the IP address that an attempt came from. A <i>slot</i> is what a throttle
 * counts wrong passwords in: an account's own, or the one that all share when there are too many.
 *
 * <p><b>To keep something new of a user:</b> an event in {@link parley.registry.journal.UserEvent} with its golden
 * bytes, then {@code User}, then a command.
 */
@org.jspecify.annotations.NullMarked
package parley.registry.user;
