package parley.proving.power;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Notes what programs do to the files below a folder. */
record Recorder(Path library, Path folder, Path log) {
    private static final Path SOURCE = Path.of("src/test/c/recorder.c").toAbsolutePath();
    private static final int COMPILE_SECONDS = 60;

    /** Skips the test where there is no C compiler, or no Linux. */
    static Recorder compiled(Path workshop, Path folder) throws IOException, InterruptedException {
        assumeTrue("Linux".equals(System.getProperty("os.name")), "the recorder knows Linux only");
        assumeTrue(there("cc"), "no C compiler: expected a command cc (packages gcc and libc6-dev)");
        var library = workshop.resolve("recorder.so");
        var messages = workshop.resolve("cc.txt");
        var compiler = new ProcessBuilder(
                        "cc", "-O1", "-Wall", "-shared", "-fPIC", "-o", library.toString(), SOURCE.toString(), "-ldl")
                .redirectErrorStream(true)
                .redirectOutput(messages.toFile())
                .start();
        boolean ended = compiler.waitFor(COMPILE_SECONDS, TimeUnit.SECONDS);
        assertThat(ended && compiler.exitValue() == 0)
                .as("cc: %s", Files.readString(messages))
                .isTrue();
        return new Recorder(library, folder.toRealPath(), workshop.resolve("log"));
    }

    /** For the environment of whoever is to be recorded. */
    Map<String, String> variables() {
        return Map.of(
                "LD_PRELOAD", library.toString(),
                "PARLEY_RECORD_FOLDER", folder.toString(),
                "PARLEY_RECORD_LOG", log.toString());
    }

    private static boolean there(String command) {
        for (var folder : System.getenv().getOrDefault("PATH", "").split(":", -1))
            if (Files.isExecutable(Path.of(folder, command))) return true;
        return false;
    }
}
