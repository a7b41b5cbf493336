package parley.peer.vault;

import static parley.peer.vault.Fixture.PASSWORD;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** Another process that has a vault open, to be killed. It says what it did when it is done. */
final class VaultProcess implements AutoCloseable {
    static final String OTHER_PASSWORD = "the-other";

    private final Process process;
    private final BufferedReader said;

    private VaultProcess(Process process) {
        this.process = process;
        said = process.inputReader(StandardCharsets.UTF_8);
    }

    /** @param work {@code hold}, {@code commit} or {@code passwd} */
    static VaultProcess start(Path folder, String work) throws IOException {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return new VaultProcess(new ProcessBuilder(
                        java,
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        VaultProcess.class.getName(),
                        folder.toString(),
                        work)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    public static void main(String... arguments) throws IOException {
        try (var vault = Fixture.open(Path.of(arguments[0]))) {
            say("open");
            switch (arguments[1]) {
                case "commit" -> commit(vault);
                case "passwd" -> changePasswords(vault);
                default -> {
                    while (System.in.read() >= 0) {}
                }
            }
        }
    }

    private static void commit(Vault vault) {
        for (int i = 0; ; i++) {
            int number = i;
            vault.transaction(records -> {
                records.put("left", Fixture.bytes("n" + number), Fixture.bytes("v" + number));
                records.put("right", Fixture.bytes("n" + number), Fixture.bytes("v" + number));
                return number;
            });
            say("n" + number);
        }
    }

    private static void changePasswords(Vault vault) {
        var now = PASSWORD;
        while (true) {
            var next = now.equals(PASSWORD) ? OTHER_PASSWORD : PASSWORD;
            vault.passwd(now.toCharArray(), next.toCharArray());
            now = next;
            say("now " + now);
        }
    }

    private static void say(String line) {
        System.out.println(line);
        System.out.flush();
    }

    String hear() throws IOException {
        var line = said.readLine();
        if (line == null) throw new IOException("the other process has ended");
        return line;
    }

    /** As kill -9 does; answers with what it had said and nobody had heard. */
    List<String> kill() throws InterruptedException {
        // Process's own method would close what is still to be read.
        process.toHandle().destroyForcibly();
        var left = said.lines().toList();
        process.waitFor();
        return left;
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
