package parley.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * The same file by what people use otherwise, each where it is installed: {@code socat} in clear and with TLS, and {@code
 * scp} from an {@code sshd} of our own. None of them syncs what it has written.
 */
final class OtherPrograms {
    private static final int ROUNDS = 5;
    private static final int PORT = 23_000;
    private static final Duration BEGINNING = Duration.ofMillis(500);
    private static final String SSHD = "/usr/sbin/sshd";

    /** One that receives, and one that sends, as lines for a shell. */
    private record Pair(String what, String receiving, String sending) {}

    private final Path folder;
    private final Path file;
    private final Path into;

    private OtherPrograms(Path folder, Path file) {
        this.folder = folder;
        this.file = file;
        this.into = folder.resolve("into");
    }

    static void run(Path folder, Path file) throws Exception {
        var others = new OtherPrograms(folder, file);
        if (has("socat")) others.measure(others.clear());
        if (has("socat") && has("openssl")) others.measure(others.openSsl());
        if (has("scp") && has(SSHD)) others.measure(others.scp());
    }

    private Pair clear() {
        return socat("in clear", "TCP-LISTEN:%d,reuseaddr".formatted(PORT), "TCP:127.0.0.1:%d".formatted(PORT));
    }

    private Pair openSsl() throws Exception {
        var pem = folder.resolve("both.pem");
        shell("openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost -keyout %1$s -out %1$s.crt"
                .formatted(pem));
        shell("cat %1$s.crt >> %1$s".formatted(pem));
        return socat(
                "with OpenSSL",
                "OPENSSL-LISTEN:%d,reuseaddr,verify=0,cert=%s".formatted(PORT, pem),
                "OPENSSL:127.0.0.1:%d,verify=0".formatted(PORT));
    }

    private Pair socat(String how, String listen, String dial) {
        return new Pair(
                "socat, " + how,
                "exec socat -b 65536 -u %s CREATE:%s".formatted(listen, into),
                "exec socat -b 65536 -u OPEN:%s,rdonly %s".formatted(file, dial));
    }

    private Pair scp() throws Exception {
        shell("ssh-keygen -q -t ed25519 -N '' -f %s/host; ssh-keygen -q -t ed25519 -N '' -f %s/user"
                .formatted(folder, folder));
        // Where it drops its rights; a package that was not set up as a service has not made it.
        shell("mkdir -p /run/sshd");
        return new Pair(
                "scp, aes256-gcm",
                "exec " + SSHD
                        + " -D -e -f /dev/null -p %1$d -h %2$s/host -o ListenAddress=127.0.0.1 -o StrictModes=no -o UsePAM=no"
                                .formatted(PORT, folder)
                        + " -o PidFile=none -o PermitRootLogin=yes -o AuthorizedKeysFile=%1$s/user.pub"
                                .formatted(folder)
                        + " -o Subsystem='sftp internal-sftp'",
                "exec scp -q -c aes256-gcm@openssh.com -P %d -i %s/user".formatted(PORT, folder)
                        + " -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null -o LogLevel=ERROR"
                        + " %s 127.0.0.1:%s".formatted(file, into));
    }

    private void measure(Pair pair) throws Exception {
        var rates = new double[ROUNDS];
        var sending = new double[ROUNDS];
        var receiving = new double[ROUNDS];
        double senders = 0;
        double receivers = 0;
        for (int round = 0; round < ROUNDS; round++) {
            var server = start(pair.receiving);
            // It says nothing when it listens.
            Thread.sleep(BEGINNING);
            try (var there = new Family(server.toHandle())) {
                long start = System.nanoTime();
                var client = start(pair.sending);
                try (var here = new Family(client.toHandle())) {
                    if (client.waitFor() != 0) throw new IllegalStateException("failed: " + pair.sending);
                    sending[round] = here.cpuSeconds();
                    senders = Math.max(senders, here.peakMib());
                }
                // One that serves others as well does not end by itself, and has written all by then.
                if (pair.what.startsWith("socat") && !server.waitFor(1, TimeUnit.MINUTES))
                    throw new IllegalStateException("does not end: " + pair.receiving);
                rates[round] = Files.size(file) / (double) (1 << 20) / ((System.nanoTime() - start) / 1e9);
                receiving[round] = there.cpuSeconds();
                receivers = Math.max(receivers, there.peakMib());
            } finally {
                server.destroy();
                server.waitFor();
            }
            if (Files.mismatch(file, into) >= 0) throw new IllegalStateException("another file came: " + pair.what);
            Files.move(into, Files.createTempFile(folder, "came", ""), StandardCopyOption.REPLACE_EXISTING);
        }
        Figure.of(pair.what, Figure.median(rates), "MiB/s").print();
        print(pair.what, "sender", Figure.median(sending), senders);
        print(pair.what, "receiver", Figure.median(receiving), receivers);
    }

    static void print(String what, String side, double seconds, double mib) {
        Figure.of("  processor time of the %s of %s".formatted(side, what), seconds, "s")
                .print();
        Figure.of("  most memory of the %s of %s".formatted(side, what), mib, "MiB")
                .print();
    }

    private static boolean has(String program) throws Exception {
        return start("command -v " + program).waitFor() == 0;
    }

    private static void shell(String command) throws Exception {
        if (start(command).waitFor() != 0) throw new IllegalStateException("failed: " + command);
    }

    private static Process start(String command) throws IOException {
        return new ProcessBuilder("sh", "-c", command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }
}
