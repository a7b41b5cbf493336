/**
 * The real programs as real processes, started by the launcher just as a user starts them.
 *
 * <p><b>Flow.</b> {@link parley.proving.process.Launch} (what to start) &rarr; {@link parley.proving.process.Running};
 * lines typed &rarr; its stdin; its stdout and stderr &rarr; {@link parley.proving.process.Output} &rarr; events that a
 * test awaits.
 *
 * <p><b>Leans on</b> the command line and its JSON events (docs/EVENTS.md) and on no class of the programs: a test that
 * looked inside would pass while the door is locked.
 *
 * <p><b>Words.</b> An <i>event</i> is one JSON object, one line of stdout. To <i>take</i> an event is to get it from an
 * await: no later await sees it again, so that two equal messages are two.
 */
@org.jspecify.annotations.NullMarked
package parley.proving.process;
