package parley.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import parley.proving.process.Launch;
import parley.proving.process.Running;

/** A registry of its own in a temporary folder, and whoever joins it. */
final class World implements AutoCloseable {
    static final String PASSWORD = "correct-horse";

    private static final Duration SOON = Duration.ofMinutes(2);

    private final Path folder;
    private final Running registry;

    private World(Path folder, Running registry) {
        this.folder = folder;
        this.registry = registry;
    }

    static World create() throws IOException, InterruptedException {
        return with("");
    }

    /** @param settings of the registry */
    static World with(String settings) throws IOException, InterruptedException {
        var folder = Files.createTempDirectory("parley-bench");
        return new World(
                folder,
                Running.ready(Launch.registry(folder.resolve("registry")).configured(settings)));
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

    /** A modern one. */
    Running modern(String name) throws IOException, InterruptedException {
        return signedIn(name, Launch.modern(registry.modernAddress(), folder(name)));
    }

    /** One that others reach there, or cannot reach. */
    Running modern(String name, String listen) throws IOException, InterruptedException {
        return signedIn(
                name, Launch.modern(registry.modernAddress(), folder(name)).with("--listen", listen));
    }

    private static Running signedIn(String name, Launch launch) throws IOException, InterruptedException {
        var peer = Running.ready(launch);
        peer.run("signup %s %s".formatted(name, PASSWORD));
        peer.run("signin %s %s".formatted(name, PASSWORD));
        return peer;
    }

    /** Alice and bob have accepted each other. */
    static void acquaint(Running alice, Running bob) throws IOException, InterruptedException {
        acquaint(alice, "alice", bob, "bob");
    }

    /** They too. */
    static void acquaint(Running alice, String nameOfAlice, Running bob, String nameOfBob)
            throws IOException, InterruptedException {
        alice.run("send %s hello".formatted(nameOfBob));
        bob.await("the request", Running.event("request"), SOON);
        bob.run("accept " + nameOfAlice);
        bob.run("send %s hello".formatted(nameOfAlice));
        alice.await("the answer", Running.event("message"), SOON);
    }

    @Override
    public void close() throws IOException {
        registry.close();
        try (var all = Files.walk(folder)) {
            for (var path : all.sorted(Comparator.reverseOrder()).toList()) Files.deleteIfExists(path);
        }
    }
}
