package parley.peer.modern;

import static org.apache.pekko.actor.typed.javadsl.Behaviors.receiveMessage;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.jspecify.annotations.Nullable;
import parley.peer.store.HistoryEntry;
import parley.peer.store.HistoryFile;
import parley.peer.store.HistoryLine;
import parley.peer.store.Store;
import parley.peer.talk.FileMail;
import parley.peer.talk.Happening;
import parley.peer.talk.Mail;
import parley.peer.talk.Screen;

/**
 * Shows what came, from the store and in its order, each text and file once: whoever reads slowly finds it there later, instead of
 * filling our memory.
 *
 * <pre>
 *   waiting --Begin--&gt; finding the end --its serial--&gt; idle --More--&gt; reading --some lines--&gt; showing --shown--&gt; reading
 *     (without a cursor)    |        ^                `-----no more--&gt; idle
 *                           `--not read--&gt; not found --More--&gt; finding the end
 * </pre>
 */
final class Reader {
    sealed interface Command {}

    /** Show from now on; whoever signs in is greeted first. */
    record Begin() implements Command {}

    /** Something was stored. */
    record More() implements Command {}

    private record Looked(Store.Looked answer) implements Command {}

    private record Shown(long cursor, boolean full) implements Command {}

    /** Texts. What is shown while the next ones are looked for. */
    private static final int BATCH = 64;

    /** @param since null for what comes from now on */
    static Behavior<Command> create(ActorRef<Store.Command> store, Screen screen, @Nullable Long since) {
        return Behaviors.setup(context -> {
            var reader = new Reader(context, store, screen);
            return reader.waiting(since);
        });
    }

    private final ActorContext<Command> context;
    private final ActorRef<Store.Command> store;
    private final ActorRef<Store.Looked> answers;
    private final Screen screen;

    private Reader(ActorContext<Command> context, ActorRef<Store.Command> store, Screen screen) {
        this.context = context;
        this.store = store;
        this.answers = context.messageAdapter(Store.Looked.class, Looked::new);
        this.screen = screen;
    }

    private Behavior<Command> waiting(@Nullable Long since) {
        return receiveMessage(command -> switch (command) {
            case Begin now -> since == null ? findingTheEnd() : read(since);
            case More later -> Behaviors.same();
            case Looked stray -> Behaviors.same();
            case Shown stray -> Behaviors.same();
        });
    }

    private Behavior<Command> findingTheEnd() {
        store.tell(new Store.History(Optional.empty(), 1, answers));
        return receiveMessage(command -> switch (command) {
            case Looked(Store.Lines(var lines, var over)) ->
                // What was stored since is looked for once more.
                read(lines.isEmpty() ? 0 : lines.getLast().serial());
            case Looked(Store.NoLines(var why)) -> {
                cannotShow(why);
                yield notFound();
            }
            case More later -> Behaviors.same();
            case Shown stray -> Behaviors.same();
            case Begin stray -> Behaviors.same();
        });
    }

    /** From the beginning would be all that was ever said: the end is looked for again when something comes. */
    private Behavior<Command> notFound() {
        return receiveMessage(command -> switch (command) {
            case More more -> findingTheEnd();
            case Looked stray -> Behaviors.same();
            case Shown stray -> Behaviors.same();
            case Begin stray -> Behaviors.same();
        });
    }

    private Behavior<Command> idle(long cursor) {
        return receiveMessage(command -> switch (command) {
            case More more -> read(cursor);
            case Looked stray -> Behaviors.same();
            case Shown stray -> Behaviors.same();
            case Begin stray -> Behaviors.same();
        });
    }

    private Behavior<Command> read(long cursor) {
        store.tell(new Store.Since(cursor, BATCH, answers));
        return reading(cursor, false);
    }

    /** @param more whether something was stored after the question */
    private Behavior<Command> reading(long cursor, boolean more) {
        return receiveMessage(command -> switch (command) {
            case More again -> reading(cursor, true);
            case Looked(Store.Lines(var lines, var over)) -> {
                if (lines.isEmpty()) yield more ? read(cursor) : idle(cursor);
                context.pipeToSelf(
                        show(lines), (shown, lost) -> new Shown(lines.getLast().serial(), lines.size() == BATCH));
                yield reading(cursor, more);
            }
            case Shown(var last, var full) -> full || more ? read(last) : idle(last);
            case Looked(Store.NoLines(var why)) -> failed(why, cursor);
            case Begin stray -> Behaviors.same();
        });
    }

    private Behavior<Command> failed(String why, long cursor) {
        cannotShow(why);
        return idle(cursor);
    }

    private void cannotShow(String why) {
        screen.show(new Happening.Notice("What came cannot be shown: " + why));
    }

    private CompletionStage<Void> show(List<HistoryLine> lines) {
        CompletionStage<Void> last = CompletableFuture.completedFuture(null);
        for (var line : lines) if (!line.entry().ours()) last = screen.show(came(line));
        return last;
    }

    private static Happening came(HistoryLine line) {
        var entry = line.entry();
        if (entry.file().isPresent()) return came(entry, entry.file().get(), line.serial());
        return new Mail.MessageCame(
                entry.id().toString(),
                entry.group(),
                entry.contact(),
                entry.text(),
                Instant.ofEpochMilli(entry.timeMillis()),
                line.serial());
    }

    private static Happening came(HistoryEntry entry, HistoryFile file, long cursor) {
        return new FileMail.Came(
                entry.id().toString(),
                entry.group(),
                entry.contact(),
                entry.text(),
                Path.of(file.path()),
                file.bytes(),
                file.sha256(),
                file.type(),
                cursor);
    }
}
