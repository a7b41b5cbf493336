package parley.proving.modern.group;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What one member said, and was shown of what others said; order and repetition are looked at as it comes. */
final class Diary {
    /**
     * A text of ours, and how much of the log we knew.
     *
     * @param members to how many it goes, says the program
     * @param from no less than that was known when it was written
     */
    record Said(String id, int members, long from) {}

    private final String name;
    private final List<Said> said = new ArrayList<>();
    private final Map<String, Set<String>> reached = new HashMap<>();
    private final Map<String, Integer> last = new HashMap<>();
    private final Set<String> shown = new HashSet<>();
    private final Map<String, Integer> refusals = new TreeMap<>();
    private final List<JsonNode> troubles = new ArrayList<>();
    private final Map<String, Integer> kinds = new TreeMap<>();
    private int written;
    private long sequence;

    Diary(String name) {
        this.name = name;
    }

    void knows(long now) {
        assertThat(now).as("the log of %s never becomes shorter", name).isGreaterThanOrEqualTo(sequence);
        sequence = now;
    }

    /** Numbers are spent also on what is refused. */
    String next() {
        return "text " + written++;
    }

    void said(JsonNode answer) {
        said.add(new Said(answer.path("id").asText(), answer.path("members").asInt(), sequence));
    }

    void refused(String why) {
        refusals.merge(why, 1, Integer::sum);
    }

    void heard(JsonNode event) {
        var kind = event.path("event").asText();
        kinds.merge(kind, 1, Integer::sum);
        if (!event.path("group").asText().equals(Member.GROUP)) return;
        switch (kind) {
            case "message" -> shown(event);
            // What was read is not said to be delivered as well if it was read before that was known.
            case "delivered", "read" ->
                reached.computeIfAbsent(event.path("id").asText(), first -> new TreeSet<>())
                        .add(event.path("to").asText());
            case "group-trouble" -> {
                // Who cannot ask the registry is told that others know more.
                if (!event.path("trouble").asText().equals("hidden")) troubles.add(event);
            }
            case "not-sent" -> troubles.add(event);
            default -> {}
        }
    }

    private void shown(JsonNode event) {
        var from = event.path("from").asText();
        int number = Integer.parseInt(event.path("text").asText().substring("text ".length()));
        var before = last.put(from, number);
        assertThat(number)
                .as("text of %s shown to %s: twice, or out of order", from, name)
                .isGreaterThan(before == null ? -1 : before);
        assertThat(shown.add(event.path("id").asText())).as("%s is new", event).isTrue();
    }

    List<Said> said() {
        return List.copyOf(said);
    }

    /** Who has told us that he has it. */
    Set<String> reachedBy(String id) {
        return reached.getOrDefault(id, Set.of());
    }

    boolean hasReachedAll() {
        return said.stream().allMatch(text -> reachedBy(text.id).size() >= text.members);
    }

    boolean wasShown(String id) {
        return shown.contains(id);
    }

    int shown() {
        return shown.size();
    }

    Map<String, Integer> refusals() {
        return refusals;
    }

    List<JsonNode> troubles() {
        return troubles;
    }

    Map<String, Integer> kinds() {
        return kinds;
    }
}
