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

    /** Where a user would not want to wait for longer than seconds, but a test has nothing better to do. */
    private static final String PATIENT_REGISTRY = """
            parley.registry.classic { first-request = 2 minutes, answer = 2 minutes }
            """;

    private static final String PATIENT_PEER = """
            parley.peer {
              lookup { connect-timeout = 2 minutes, answer-timeout = 2 minutes }
              link { dial-timeout = 2 minutes, handshake-timeout = 2 minutes, silence-timeout = 2 minutes }
            }
            """;

    private final Path folder;
    private final Running registry;
    private final Deque<Closeable> guests = new ArrayDeque<>();

    static Scene open(Path folder) throws IOException, InterruptedException {
        return new Scene(folder, Running.registry(folder.resolve("registry")));
    }

    /**
     * One in which nobody gives anybody up: for more processes than the machine has room for, of which each may stand
     * still for longer than a user would wait. Peers are started with {@link #patient}.
     */
    static Scene openPatient(Path folder) throws IOException, InterruptedException {
        var conf = Files.writeString(folder.resolve("registry.conf"), PATIENT_REGISTRY);
        var launch = Launch.registry(folder.resolve("registry")).with("--conf", conf.toString());
        return new Scene(folder, Running.ready(launch));
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
        return enter(name, Launch.peer(registry(), home(name)).shortLived());
    }

    /** A peer that waits for minutes where a user's waits for seconds. */
    Launch patient(String name) throws IOException {
        var home = home(name);
        var conf = Files.writeString(home.resolve("peer.conf"), PATIENT_PEER);
        return Launch.peer(registry(), home).with("--conf", conf.toString()).shortLived();
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
