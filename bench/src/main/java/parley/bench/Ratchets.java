package parley.bench;

import java.util.concurrent.TimeUnit;
import org.apache.pekko.util.ByteString;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;
import parley.peer.cipher.ratchet.Sessions;

/** What sealing and opening cost, on one core, with the padding of a short text. */
@State(Scope.Thread)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class Ratchets {
    private static final ByteString TEXT =
            ByteString.fromString("a text as people write them, some sixty bytes of it all");

    private final Couple oneWay = Couple.met();
    private final Couple pingPong = Couple.met();
    private final Couple strangers = new Couple();

    @Benchmark
    public ByteString seal() {
        return oneWay.sealedByAlice(TEXT);
    }

    /** Sealing is half of it: what opens must have been sealed, each only once. */
    @Benchmark
    public void sealAndOpen() {
        oneWay.toBob(TEXT);
    }

    /** There and back, so that each text turns the ratchet: count twice. */
    @Benchmark
    public void pingPong() {
        pingPong.toBob(TEXT);
        pingPong.toAlice(TEXT);
    }

    @Benchmark
    @BenchmarkMode(Mode.AverageTime)
    @OutputTimeUnit(TimeUnit.MICROSECONDS)
    public Sessions pqxdh() {
        return strangers.begun();
    }

    static void run() throws Exception {
        var options = new OptionsBuilder()
                .include(Ratchets.class.getName())
                .verbosity(VerboseMode.SILENT)
                .build();
        for (var result : new Runner(options).run()) {
            var primary = result.getPrimaryResult();
            Figure.of(primary.getLabel(), primary.getScore(), primary.getScoreUnit())
                    .print();
        }
    }
}
