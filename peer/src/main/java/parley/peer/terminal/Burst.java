package parley.peer.terminal;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import parley.messages.name.UserName;
import parley.peer.talk.Happening;
import parley.peer.talk.Line;
import parley.peer.talk.Lines;
import parley.peer.talk.Mail;

/**
 * A happening, and how often: of what is drawn at once, ticks for many texts to one contact are one, as they come when
 * many lines were pasted.
 */
record Burst(Happening happening, int times) {
    private record Ticks(UserName to, Mail.Stage stage) {}

    /** In their order, each at the place of its first. */
    static List<Burst> of(List<Happening> happenings) {
        var furthest = new HashMap<String, Mail.Stage>();
        for (var happening : happenings)
            if (isToOne(happening) && happening instanceof Mail.Moved moved)
                furthest.merge(moved.id(), moved.stage(), Burst::further);
        Map<Object, Burst> bursts = new LinkedHashMap<>();
        for (var happening : happenings) {
            // Two ticks say all that one does.
            if (happening instanceof Mail.Moved moved && isToOne(moved) && furthest.get(moved.id()) != moved.stage())
                continue;
            bursts.merge(
                    key(happening), new Burst(happening, 1), (all, one) -> new Burst(all.happening, all.times + 1));
        }
        return List.copyOf(bursts.values());
    }

    /** In a group each member has his own, and lines of their own count them. */
    private static boolean isToOne(Happening happening) {
        return happening instanceof Mail.Moved moved && moved.in().isEmpty();
    }

    private static Mail.Stage further(Mail.Stage one, Mail.Stage other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    /** What merges; nothing else is equal to a new object. */
    private static Object key(Happening happening) {
        return isToOne(happening) && happening instanceof Mail.Moved moved
                ? new Ticks(moved.to(), moved.stage())
                : new Object();
    }

    List<Line> lines() {
        var lines = Lines.of(happening);
        if (times == 1) return lines;
        return lines.stream()
                .map(line -> new Line(
                        line.tone(),
                        line.mark(),
                        line.where(),
                        line.who(),
                        "%s \u00d7%d".formatted(line.text(), times)))
                .toList();
    }
}
