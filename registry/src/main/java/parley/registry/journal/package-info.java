/**
 * What the registry writes, how old bytes are read, and the folder where they are.
 *
 * <p><b>Flow.</b> An entity's event or snapshot &rarr; {@link parley.registry.journal.StoredSerializer} &rarr; CBOR
 * &rarr; pekko-persistence-jdbc &rarr; SQLite in a {@link parley.registry.journal.JournalFolder}; back when the entity
 * recovers.
 *
 * <p>What is put down and fetched once, rather than remembered, is a row on the {@link parley.registry.journal.Shelf}
 * instead (docs/adr/0011). Whose folder it is, {@link parley.registry.journal.RegistryIdentity} says.
 *
 * <p><b>Leans on</b> Jackson and SQLite; on nothing of ours. These records hold strings and numbers rather than names:
 * what was written under yesterday's rules for names must be readable under tomorrow's.
 *
 * <p><b>Words.</b> An <i>event</i> is what happened. A <i>snapshot</i> replaces the events before it. A
 * <i>manifest</i> names a family of records in the journal, for ever. <i>Work</i> is one transaction on the shelf.
 *
 * <p><b>To change a record:</b> don't. Add one beside it, and its golden bytes under {@code src/test/resources/golden};
 * a test tells which are missing.
 */
@org.jspecify.annotations.NullMarked
package parley.registry.journal;
