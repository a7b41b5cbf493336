package parley.proving.modern.group;

import static parley.proving.process.Running.event;
import static parley.proving.process.Running.with;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import parley.proving.process.Launch;
import parley.proving.process.Running;

/** One member's program, behind ways of its own, and all that it was told and said. */
final class Member implements AutoCloseable {
    static final String GROUP = "team";
    static final String PASSWORD = "Correct-Horse7";
    static final String REGISTRY = "the registry";
    static final Duration PATIENCE = Duration.ofMinutes(5);

    /** Patience that fits partitions of a second. */
    private static final String IMPATIENT = """
            parley.peer.modern {
              delivery { mailbox-after = 300 ms, retry-min = 100 ms, retry-max = 1 s }
              registry {
                handshake-timeout = 3 s, answer-timeout = 3 s, probe-interval = 1 s
                reconnect-min = 50 ms, reconnect-max = 300 ms
              }
              link {
                handshake-timeout = 2 s, ping-after = 500 ms, silence-timeout = 1500 ms
                redial-min = 50 ms, redial-max = 300 ms
              }
            }
            """;

    /** What the program says of the group; {@code members} with their names. */
    record View(long sequence, String head, String policy, Set<String> members, Set<String> admins) {}

    private final String name;
    private final Path home;
    private final Running running;
    private final List<Way> ways;
    private final Diary diary;

    /** Signed up and in, and reached only through {@code web}. */
    static Member arrive(String name, Path home, String registry, Web web, Callers callers) throws Exception {
        int at = Integer.parseInt(registry.substring(registry.indexOf(':') + 1, registry.indexOf('#')));
        var toRegistry = new Way(web, REGISTRY, any -> Optional.of(name));
        toRegistry.leadsTo(at);
        var toHim = new Way(web, name, callers::of);
        var there = "127.0.0.1:%d%s".formatted(toRegistry.port(), registry.substring(registry.indexOf('#')));
        var running = Running.ready(Launch.modern(there, home)
                .configured(IMPATIENT)
                .configured("parley.peer.modern.reachable-at = \"127.0.0.1:%d\"".formatted(toHim.port()))
                .shortLived());
        callers.isAt(name, running.pid());
        var entered = enter(name, running);
        var listen = entered.path("listen").asText();
        toHim.leadsTo(Integer.parseInt(listen.substring(listen.lastIndexOf(':') + 1)));
        return new Member(name, home, running, List.of(toRegistry, toHim));
    }

    /** On a busy machine it may take longer than the patience above, at first: then it is tried again. */
    private static JsonNode enter(String name, Running running) throws IOException, InterruptedException {
        while (true) {
            running.attempt("signup %s %s".formatted(name, PASSWORD));
            var entered = running.attempt("signin %s %s".formatted(name, PASSWORD));
            if (event("ok").test(entered)) return entered;
        }
    }

    private Member(String name, Path home, Running running, List<Way> ways) {
        this.name = name;
        this.home = home;
        this.running = running;
        this.ways = ways;
        this.diary = new Diary(name);
    }

    String name() {
        return name;
    }

    Path accounts() {
        return home.resolve("data").resolve("accounts");
    }

    Running running() {
        return running;
    }

    Diary diary() {
        return diary;
    }

    /** Nothing before it ever heard of the group. */
    Optional<View> look() throws IOException, InterruptedException {
        var answer = running.attempt("group " + GROUP);
        if (!event("ok").test(answer)) return Optional.empty();
        var members = new TreeSet<String>();
        var admins = new TreeSet<String>();
        for (var member : answer.path("members")) {
            members.add(member.path("name").asText());
            if (member.path("admin").asBoolean()) admins.add(member.path("name").asText());
        }
        long sequence = answer.path("sequence").asLong();
        diary.knows(sequence);
        return Optional.of(new View(
                sequence, answer.path("head").asText(), answer.path("policy").asText(), members, admins));
    }

    /** The next text. */
    void say() throws IOException, InterruptedException {
        var text = diary.next();
        var answer = running.attempt("send group %s %s".formatted(GROUP, text));
        if (event("ok").test(answer)) diary.said(answer);
        listen();
    }

    /** @return whether it was done */
    boolean alter(String command) throws IOException, InterruptedException {
        var answer = running.attempt(command);
        listen();
        if (event("ok").test(answer)) return true;
        diary.refused(answer.path("message").asText());
        return false;
    }

    /** All that was printed meanwhile. */
    void listen() {
        for (JsonNode event : running.takeAll(event("ok").or(event("error")).negate())) diary.heard(event);
    }

    /** Writes to {@code other}, who accepts it, and the other way round. */
    void meets(Member other) throws Exception {
        running.run("send %s hello".formatted(other.name));
        other.running.await("the request", event("request").and(with("from", name)), PATIENCE);
        other.running.run("accept " + name);
        other.running.run("send %s hello yourself".formatted(name));
        running.await("the answer", event("message").and(with("from", other.name)), PATIENCE);
    }

    void leave() throws Exception {
        running.run("exit");
        listen();
        running.awaitExit(PATIENCE);
    }

    @Override
    public void close() throws IOException {
        running.close();
        for (var way : ways) way.close();
    }

    @Override
    public String toString() {
        return name;
    }
}
