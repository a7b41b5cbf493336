package parley.peer.terminal;

import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import parley.peer.talk.Happening;
import parley.peer.talk.Line;
import parley.peer.talk.Mail;

/** A line before the first text of another day than the one before. By our own clock: that of a writer may be wrong. */
final class Days {
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("EEEE, d MMMM yyyy", Locale.ENGLISH);

    private final InstantSource clock;
    private final ZoneId zone;
    private LocalDate last;

    private Days(InstantSource clock, ZoneId zone) {
        this.clock = clock;
        this.zone = zone;
        this.last = today(clock, zone);
    }

    /** The day on which it begins needs no line. */
    static Days from(InstantSource clock, ZoneId zone) {
        return new Days(clock, zone);
    }

    Optional<Line> line(Happening happening) {
        if (!(happening instanceof Mail.MessageCame)) return Optional.empty();
        var today = today(clock, zone);
        if (today.equals(last)) return Optional.empty();
        last = today;
        return Optional.of(new Line(Line.Tone.NEWS, "", "", "--- %s ---".formatted(DAY.format(today))));
    }

    private static LocalDate today(InstantSource clock, ZoneId zone) {
        return clock.instant().atZone(zone).toLocalDate();
    }
}
