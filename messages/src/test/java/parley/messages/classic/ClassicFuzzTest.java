package parley.messages.classic;

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
import org.junit.jupiter.api.Test;

/**
 * Fuzzes the classic parsers in processes of their own, as Jazzer wants one to itself. A finding leaves its input, and a
 * program that plays it, under {@code target/fuzz}; {@code -Dfuzz.inputs=} with {@code -Dfuzz.seconds=} fuzzes longer.
 */
class ClassicFuzzTest {
    private static final int INPUTS = Integer.getInteger("fuzz.inputs", 100_000);
    /** Ends a run early on a slow machine, so that the three take no longer than a minute. */
    private static final int SECONDS_MAX = Integer.getInteger("fuzz.seconds", 15);
    /** To start and to end; a fuzzer still there after that hangs. */
    private static final int GRACE_SECONDS = 120;

    /** A chunk is the longest message; longer input only tells that it is too long. */
    private static final int INPUT_BYTES_MAX = 2_100;

    private static final String SANITIZERS = "com.code_intelligence.jazzer.sanitizers";
    private static final Pattern DONE = Pattern.compile("Done (\\d+) runs in \\d+ second");

    private final Seeded seeded = new Seeded();

    @Test
    void noInputBreaksAParserOfRequests() throws Exception {
        fuzz(FuzzTargets.Requests.class, () -> RequestCodec.encode(seeded.request()));
    }

    @Test
    void noInputBreaksAParserOfPeerMessages() throws Exception {
        fuzz(FuzzTargets.PeerMessages.class, () -> switch (seeded.random.nextInt(4)) {
            case 0 -> PeerCodec.encode(seeded.publicValue()).take(16);
            case 1 -> PeerCodec.encode(seeded.text()).take(64);
            case 2 -> PeerCodec.encode(seeded.fileOffer());
            default -> seeded.hex(2 * seeded.random.nextInt(8)).concat(seeded.bytes(PeerCodec.IV_BYTES));
        });
    }

    @Test
    void noInputBreaksAParserOfReplies() throws Exception {
        fuzz(FuzzTargets.Replies.class, () -> {
            var asked = seeded.request();
            return ReplyCodec.encode(asked instanceof Request.Exit ? new Reply.Refused("no") : seeded.replyTo(asked));
        });
    }

    private static void fuzz(Class<?> target, Supplier<ByteString> seeds) throws Exception {
        var folder = Path.of("target", "fuzz", target.getSimpleName()).toAbsolutePath();
        plant(folder, seeds);
        var log = folder.resolve("log.txt");
        var process = new ProcessBuilder(command(target, folder))
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

    private static List<String> command(Class<?> target, Path folder) {
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
                "-max_len=" + INPUT_BYTES_MAX,
                // For one input. The first loads and instruments everything, which takes seconds on a busy machine.
                "-timeout=60",
                folder.resolve("found").toString(),
                folder.resolve("seeds").toString());
    }

    private static int inputs(String said) {
        var done = DONE.matcher(said);
        return done.find() ? Integer.parseInt(done.group(1)) : 0;
    }
}
