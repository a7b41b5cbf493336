package parley.peer.terminal;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jline.reader.impl.history.DefaultHistory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The lines of earlier days, one a line in a file that only its owner can read; never one that holds a password. A file
 * that cannot be read or written costs the history and nothing else.
 */
final class Recall extends DefaultHistory {
    /** Lines that are loaded. Twice as many may stand in the file before it is shortened. */
    private static final int LINES_MAX = 1_000;

    /** Characters. Longer lines are remembered until the end of the program only. */
    private static final int LINE_MAX = 4 * 1024;

    private static final Logger log = LoggerFactory.getLogger(Recall.class);

    private final Path file;

    private Recall(Path file) {
        this.file = file;
    }

    static Recall from(Path file) {
        var recall = new Recall(file);
        recall.load(Instant.EPOCH);
        return recall;
    }

    private void load(Instant time) {
        try {
            if (!Files.exists(file)) return;
            var lines = new String(Files.readAllBytes(file), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            var kept = lines.subList(Math.max(0, lines.size() - LINES_MAX), lines.size());
            kept.stream().filter(line -> !line.isBlank()).forEach(line -> internalAdd(time, line));
            moveToEnd();
            if (lines.size() > 2 * LINES_MAX) shorten(kept);
        } catch (IOException | RuntimeException unreadable) {
            log.warn("history not read: {}", unreadable.getClass().getSimpleName());
        }
    }

    @Override
    public void add(Instant time, String line) {
        Discreet.of(line).ifPresent(kept -> {
            boolean repeated = !isEmpty() && get(last()).equals(kept);
            super.add(time, kept);
            if (!repeated && kept.length() <= LINE_MAX && kept.indexOf('\n') < 0) append(kept);
        });
    }

    private void append(String line) {
        try (var out = Files.newByteChannel(file, Set.of(CREATE, WRITE, APPEND), privately())) {
            out.write(ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8)));
        } catch (IOException unwritable) {
            log.warn("history not written: {}", unwritable.getClass().getSimpleName());
        }
    }

    private void shorten(List<String> kept) throws IOException {
        // Files.createTempFile makes it private.
        var shorter = Files.createTempFile(file.toAbsolutePath().getParent(), "history", ".tmp");
        Files.write(shorter, kept, StandardCharsets.UTF_8);
        Files.move(shorter, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    private static FileAttribute<?> privately() {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    }
}
