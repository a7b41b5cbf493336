package parley.peer.terminal;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import parley.messages.name.Printable;
import parley.peer.talk.Amount;
import parley.peer.talk.Happening;
import parley.peer.talk.Lines;
import parley.peer.talk.Mail;
import parley.peer.talk.Party;

/** Files under way, each a line with its bar, rate and time left. */
final class Bars {
    /** Lines. The rest is counted: the typed line must stay in sight. */
    private static final int SHOWN_MAX = 3;

    private static final int BAR_COLUMNS = 20;
    private static final int NAME_COLUMNS_MAX = 24;

    /** A transfer of which nothing was heard for so long has ended in a way that nobody told us. */
    private static final Duration FORGOTTEN_AFTER = Duration.ofSeconds(40);

    private record Bar(Happening.Progress now, long beganAtNanos, long beganAtBytes, long heardAtNanos) {
        Bar with(Happening.Progress next, long nanos) {
            return new Bar(next, beganAtNanos, beganAtBytes, nanos);
        }
    }

    private final Map<Long, Bar> bars = new LinkedHashMap<>();

    /** @return whether anything changed that should be drawn */
    boolean see(Happening happening, long nanos) {
        return switch (happening) {
            case Happening.Progress progress -> progress(progress, nanos);
            case Happening.FileCame file -> ended(file.from(), file.name());
            case Happening.FileFailed file -> ended(file.from(), file.name());
            case Happening.Failed failed -> bars.values().removeIf(bar -> silent(bar, nanos));
            case Happening.Done done -> bars.values().removeIf(bar -> silent(bar, nanos));
            case Happening.Ready nothing -> false;
            case Happening.Started nothing -> false;
            case Mail nothing -> false;
            case Happening.RegistryLost nothing -> false;
            case Happening.RegistryBack nothing -> false;
            case Happening.SignedOut nothing -> false;
            case Happening.TextCame nothing -> false;
            case Happening.Notice nothing -> false;
        };
    }

    private boolean progress(Happening.Progress progress, long nanos) {
        bars.values().removeIf(bar -> silent(bar, nanos));
        if (progress.bytes() == progress.total()) {
            bars.remove(progress.id());
            return true;
        }
        bars.merge(
                progress.id(),
                new Bar(progress, nanos, progress.bytes(), nanos),
                (bar, first) -> bar.with(progress, nanos));
        return true;
    }

    private boolean ended(Party from, String name) {
        return bars.values()
                .removeIf(bar -> bar.now.way() == Happening.Way.IN
                        && bar.now.with().equals(from)
                        && bar.now.name().equals(name));
    }

    private static boolean silent(Bar bar, long nanos) {
        return nanos - bar.heardAtNanos > FORGOTTEN_AFTER.toNanos();
    }

    /** @param columns of the terminal; no line is longer */
    List<String> lines(int columns) {
        var lines = new ArrayList<String>();
        for (var bar : bars.values()) {
            if (lines.size() == SHOWN_MAX) {
                lines.add("... and %d more".formatted(bars.size() - SHOWN_MAX));
                break;
            }
            lines.add(line(bar));
        }
        return lines.stream()
                .map(line -> line.length() < columns ? line : line.substring(0, Math.max(0, columns - 1)))
                .toList();
    }

    private static String line(Bar bar) {
        var now = bar.now;
        var arrow = now.way() == Happening.Way.IN ? "<-" : "->";
        var head = "%s %s %s".formatted(cut(Printable.of(now.name())), arrow, Lines.name(now.with()));
        double seconds = (bar.heardAtNanos - bar.beganAtNanos) / 1e9;
        double rate = seconds > 0 ? (now.bytes() - bar.beganAtBytes) / seconds : 0;
        var speed = rate > 0 ? "  %s/s".formatted(Amount.of((long) rate)) : "";
        if (now.total() <= 0) return head + "  " + Amount.of(now.bytes()) + speed;
        double done = (double) now.bytes() / now.total();
        var left = rate > 0 ? "  %s left".formatted(time((now.total() - now.bytes()) / rate)) : "";
        return String.format(
                Locale.ROOT,
                "%s [%s] %3d%% of %s%s%s",
                head,
                drawn(done),
                (int) (done * 100),
                Amount.of(now.total()),
                speed,
                left);
    }

    private static String drawn(double done) {
        int full = Math.clamp((int) (done * BAR_COLUMNS), 0, BAR_COLUMNS);
        return "#".repeat(full) + "-".repeat(BAR_COLUMNS - full);
    }

    private static String time(double seconds) {
        long whole = (long) Math.ceil(seconds);
        return whole < 3600
                ? "%d:%02d".formatted(whole / 60, whole % 60)
                : "%d:%02d:%02d".formatted(whole / 3600, whole / 60 % 60, whole % 60);
    }

    private static String cut(String name) {
        return name.length() <= NAME_COLUMNS_MAX ? name : name.substring(0, NAME_COLUMNS_MAX - 3) + "...";
    }
}
