package parley.messages;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.pekko.util.ByteString;

/**
 * Fuzzes a parser in a process of its own, as Jazzer wants one to itself. A finding leaves its input, and a program that
 * plays it, under {@code target/fuzz}; {@code -Dfuzz.inputs=} with {@code -Dfuzz.seconds=} fuzzes longer.
 */
public final class Fuzzing {
    private static final int INPUTS = Integer.getInteger("fuzz.inputs", 100_000);
    /** Ends a run early on a slow machine, so that no target takes much longer than it. */
    private static final int SECONDS_MAX = Integer.getInteger("fuzz.seconds", 8);
    /** To start and to end; a fuzzer still there after that hangs. */
    private static final int GRACE_SECONDS = 120;

    private static final String SANITIZERS = "com.code_intelligence.jazzer.sanitizers";
    private static final Pattern DONE = Pattern.compile("Done (\\d+) runs in \\d+ second");

    /**
     * Fails with what the fuzzer said if it found something.
     *
     * @param target has a {@code public static void fuzzerTestOneInput(byte[])}
     * @param seeds valid inputs to start from
     * @param inputBytesMax longer input only tells that it is too long
     */
    public static void fuzz(Class<?> target, Supplier<ByteString> seeds, int inputBytesMax) throws Exception {
        var folder = Path.of("target", "fuzz", target.getSimpleName()).toAbsolutePath();
        plant(folder, seeds);
        var log = folder.resolve("log.txt");
        var process = new ProcessBuilder(command(target, folder, inputBytesMax))
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            assertThat(process.waitFor(SECONDS_MAX + GRACE_SECONDS, TimeUnit.SECONDS))
                    .as("ended, see %s", log)
                    .isTrue();
        } finally {
            process.destroyForcibly();
        }
        var said = Files.readString(log);
        assertThat(process.exitValue()).as(said).isZero();
        assertThat(inputs(said)).as(said).isPositive();
    }

    /**
     * Valid messages to start from, and their beginnings: without them most of the time goes into finding the first
     * keyword.
     */
    private static void plant(Path folder, Supplier<ByteString> seeds) throws IOException {
        if (Files.exists(folder)) {
            try (var old = Files.walk(folder).sorted(Comparator.reverseOrder())) {
                for (var path : old.toList()) Files.delete(path);
            }
        }
        Files.createDirectories(folder.resolve("found"));
        var planted = Files.createDirectories(folder.resolve("seeds"));
        var inputs = Stream.generate(seeds).limit(16).flatMap(whole -> {
            int step = 1 + whole.size() / 64;
            return IntStream.iterate(whole.size(), n -> n >= 0, n -> n - step).mapToObj(whole::take);
        });
        int n = 0;
        for (var input : inputs.toList()) Files.write(planted.resolve("%04d".formatted(n++)), input.toArray());
    }

    private static List<String> command(Class<?> target, Path folder, int inputBytesMax) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-XX:+EnableDynamicAgentLoading",
                // The last one is unknown before Java 23.
                "-XX:+IgnoreUnrecognizedVMOptions",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                "com.code_intelligence.jazzer.Jazzer",
                "--target_class=" + target.getName(),
                "--instrumentation_includes=parley.messages.**",
                "--custom_hook_includes=parley.messages.**",
                // Called for each node of a pattern, these cost half the time; no pattern of ours is made of input.
                "--disabled_hooks=%1$s.RegexRoadblocks:%1$s.RegexInjection".formatted(SANITIZERS),
                "--reproducer_path=" + folder,
                "-artifact_prefix=" + folder + "/",
                "-runs=" + INPUTS,
                "-max_total_time=" + SECONDS_MAX,
                "-max_len=" + inputBytesMax,
                // For one input. The first loads and instruments everything, which takes seconds on a busy machine.
                "-timeout=60",
                folder.resolve("found").toString(),
                folder.resolve("seeds").toString());
    }

    private static int inputs(String said) {
        var done = DONE.matcher(said);
        return done.find() ? Integer.parseInt(done.group(1)) : 0;
    }

    private Fuzzing() {}
}
