package parley.peer.script;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import parley.peer.talk.Happening;
import parley.peer.talk.Line;
import parley.peer.talk.Lines;
import parley.peer.talk.Screen;

/** Plain lines for people, as a pipe gets them. */
public record PlainScreen(Outlet out) implements Screen {
    @Override
    public CompletionStage<Void> show(Happening happening) {
        var lines = Lines.of(happening);
        if (lines.isEmpty()) return CompletableFuture.completedFuture(null);
        return out.line(lines.stream().map(Line::plain).collect(Collectors.joining("\n")));
    }
}
