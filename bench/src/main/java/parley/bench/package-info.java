/**
 * How fast and how small, as ratios measured in one run: these machines are shared and noisy, and a number alone says
 * little.
 *
 * <p><b>Flow.</b> {@link parley.bench.Bench} picks a measurement, which starts real processes, loads them, and prints one
 * line for each {@link parley.bench.Figure}.
 *
 * <p><b>Leans on</b> proving, for its processes and its naive classic client.
 *
 * <p><b>Words.</b> The <i>naive pair</i> is two of proving's classic clients that do what PROTOCOL says and no more:
 * what everything is compared with.
 *
 * <p><b>To add a measurement:</b> a class with a {@code run()}, a line in {@link parley.bench.Bench}, and its result, with
 * machine, JDK and command, in docs/BENCHMARKS.md.
 */
@org.jspecify.annotations.NullMarked
package parley.bench;
