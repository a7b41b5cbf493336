/**
 * What an account keeps, behind one actor: commits in groups, a history that can be searched, and the account's own
 * keys.
 *
 * <p><b>Flow.</b> {@link parley.peer.store.Change}s &rarr; {@link parley.peer.store.Store.Commit} &rarr; a group
 * &rarr; one transaction of the vault &rarr; {@link parley.peer.store.Store.Committed} to each. Queries are answered
 * in between, a slice at a time.
 *
 * <p><b>Leans on</b> {@code vault}, which blocks and belongs to one thread: the store runs on a dispatcher of its own
 * with one.
 *
 * <p><b>Words.</b> A <i>group</i> of commits is what gathers while the one before is being synced. A <i>page</i> holds
 * up to 64 texts of the history. A <i>serial</i> numbers all of its texts, from 1; it is the cursor of who reads along. A
 * <i>mark</i> says how far a text of ours has come.
 *
 * <p><b>To change what is on disk:</b> another version beside the old one in the codec: vaults are read for ever.
 */
@org.jspecify.annotations.NullMarked
package parley.peer.store;
