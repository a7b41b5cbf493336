package parley.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import parley.proving.process.Running;

/** A registry of its own in a temporary folder, and whoever joins it. */
final class World implements AutoCloseable {
    static final String PASSWORD = "correct-horse";

    private final Path folder;
    private final Running registry;

    private World(Path folder, Running registry) {
        this.folder = folder;
        this.registry = registry;
    }

    static World create() throws IOException, InterruptedException {
        var folder = Files.createTempDirectory("parley-bench");
        return new World(folder, Running.registry(folder.resolve("registry")));
    }

    Running registry() {
        return registry;
    }

    String address() {
        return registry.address();
    }

    /** Somebody's folder in here. */
    Path folder(String name) throws IOException {
        return Files.createDirectories(folder.resolve(name));
    }

    /** A peer of ours, signed in. */
    Running peer(String name) throws IOException, InterruptedException {
        var peer = Running.peer(address(), folder(name));
        peer.run("signup %s %s".formatted(name, PASSWORD));
        peer.run("signin %s %s".formatted(name, PASSWORD));
        return peer;
    }

    @Override
    public void close() throws IOException {
        registry.close();
        try (var all = Files.walk(folder)) {
            for (var path : all.sorted(Comparator.reverseOrder()).toList()) Files.deleteIfExists(path);
        }
    }
}
