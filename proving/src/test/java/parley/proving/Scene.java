package parley.proving;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import parley.proving.classic.ClassicClient;
import parley.proving.process.Launch;
import parley.proving.process.Running;

/** A registry with a folder of its own, and whoever a story needs around it. All of them leave when it closes. */
final class Scene implements AutoCloseable {
    static final String PASSWORD = "Correct-Horse7";

    private final Path folder;
    private final Running registry;
    private final Deque<Closeable> guests = new ArrayDeque<>();

    static Scene open(Path folder) throws IOException, InterruptedException {
        return new Scene(folder, Running.registry(folder.resolve("registry")));
    }

    private Scene(Path folder, Running registry) {
        this.folder = folder;
        this.registry = registry;
    }

    /** {@code IP:PORT} of the registry's classic gate. */
    String registry() {
        return registry.address();
    }

    /** What {@code name} calls its own: received files, data, things to send. */
    Path home(String name) throws IOException {
        return Files.createDirectories(folder.resolve(name));
    }

    /** Connected, and nobody yet. */
    ClassicClient stranger() throws IOException {
        var client = ClassicClient.connect(registry(), home("strangers"));
        guests.push(client::close);
        return client;
    }

    /** A naive classic client, signed up and in. */
    ClassicClient classic(String name) throws IOException {
        var client = ClassicClient.connect(registry(), home(name));
        guests.push(client::close);
        return client.enter(name, PASSWORD);
    }

    /** One of our peers, signed up and in. */
    Running peer(String name) throws IOException, InterruptedException {
        return enter(name, Launch.peer(registry(), home(name)));
    }

    Running enter(String name, Launch launch) throws IOException, InterruptedException {
        var peer = Running.ready(launch);
        guests.push(peer::close);
        peer.run("signup %s %s".formatted(name, PASSWORD));
        peer.run("signin %s %s".formatted(name, PASSWORD));
        return peer;
    }

    @Override
    public void close() throws IOException {
        try {
            while (!guests.isEmpty()) guests.pop().close();
        } finally {
            registry.close();
        }
    }
}
