package parley.peer.modern;

import static org.apache.pekko.actor.typed.javadsl.Behaviors.receiveMessage;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.jspecify.annotations.Nullable;
import parley.peer.store.HistoryLine;
import parley.peer.store.Store;

/** Gathers the pieces of one answer of the store, gives them on and stops. */
final class Gathering {
    /** @param whole takes all lines, or null and why there are none */
    static Behavior<Store.Looked> create(BiConsumer<@Nullable List<HistoryLine>, String> whole) {
        return Behaviors.setup(context -> gathering(new ArrayList<>(), whole));
    }

    private static Behavior<Store.Looked> gathering(
            List<HistoryLine> sofar, BiConsumer<@Nullable List<HistoryLine>, String> whole) {
        return receiveMessage(answer -> switch (answer) {
            case Store.Lines(var lines, var over) -> {
                sofar.addAll(lines);
                if (!over) yield Behaviors.same();
                whole.accept(List.copyOf(sofar), "");
                yield Behaviors.stopped();
            }
            case Store.NoLines(var why) -> {
                whole.accept(null, why);
                yield Behaviors.stopped();
            }
        });
    }

    private Gathering() {}
}
