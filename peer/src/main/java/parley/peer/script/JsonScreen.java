package parley.peer.script;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import parley.peer.talk.Happening;
import parley.peer.talk.Screen;

/** One JSON object a line, as docs/EVENTS.md promises. */
public final class JsonScreen implements Screen {
    /** Lines. A reader that is so far behind is not helped by progress that is history when it is read. */
    private static final int WAITING_MAX = 256;

    private final Outlet out;
    private final Pace pace;

    private JsonScreen(Outlet out, Pace pace) {
        this.out = out;
        this.pace = pace;
    }

    public static JsonScreen to(Outlet out) {
        return new JsonScreen(out, Pace.of(System::nanoTime));
    }

    @Override
    public CompletionStage<Void> show(Happening happening) {
        if (happening instanceof Happening.Progress progress
                && (out.waiting() > WAITING_MAX || !pace.allows(progress))) {
            return CompletableFuture.completedFuture(null);
        }
        return out.line(Events.json(happening));
    }
}
