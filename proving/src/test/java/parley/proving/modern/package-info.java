/**
 * The modern world under test: real registries and peers that are killed, restored, lied to and cut off.
 *
 * <p><b>Flow.</b> a test &rarr; {@link parley.proving.modern.Town} &rarr; processes &rarr; their events &rarr; what must
 * hold.
 *
 * <p><b>Leans on</b> {@link parley.proving.process}.
 */
@org.jspecify.annotations.NullMarked
package parley.proving.modern;
