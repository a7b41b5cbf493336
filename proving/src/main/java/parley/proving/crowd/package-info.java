/**
 * More peers than a machine has room for as programs: whole ones, in one process.
 *
 * <p><b>Flow.</b> {@link parley.proving.crowd.Crowd} starts the process; lines typed &rarr; the stdin of {@link
 * parley.proving.crowd.Members} &rarr; the peer that they are for; what it is asked to say &rarr; stdout.
 *
 * <p><b>Leans on</b> the peer from its commands inwards: no terminal and no JSON is between.
 *
 * <p><b>Words.</b> A <i>member</i> is one of the crowd, called member1, member2, ...; it accepts whoever writes.
 */
@org.jspecify.annotations.NullMarked
package parley.proving.crowd;
