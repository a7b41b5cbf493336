package parley.peer.terminal;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import parley.messages.name.GroupName;
import parley.peer.talk.GroupAnswer;
import parley.peer.talk.Happening;
import parley.peer.talk.Mail;
import parley.peer.talk.Ticks;

/**
 * How far the last text to a group has come, as a line that counts up above the typed one until all members have it.
 *
 * <pre>
 *   nothing --a text is queued--&gt; counting --delivered to all, read by all--&gt; nothing
 *                                   `--another text is queued--&gt; counting that one
 * </pre>
 */
final class Spread {
    private record Text(String id, GroupName group, Mail.Stage stage, int reached, int of) {}

    private @Nullable Text last;

    /** @return whether the line is another now */
    boolean see(Happening happening) {
        if (happening instanceof Happening.Done(var command, GroupAnswer.Queued(var id, var group, var members))) {
            last = members == 0 ? null : new Text(id, group, Mail.Stage.SENT, 0, members);
            return true;
        }
        if (!(happening instanceof Mail.Moved(var id, var in, var to, var stage)) || last == null || in.isEmpty())
            return false;
        if (!last.id().equals(id)) return false;
        last = further(last, stage, in.get().reached());
        return true;
    }

    /** Members are at different stages; the furthest that anyone has reached is counted, but for who has read it. */
    private static @Nullable Text further(Text text, Mail.Stage stage, int reached) {
        boolean whole = reached == text.of();
        return switch (stage) {
            case SENT -> text.stage() == Mail.Stage.SENT ? counted(text, stage, reached) : text;
            case DELIVERED -> whole ? null : counted(text, stage, reached);
            case READ -> whole ? null : text;
        };
    }

    private static Text counted(Text text, Mail.Stage stage, int reached) {
        return new Text(text.id(), text.group(), stage, reached, text.of());
    }

    Optional<String> line() {
        return Optional.ofNullable(last)
                .filter(text -> text.reached() > 0)
                .map(text -> "%s  %s".formatted(text.group(), Ticks.of(text.stage(), text.reached(), text.of())));
    }
}
