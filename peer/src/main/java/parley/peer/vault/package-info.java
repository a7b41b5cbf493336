/**
 * The durable store of one account: records in SQLite, sealed under a password.
 *
 * <p><b>Flow.</b> {@link parley.peer.vault.Vault#create} or {@code open} &rarr; {@link
 * parley.peer.vault.Vault#transaction} &rarr; {@link parley.peer.vault.Records} &rarr; {@code TableKeys} seals &rarr;
 * {@code Database} writes, and back. A backup is a copy of the file, sealed once more as a whole.
 *
 * <p><b>Leans on</b> {@code cipher.primitive} for every key and on SQLite for all or nothing: a write-ahead log that
 * is synced with each commit. Everything blocks; whoever owns a vault calls it from one thread of its own.
 *
 * <p><b>Words.</b> The <i>data key</i> is random and seals everything; it is <i>wrapped</i> under the password. A
 * <i>row</i> stands for the key of a record without telling it. A <i>box</i> is ciphertext with its tag. A
 * <i>generation</i> is one opening. A <i>draft</i> is a vault that is not whole yet.
 *
 * <p><b>To change a byte:</b> docs/VAULT.md first, and another version beside the old one: vaults are read for ever.
 */
@org.jspecify.annotations.NullMarked
package parley.peer.vault;
