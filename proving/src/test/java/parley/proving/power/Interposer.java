package parley.proving.power;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Stands between a program and its disk; interposer.c says what it does there. */
record Interposer(Path library) {
    private static final Path SOURCE = Path.of("src/test/c/interposer.c").toAbsolutePath();
    private static final int COMPILE_SECONDS = 60;

    /** Skips the test where there is no C compiler, or no Linux. */
    static Interposer compiled(Path workshop) throws IOException, InterruptedException {
        assumeTrue("Linux".equals(System.getProperty("os.name")), "the interposer knows Linux only");
        assumeTrue(there("cc"), "no C compiler: expected a command cc (packages gcc and libc6-dev)");
        var library = workshop.resolve("interposer.so");
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
        return new Interposer(library);
    }

    /** For the environment of a program whose disk lies below {@code folder}, with what is to be done there. */
    Map<String, String> before(Path folder, String variable, Path value) {
        return Map.of("LD_PRELOAD", library.toString(), "PARLEY_DISK", folder.toString(), variable, value.toString());
    }

    private static boolean there(String command) {
        for (var folder : System.getenv().getOrDefault("PATH", "").split(":", -1))
            if (Files.isExecutable(Path.of(folder, command))) return true;
        return false;
    }
}
