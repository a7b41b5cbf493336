package parley.messages.classic;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.Test;

/**
 * Fuzzes every classic parser in a process of its own, as Jazzer wants one to itself. A finding leaves its input and a
 * program that plays it under {@code target/fuzz}; {@code -Dfuzz.inputs=} fuzzes longer.
 */
class EveryParserFuzzTest {
    /** Each goes to each parser. */
    private static final int INPUTS = Integer.getInteger("fuzz.inputs", 100_000);
    /** Seconds. Ends the run early on a slow machine. */
    private static final int TIME_MAX = 40;

    /** Bytes. A chunk is the longest message; longer input only tells that it is too long. */
    private static final int INPUT_BYTES_MAX = 2_100;

    private static final Pattern DONE = Pattern.compile("Done (\\d+) runs in \\d+ second");

    private final Path folder = Path.of("target", "fuzz").toAbsolutePath();

    @Test
    void noInputBreaksAParser() throws Exception {
        plantSeeds();
        var log = folder.resolve("log.txt");
        var jazzer = new ProcessBuilder(command()).directory(folder.toFile()).redirectErrorStream(true);
        var process = jazzer.redirectOutput(log.toFile()).start();
        try {
            assertThat(process.waitFor(3 * TIME_MAX, TimeUnit.SECONDS))
                    .as("ended, see %s", log)
                    .isTrue();
        } finally {
            process.destroyForcibly();
        }
        var said = Files.readString(log);
        assertThat(process.exitValue()).as(said).isZero();
        assertThat(inputs(said)).as(said).isPositive();
    }

    /** Valid messages to start from: without them most of the time goes into finding the first keyword. */
    private void plantSeeds() throws IOException {
        if (Files.exists(folder)) {
            try (var old = Files.walk(folder).sorted(java.util.Comparator.reverseOrder())) {
                for (var path : old.toList()) Files.delete(path);
            }
        }
        Files.createDirectories(folder.resolve("seeds"));
        Files.createDirectories(folder.resolve("found"));
        var seeded = new Seeded();
        var inputs = Stream.<ByteString>builder();
        for (int i = 0; i < 60; i++) {
            var request = seeded.request();
            inputs.add(RequestCodec.encode(request))
                    .add(RequestCodec.encode(request).concat(RequestCodec.encode(request)));
            if (!(request instanceof Request.Exit)) inputs.add(ReplyCodec.encode(seeded.replyTo(request)));
            if (i % 10 != 0) continue;
            for (var message : List.of(seeded.publicValue(), seeded.text(), seeded.fileOffer())) {
                inputs.add(PeerCodec.encode(message));
            }
            inputs.add(seeded.hex(20).concat(seeded.bytes(PeerCodec.IV_BYTES)));
        }
        int n = 0;
        for (var input : inputs.build().toList()) {
            Files.write(folder.resolve("seeds").resolve("%03d".formatted(n++)), input.toArray());
        }
    }

    private List<String> command() {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-XX:+EnableDynamicAgentLoading",
                "-XX:+IgnoreUnrecognizedVMOptions",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                "com.code_intelligence.jazzer.Jazzer",
                "--target_class=" + EveryParser.class.getName(),
                "--instrumentation_includes=parley.messages.**",
                "--custom_hook_includes=parley.messages.**",
                "--reproducer_path=" + folder,
                "-artifact_prefix=" + folder + "/",
                "-runs=" + INPUTS,
                "-max_total_time=" + TIME_MAX,
                "-max_len=" + INPUT_BYTES_MAX,
                "-timeout=5",
                folder.resolve("found").toString(),
                folder.resolve("seeds").toString());
    }

    private static int inputs(String said) {
        var done = DONE.matcher(said);
        return done.find() ? Integer.parseInt(done.group(1)) : 0;
    }
}
