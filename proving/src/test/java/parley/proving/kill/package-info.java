/**
 * {@code kill -9} of the registry at random moments under load: what it answered must be there afterwards.
 *
 * <p><b>Flow.</b> {@link parley.proving.kill.Load} asks and writes each answer into the {@link
 * parley.proving.kill.Ledger}; the registry is killed and started again; {@link parley.proving.kill.Audit} asks for
 * everything in the ledger.
 *
 * <p><b>Leans on</b> the naive client's {@link parley.proving.classic.RegistryLine}: an answer counts when it has
 * reached a client, not when a log says so.
 *
 * <p><b>Words.</b> <i>Answered</i>: a client has read the success. <i>Open</i>: a request went out and no answer came
 * back; it may have happened or not, but not by half.
 *
 * <p>A kill does not empty the page cache: it proves the order of acknowledging and writing, not that of syncing.
 */
@org.jspecify.annotations.NullMarked
package parley.proving.kill;
