package parley.proving.modern;

import static parley.proving.process.Running.event;
import static parley.proving.process.Running.with;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import parley.proving.process.Running;

/** Somebody who comes into a group and goes, alters it, writes in it, and remembers in which order he was told what. */
final class Insider {
    static final String GROUP = "team";

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    /** @param joined how often the writer had seen each of them come into the group when it was taken */
    record Text(String from, int number, Map<String, Integer> joined) {}

    final String name;
    private final Running peer;
    private final Way way;
    private final Map<String, Integer> joined = new HashMap<>();
    private final Map<String, Integer> unsure = new HashMap<>();
    private final List<Text> written = new ArrayList<>();
    private final Map<String, List<Integer>> shown = new HashMap<>();
    private final Set<String> troubles = new HashSet<>();

    Insider(String name, Running peer, Way way) {
        this.name = name;
        this.peer = peer;
        this.way = way;
    }

    Running peer() {
        return peer;
    }

    Way way() {
        return way;
    }

    List<Text> written() {
        return written;
    }

    /** How often each has come into the group, as far as he was in it to see that. */
    Map<String, Integer> joined() {
        return Map.copyOf(joined);
    }

    /** How often each may have come into it at most: what he did himself he is told once, and that may be lost. */
    Map<String, Integer> joinedAtMost() {
        var most = new HashMap<>(joined);
        unsure.forEach((who, times) -> most.merge(who, times, Integer::sum));
        return most;
    }

    /** Numbers of texts, in the order in which they were shown. */
    List<Integer> shownFrom(String writer) {
        return shown.getOrDefault(writer, List.of());
    }

    /** What he was warned of. */
    Set<String> troubles() {
        return troubles;
    }

    /** @return whether the group is as he wished; else why not was said */
    boolean alters(String command) throws Exception {
        var answer = does(command);
        // The registry went away before it could say whether somebody is in it now.
        if (command.startsWith("invite") && answer.path("message").asText().contains("Whether it was done"))
            unsure.merge(command.substring(command.lastIndexOf(' ') + 1), 1, Integer::sum);
        return event("ok").test(answer);
    }

    void writes() throws Exception {
        int number = written.size();
        var answer = does("send group %s text %d".formatted(GROUP, number));
        // A number that was refused is not used again: those behind it come all the same.
        var known = event("ok").test(answer) ? joined() : Map.<String, Integer>of();
        written.add(new Text(name, number, known));
    }

    JsonNode does(String command) throws Exception {
        peer.type(command);
        var verb = command.substring(0, command.indexOf(' '));
        Predicate<JsonNode> answers = event("ok").or(event("error")).and(with("command", verb));
        while (true) {
            var next = peer.await("answer to " + command, any -> true, PATIENCE);
            heard(next);
            if (answers.test(next)) return next;
        }
    }

    /** All that was printed meanwhile. */
    void listens() {
        peer.takeAll(any -> true).forEach(this::heard);
    }

    private void heard(JsonNode what) {
        switch (what.path("event").asText()) {
            case "message" -> {
                if (what.path("group").asText().equals(GROUP))
                    shown.computeIfAbsent(what.path("from").asText(), writer -> new ArrayList<>())
                            .add(Integer.parseInt(what.path("text").asText().substring("text ".length())));
            }
            case "group" -> {
                if (Set.of("added", "joined").contains(what.path("change").asText()))
                    came(what.path("user").asText());
            }
            case "group-trouble" ->
                troubles.add("%s: %s"
                        .formatted(
                                what.path("trouble").asText(),
                                what.path("message").asText()));
            case "ok" -> {
                if (what.path("command").asText().equals("invite"))
                    came(what.path("user").asText());
                if (what.path("command").asText().equals("join")) came(name);
            }
            default -> {
                // Of no group, or of what became of a text.
            }
        }
    }

    private void came(String who) {
        joined.merge(who, 1, Integer::sum);
    }
}
