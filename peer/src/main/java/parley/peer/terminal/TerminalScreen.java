package parley.peer.terminal;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Collectors;
import org.jline.utils.AttributedString;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import parley.messages.name.UserName;
import parley.peer.talk.Answer;
import parley.peer.talk.Happening;
import parley.peer.talk.Lines;
import parley.peer.talk.Screen;

/**
 * Draws happenings above the typed line, from one thread of its own: a terminal that was stopped with Ctrl-S holds up
 * this thread and nobody else. What waits is drawn together, so that a burst redraws the typed line once.
 */
public final class TerminalScreen implements Screen {
    /** Happenings. What is drawn at once. */
    private static final int BATCH_MAX = 256;

    private static final String NOBODY = "parley";
    private static final Logger log = LoggerFactory.getLogger(TerminalScreen.class);

    private record Waiting(Happening happening, CompletableFuture<Void> drawn) {}

    private final BlockingQueue<Waiting> waiting = new LinkedBlockingQueue<>();
    private final Bars bars = new Bars();
    private final Typing typing;
    private final Ink ink;
    private final Acquaintances met;
    private final Thread drawing;

    private @Nullable UserName signedIn;
    private boolean registryHere = true;

    private TerminalScreen(Typing typing, Ink ink, Acquaintances met) {
        this.typing = typing;
        this.ink = ink;
        this.met = met;
        this.drawing = Thread.ofPlatform().name("screen").daemon().unstarted(this::draw);
    }

    static TerminalScreen on(Typing typing, Ink ink, Acquaintances met) {
        var screen = new TerminalScreen(typing, ink, met);
        screen.prompt();
        screen.drawing.start();
        return screen;
    }

    @Override
    public CompletionStage<Void> show(Happening happening) {
        var drawn = new CompletableFuture<Void>();
        waiting.add(new Waiting(happening, drawn));
        return drawn;
    }

    /** Draws nothing more; what waits is not shown. */
    void stop() {
        drawing.interrupt();
    }

    private void draw() {
        var batch = new ArrayList<Waiting>();
        try {
            while (true) {
                batch.add(waiting.take());
                waiting.drainTo(batch, BATCH_MAX);
                draw(batch);
                batch.clear();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void draw(List<Waiting> batch) {
        try {
            var happenings = batch.stream().map(Waiting::happening).toList();
            boolean changed = false;
            for (var happening : happenings) changed |= see(happening);
            if (changed) prompt();
            var lines = happenings.stream()
                    .flatMap(happening -> Lines.of(happening).stream())
                    .map(ink::line)
                    .map(line -> line.toAnsi(typing.getTerminal()))
                    .collect(Collectors.joining("\n"));
            if (!lines.isEmpty()) typing.printAbove(lines);
            batch.forEach(next -> next.drawn.complete(null));
        } catch (RuntimeException | java.io.IOError undrawable) {
            // The terminal is gone, or JLine met what it cannot draw; the next may do better.
            log.warn("not drawn: {}", undrawable.toString());
            batch.forEach(next -> next.drawn.completeExceptionally(undrawable));
        }
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
        if (happening instanceof Happening.RegistryLost) registryHere = false;
        else if (happening instanceof Happening.RegistryBack) registryHere = true;
        else return changed;
        return true;
    }

    private void prompt() {
        List<AttributedString> above = bars.lines(typing.getTerminal().getSize().getColumns()).stream()
                .map(ink::bar)
                .toList();
        typing.prompt(above, ink.prompt(signedIn == null ? NOBODY : signedIn.text(), registryHere));
    }
}
