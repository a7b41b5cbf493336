package parley.peer.terminal;

import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import parley.messages.name.UserName;
import parley.peer.talk.Answer;
import parley.peer.talk.Happening;
import parley.peer.talk.ModernAnswer;

/**
 * Happenings above the typed line, files under way as bars, how far a group's text came, and who is signed in as the
 * prompt. For one thread.
 */
final class AboveTheLine implements TerminalScreen.Drawing {
    private static final String NOBODY = "parley";

    private final Bars bars = new Bars();
    private final Typing typing;
    private final Ink ink;
    private final Acquaintances met;

    private final Unread unread = new Unread();
    private final Spread spread = new Spread();
    private final Days days;
    private @Nullable UserName signedIn;
    private boolean registryHere = true;

    AboveTheLine(Typing typing, Ink ink, Acquaintances met) {
        this.typing = typing;
        this.ink = ink;
        this.met = met;
        this.days = Days.from(InstantSource.system(), ZoneId.systemDefault());
        prompt();
    }

    @Override
    public void draw(List<Happening> happenings) {
        boolean changed = false;
        for (var happening : happenings) changed |= see(happening);
        if (changed) prompt();
        var lines = Burst.of(happenings).stream()
                .flatMap(burst -> Stream.concat(days.line(burst.happening()).stream(), burst.lines().stream()))
                .map(ink::line)
                .map(line -> line.toAnsi(typing.getTerminal()))
                .collect(Collectors.joining("\n"));
        if (!lines.isEmpty()) typing.printAbove(lines);
    }

    /** @return whether the prompt looks different now */
    private boolean see(Happening happening) {
        met.see(happening);
        boolean changed = bars.see(happening, System.nanoTime());
        if (happening instanceof Happening.Done(var command, Answer.SignedIn(var user))) {
            signedIn = user;
            registryHere = true;
            return true;
        }
        if (happening instanceof Happening.Done(var command, ModernAnswer.Entered entered)) {
            signedIn = entered.user();
            unread.begin(entered);
            return true;
        }
        if (happening instanceof Happening.SignedOut) {
            signedIn = null;
            unread.end();
            return true;
        }
        changed |= unread.see(happening);
        changed |= spread.see(happening);
        if (happening instanceof Happening.RegistryLost) registryHere = false;
        else if (happening instanceof Happening.RegistryBack) registryHere = true;
        else return changed;
        return true;
    }

    private void prompt() {
        var files = bars.lines(typing.getTerminal().getSize().getColumns());
        var above = Stream.concat(files.stream(), spread.line().stream())
                .map(ink::bar)
                .toList();
        typing.prompt(above, ink.prompt(signedIn == null ? NOBODY : signedIn.text(), unread.shown(), registryHere));
    }
}
