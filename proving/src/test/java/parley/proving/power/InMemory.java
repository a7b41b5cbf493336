package parley.proving.power;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.AnnotatedElementContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDirFactory;

/**
 * A folder in memory where there is such a thing. What the power has left is laid out a thousand times, and none of these
 * need outlive another failure.
 */
final class InMemory implements TempDirFactory {
    private static final Path SHARED = Path.of("/dev/shm");
    private static final String PREFIX = "parley-power";

    @Override
    public Path createTempDirectory(AnnotatedElementContext element, ExtensionContext test) throws IOException {
        return Files.isDirectory(SHARED) && Files.isWritable(SHARED)
                ? Files.createTempDirectory(SHARED, PREFIX)
                : Files.createTempDirectory(PREFIX);
    }
}
