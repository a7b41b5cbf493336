package parley.proving.modern;

import static parley.proving.process.Running.event;
import static parley.proving.process.Running.with;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.Closeable;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ThreadLocalRandom;
import parley.proving.process.Launch;
import parley.proving.process.Running;

/** A registry and the modern peers around it, each with a folder of its own. All of them leave when it closes. */
final class Town implements AutoCloseable {
    static final String PASSWORD = "Correct-Horse7";
    static final Duration SOON = Duration.ofMinutes(2);

    /** Who was killed often is not left alone for a minute. */
    private static final String DIALS_SOON = "parley.peer.modern.link.redial-max = 5 s";

    /** Below those that systems give to connections by themselves. */
    private static final int STEADY_PORT_MIN = 21_000;

    /** Anywhere among them, as other tests look for one at the same time. */
    private static final int STEADY_PORTS = 9_000;

    private final Path folder;
    private final String settings;
    private final Deque<Closeable> people = new ArrayDeque<>();
    private Running registry;
    private volatile String at;

    static Town found(Path folder) throws IOException, InterruptedException {
        return found(folder, "");
    }

    /** @param settings of its registry */
    static Town found(Path folder, String settings) throws IOException, InterruptedException {
        return new Town(folder, "127.0.0.1:0", settings);
    }

    /** On a port that no connection is given while the registry is away, as would happen once in some thousand times. */
    static Town foundForGood(Path folder) throws IOException, InterruptedException {
        int port = STEADY_PORT_MIN + ThreadLocalRandom.current().nextInt(STEADY_PORTS);
        while (!isFree(port)) port++;
        return new Town(folder, "127.0.0.1:" + port, "");
    }

    private static boolean isFree(int port) throws IOException {
        try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (BindException taken) {
            return false;
        }
    }

    private Town(Path folder, String listen, String settings) throws IOException, InterruptedException {
        this.folder = folder;
        this.settings = settings;
        this.registry = Running.ready(registryAt(listen));
        this.at = registry.modernAddress();
    }

    /** {@code IP:PORT#FINGERPRINT}. */
    String registry() {
        return at;
    }

    Path home(String name) throws IOException {
        return Files.createDirectories(folder.resolve(name));
    }

    void killRegistry() {
        registry.kill();
    }

    /** On the port that it had, so that peers find it again. */
    void startRegistry() throws IOException, InterruptedException {
        registry = Running.ready(registryThere());
        at = registry.modernAddress();
    }

    /** Starts it again, and kills it before it has or soon after. */
    void tryRegistryFor(Duration time) throws IOException, InterruptedException {
        try (var stillborn = registryThere().start()) {
            stillborn.runFor(time);
        }
    }

    /** Starts it again, and kills it when it has served for this long. */
    void serveFor(Duration time) throws IOException, InterruptedException {
        startRegistry();
        registry.runFor(time);
        registry.kill();
    }

    private Launch registryThere() {
        return registryAt(at.substring(0, at.indexOf('#')));
    }

    private Launch registryAt(String listen) {
        return Launch.registry(folder.resolve("registry"))
                .with("--listen", listen)
                .configured(settings)
                .shortLived();
    }

    /** Signed up and in. */
    Running newcomer(String name) throws IOException, InterruptedException {
        var peer = start(name);
        peer.run("signup %s %s".formatted(name, PASSWORD));
        peer.run("signin %s %s".formatted(name, PASSWORD));
        return peer;
    }

    /** Signed in again, after it was stopped or killed. */
    Running back(String name) throws IOException, InterruptedException {
        var peer = start(name);
        peer.run("signin %s %s".formatted(name, PASSWORD));
        return peer;
    }

    /** A reader that goes on behind {@code cursor}. */
    Running since(String name, String cursor) throws IOException, InterruptedException {
        var peer = start(reader(name, cursor));
        peer.run("signin %s %s".formatted(name, PASSWORD));
        return peer;
    }

    /** A peer that shows what came behind {@code cursor}, to be started. */
    Launch reader(String name, String cursor) throws IOException {
        return Launch.modern(at, home(name))
                .with("--since", cursor)
                .configured(DIALS_SOON)
                .shortLived();
    }

    /** Nobody yet. */
    Running start(String name) throws IOException, InterruptedException {
        return start(Launch.modern(at, home(name)).configured(DIALS_SOON).shortLived());
    }

    Running start(Launch launch) throws IOException, InterruptedException {
        var peer = Running.ready(launch);
        people.push(peer::close);
        return peer;
    }

    /** Both write to each other, and so accept each other. */
    static void acquaint(Running one, String nameOfOne, Running other, String nameOfOther) throws Exception {
        one.run("send %s hello".formatted(nameOfOther));
        other.await("the request", event("request").and(with("from", nameOfOne)), SOON);
        other.run("accept " + nameOfOne);
        text(other, nameOfOne, "hello");
        other.run("send %s hello yourself".formatted(nameOfOne));
        text(one, nameOfOther, "hello yourself");
    }

    /** The text, once it has come. */
    static JsonNode text(Running at, String from, String text) throws InterruptedException {
        return at.await(
                "'%s' from %s".formatted(text, from),
                event("message").and(with("from", from)).and(with("text", text)),
                SOON);
    }

    /** What became of a text. */
    static JsonNode moved(Running at, JsonNode sent, String stage) throws InterruptedException {
        return at.await(stage, event(stage).and(with("id", sent.path("id").asText())), SOON);
    }

    @Override
    public void close() throws IOException {
        try {
            while (!people.isEmpty()) people.pop().close();
        } finally {
            registry.close();
        }
    }
}
