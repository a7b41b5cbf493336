package parley.proving.modern.group;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Which of our programs holds the other end of a connection: Linux says so below {@code /proc}. */
final class Callers {
    private static final int LOCAL = 1;
    private static final int REMOTE = 2;
    private static final int INODE = 9;
    private static final int HEX = 16;

    private final Map<String, Long> processes = new ConcurrentHashMap<>();

    void isAt(String name, long pid) {
        processes.put(name, pid);
    }

    /** Nobody if it is gone already. */
    Optional<String> of(Socket accepted) {
        try {
            var inode = inode(accepted);
            if (inode.isEmpty()) return Optional.empty();
            var socket = Path.of("socket:[%s]".formatted(inode.get()));
            for (var process : processes.entrySet())
                if (holds(process.getValue(), socket)) return Optional.of(process.getKey());
            return Optional.empty();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static Optional<String> inode(Socket accepted) throws IOException {
        // Programs in Java hold IPv4 connections as IPv6 ones, as a rule.
        for (var table : List.of("/proc/net/tcp6", "/proc/net/tcp"))
            for (var line : Files.readAllLines(Path.of(table))) {
                var words = line.strip().split("\\s+");
                boolean his =
                        port(words[LOCAL]) == accepted.getPort() && port(words[REMOTE]) == accepted.getLocalPort();
                if (his) return Optional.of(words[INODE]);
            }
        return Optional.empty();
    }

    private static int port(String address) {
        int colon = address.indexOf(':');
        // The first line names the columns.
        return colon < 0 ? 0 : Integer.parseInt(address.substring(colon + 1), HEX);
    }

    private static boolean holds(long pid, Path socket) throws IOException {
        try (var open = Files.newDirectoryStream(Path.of("/proc", String.valueOf(pid), "fd"))) {
            for (var file : open) if (isLinkTo(file, socket)) return true;
            return false;
        } catch (NoSuchFileException ended) {
            return false;
        }
    }

    private static boolean isLinkTo(Path file, Path socket) {
        try {
            return Files.readSymbolicLink(file).equals(socket);
        } catch (IOException closedMeanwhile) {
            return false;
        }
    }
}
