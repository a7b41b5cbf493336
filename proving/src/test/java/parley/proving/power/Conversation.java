package parley.proving.power;

import static parley.proving.process.Running.event;
import static parley.proving.process.Running.with;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import parley.proving.process.Launch;
import parley.proving.process.Running;

/** Two people and a registry, recorded: they meet, talk, one is away for a while, and both leave. */
final class Conversation {
    static final String PASSWORD = "Correct-Horse7";

    /** Each way; more of them are more of the same. */
    static final int TEXTS = 8;

    private static final int TEXTS_WHILE_AWAY = 5;
    private static final Duration SOON = Duration.ofSeconds(60);

    /** Three programs start at once, perhaps beside others: it is not haste that is to be proved. */
    static final String PATIENT = """
            parley.peer.modern.registry { handshake-timeout = 60 s, answer-timeout = 70 s }
            """;

    /** The same of a registry, which is to say that it is busy before a peer believes it gone. */
    static final String PATIENT_REGISTRY = """
            parley.registry.modern { handshake = 60 s, first-request = 60 s, answer = 60 s }
            """;

    /** Who was which process; a person has one after the other. */
    record Cast(Set<Long> registry, Set<Long> alice, Set<Long> bob) {}

    private final Recorder recorder;
    private final Cast cast = new Cast(new HashSet<>(), new HashSet<>(), new HashSet<>());

    static Cast held(Recorder recorder) throws IOException, InterruptedException {
        return new Conversation(recorder).held();
    }

    private Conversation(Recorder recorder) {
        this.recorder = recorder;
    }

    private Cast held() throws IOException, InterruptedException {
        try (var registry = started(
                Launch.registry(folderOf("registry")).shortLived().configured(PATIENT_REGISTRY), cast.registry())) {
            try (var alice = newcomer("alice", registry, cast.alice())) {
                try (var bob = newcomer("bob", registry, cast.bob())) {
                    acquaint(alice, bob);
                    talk(alice, bob);
                    bob.run("exit");
                }
                JsonNode last = alice.run("send bob are you there?");
                for (int i = 1; i < TEXTS_WHILE_AWAY; i++) last = alice.run("send bob while you are away " + i);
                moved(alice, last, "sent");
                try (var bob = person("bob", registry, cast.bob())) {
                    came(bob, "alice", "while you are away " + (TEXTS_WHILE_AWAY - 1));
                    moved(alice, last, "delivered");
                    alice.run("exit");
                    bob.run("exit");
                }
            }
            registry.terminate();
            registry.awaitExit(SOON);
        }
        return cast;
    }

    private static void acquaint(Running alice, Running bob) throws IOException, InterruptedException {
        alice.run("send bob hello");
        bob.await("the request", event("request").and(with("from", "alice")), SOON);
        bob.run("accept alice");
        came(bob, "alice", "hello");
        bob.run("send alice hello yourself");
        came(alice, "bob", "hello yourself");
    }

    private static void talk(Running alice, Running bob) throws IOException, InterruptedException {
        for (int i = 0; i < TEXTS; i++) {
            var asked = alice.run("send bob question " + i);
            came(bob, "alice", "question " + i);
            var answered = bob.run("send alice answer " + i);
            came(alice, "bob", "answer " + i);
            moved(alice, asked, "delivered");
            moved(bob, answered, "delivered");
            bob.run("read alice");
            moved(alice, asked, "read");
        }
    }

    private Running newcomer(String name, Running registry, Set<Long> processes)
            throws IOException, InterruptedException {
        var running = started(
                Launch.modern(registry.modernAddress(), folderOf(name))
                        .shortLived()
                        .configured(PATIENT),
                processes);
        running.run("signup %s %s".formatted(name, PASSWORD));
        running.run("signin %s %s".formatted(name, PASSWORD));
        return running;
    }

    private Running person(String name, Running registry, Set<Long> processes)
            throws IOException, InterruptedException {
        var running = started(
                Launch.modern(registry.modernAddress(), folderOf(name))
                        .shortLived()
                        .configured(PATIENT),
                processes);
        running.run("signin %s %s".formatted(name, PASSWORD));
        return running;
    }

    private Running started(Launch launch, Set<Long> processes) throws IOException, InterruptedException {
        var running = Running.ready(launch.under(recorder.variables()));
        processes.add(running.pid());
        return running;
    }

    private Path folderOf(String name) {
        return recorder.folder().resolve(name);
    }

    private static void came(Running at, String from, String text) throws InterruptedException {
        at.await(text, event("message").and(with("from", from)).and(with("text", text)), SOON);
    }

    private static void moved(Running at, JsonNode sent, String stage) throws InterruptedException {
        at.await(stage, event(stage).and(with("id", sent.path("id").asText())), SOON);
    }
}
