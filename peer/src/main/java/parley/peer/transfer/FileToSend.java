package parley.peer.transfer;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;

/** A file as it goes out. */
public final class FileToSend {
    public sealed interface Opened {}

    /**
     * @param bytes its size now
     * @param chunks batches of up to 64 chunks of 1024 bytes, the last one shorter; may be run once or several times. It
     *     fails with a {@link FileChanged} if the file is not the same any more: nothing of it must count as sent then
     */
    public record Sendable(String name, long bytes, Source<List<ByteString>, NotUsed> chunks) implements Opened {}

    /** @param why one line, fit to show */
    public record Unsendable(String why) implements Opened {}

    /** Looks at the file without blocking the caller; nothing is read before {@code chunks} is run. */
    public static CompletionStage<Opened> open(ActorSystem<?> system, TransferSettings settings, Path path) {
        return java.util.concurrent.CompletableFuture.failedFuture(new UnsupportedOperationException("" + system + settings + path));
    }

    private FileToSend() {}
}
