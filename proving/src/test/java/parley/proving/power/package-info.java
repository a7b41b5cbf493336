/**
 * What becomes of promises when the power fails, or the disk is full.
 *
 * <p>The power fails after every write of a conversation: what was said before must be there afterwards. A disk has no
 * room left after any byte: whoever writes is told so, and what was promised stays and goes on when there is room.
 *
 * <p><b>Flow.</b> {@link parley.proving.power.Interposer} is preloaded into the programs of a {@link
 * parley.proving.power.Conversation} &rarr; log &rarr; {@link parley.proving.power.Recording} &rarr; up to some
 * operation into a {@link parley.proving.power.Disk} &rarr; the folder as it may be then &rarr; the program's own
 * classes open it &rarr; compared with what the programs had printed by then. A
 * {@link parley.proving.power.Room} is what the interposer leaves to a program; two {@link
 * parley.proving.power.Talker}s write and read meanwhile.
 *
 * <p><b>Leans on</b> {@link parley.proving.process} for the programs, on {@code peer.store} and {@code registry.journal}
 * for opening what is left: a thousand starts would take an hour.
 *
 * <p><b>Words.</b> <i>Synced</i>: an fsync of the file, for a name an fsync of its folder, has returned. <i>Bare</i> is
 * the disk on which nothing else is, <i>ragged</i> one on which some of the rest is, the last of it torn.
 *
 * <p>Folders count as made for good; so does what a disk says it has synced.
 */
@org.jspecify.annotations.NullMarked
package parley.proving.power;
