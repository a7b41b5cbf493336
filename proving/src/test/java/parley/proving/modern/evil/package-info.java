/**
 * A registry that can lie, in memory, for peers that are real programs.
 *
 * <p><b>Flow.</b> peer &rarr; TLS &rarr; {@link parley.proving.modern.evil.PlayedRegistry} &rarr; what its {@link
 * parley.proving.modern.evil.Lies} make of it.
 *
 * <p><b>Leans on</b> the codecs and the channel of the program itself: what is tested are the peers.
 */
@org.jspecify.annotations.NullMarked
package parley.proving.modern.evil;
