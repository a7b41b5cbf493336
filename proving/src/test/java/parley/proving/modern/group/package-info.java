/**
 * A group under test: five real peers and a registry whose network falls apart again and again while they change the group.
 *
 * <p><b>Flow.</b> a test &rarr; {@link parley.proving.modern.group.Member}s, real processes that reach each other and the
 * registry by {@link parley.proving.modern.group.Way}s &rarr; {@link parley.proving.modern.group.Web}, which says who is cut
 * off from whom &rarr; what each was shown and what each has on disk &rarr; {@link parley.proving.modern.group.Account},
 * which holds the one against the other.
 *
 * <p><b>Leans on</b> {@link parley.proving.process}; on the peer's own vault and the rules of logs to read what is on disk.
 */
@org.jspecify.annotations.NullMarked
package parley.proving.modern.group;
