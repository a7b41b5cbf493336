package parley.proving.crowd;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The process of {@link Members}, seen from here. */
public final class Crowd implements AutoCloseable {
    /** For hundreds to sign up on a machine that has other things to do. */
    private static final Duration PATIENCE = Duration.ofMinutes(15);

    private final Process process;
    private final BufferedReader lines;

    /**
     * @param registry {@code IP:PORT#FINGERPRINT}
     * @param listen where each of them does, port 0
     */
    public static Crowd start(String registry, String listen, Path folder, int count) throws IOException {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var process = new ProcessBuilder(
                        java,
                        "-Xmx2g",
                        "-XX:+UseSerialGC",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Members.class.getName(),
                        registry,
                        listen,
                        folder.toString(),
                        Integer.toString(count))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        var crowd = new Crowd(process);
        crowd.await("ready");
        return crowd;
    }

    private Crowd(Process process) {
        this.process = process;
        this.lines = process.inputReader();
    }

    public long pid() {
        return process.pid();
    }

    public void type(int member, String line) throws IOException {
        var out = process.outputWriter();
        out.write("%d %s%n".formatted(member, line));
        out.flush();
    }

    /** The next time that they say so; a word that does not come ends them. */
    public void await(String word) throws IOException {
        var tooLate = CompletableFuture.delayedExecutor(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        var limit = CompletableFuture.runAsync(process::destroyForcibly, tooLate);
        try {
            for (var line = lines.readLine(); line != null; line = lines.readLine()) if (line.equals(word)) return;
            throw new IOException("they ended before they said " + word);
        } finally {
            limit.cancel(false);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
