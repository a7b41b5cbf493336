/**
 * One person's end of Parley: {@code PeerMain} reads the configuration and puts the parts together.
 *
 * <p><b>Flow.</b> typed line &rarr; command &rarr; session &rarr; cipher &rarr; link &rarr; socket; socket &rarr; link
 * &rarr; cipher &rarr; session &rarr; talk &rarr; screen.
 *
 * <p><b>Leans on</b> everything below it; nothing leans on it.
 */
@org.jspecify.annotations.NullMarked
package parley.peer;
