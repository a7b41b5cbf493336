package parley.peer.transfer;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.util.ByteString;

/** The download folder. */
public final class Downloads {
    /** Whether there is a place for a file that is offered. */
    public sealed interface Offered {}

    /**
     * A part file is open, and stays so until {@code sink} has run.
     *
     * @param sink run it exactly once. It completes with {@link Stored} when the file has its final name and is on disk;
     *     if its input fails, the part is gone and the failure's message is in {@link NotStored}
     */
    public record Ready(Sink<List<ByteString>, CompletionStage<Outcome>> sink) implements Offered {}

    /** @param why one line, fit to show */
    public record NoPlace(String why) implements Offered {}

    public sealed interface Outcome {}

    /**
     * @param path absolute
     * @param name the path's last component, safe to show
     * @param sha256 lower-case hex of the content
     */
    public record Stored(Path path, String name, long bytes, String sha256) implements Outcome {}

    /** @param why one line, fit to show */
    public record NotStored(String why) implements Outcome {}

    /**
     * Makes the folder if there is none (0700) and clears parts that a crash has left. The stage fails with an
     * {@link java.io.IOException}, fit to show, if it cannot be used.
     */
    public static CompletionStage<Downloads> open(ActorSystem<?> system, TransferSettings settings, Path folder) {
        return java.util.concurrent.CompletableFuture.failedFuture(new UnsupportedOperationException("" + system + settings + folder));
    }

    Downloads() {}

    /** @param untrusted the path or name that the sender gave; {@link FileNames} makes a name of it */
    public CompletionStage<Offered> offer(String untrusted) {
        return java.util.concurrent.CompletableFuture.failedFuture(new UnsupportedOperationException(untrusted));
    }
}
