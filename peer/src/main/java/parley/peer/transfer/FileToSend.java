package parley.peer.transfer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.stream.Attributes;
import org.apache.pekko.stream.javadsl.Flow;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;

/** A file as it goes out. */
public final class FileToSend {
    public sealed interface Opened {}

    /**
     * @param name the path's last component
     * @param bytes its size now
     * @param chunks batches of up to 64 chunks of 1024 bytes, the last one shorter; may be run once or several times. It
     *     fails with a {@link FileChanged} if the file is not the same any more: nothing of it must count as sent then
     */
    public record Sendable(String name, long bytes, Source<List<ByteString>, NotUsed> chunks) implements Opened {}

    /** @param why one line, fit to show */
    public record Unsendable(String why) implements Opened {}

    /** Batches read ahead of the wire, each of up to 64 KiB. */
    private static final Attributes WINDOW = Attributes.inputBuffer(1, 2);

    /** Looks at the file without blocking the caller; nothing is read before {@code chunks} is run. */
    public static CompletionStage<Opened> open(ActorSystem<?> system, TransferSettings settings, Path path) {
        return CompletableFuture.supplyAsync(() -> look(settings, path), Downloads.diskExecutor(system));
    }

    private static Opened look(TransferSettings settings, Path path) {
        try {
            var seen = Files.readAttributes(path, BasicFileAttributes.class);
            if (seen.isDirectory()) return new Unsendable("a folder, expected a file");
            if (!seen.isRegularFile()) return new Unsendable("not a regular file");
            if (!Files.isReadable(path)) return new Unsendable("permission denied");
            if (seen.size() > settings.fileBytesMax()) {
                return new Unsendable("longer than the %d MiB that are sent".formatted(settings.fileBytesMax() >> 20));
            }
            return new Sendable(path.getFileName().toString(), seen.size(), chunks(path, seen));
        } catch (IOException failure) {
            return new Unsendable(Reasons.of(failure));
        }
    }

    private static Source<List<ByteString>, NotUsed> chunks(Path path, BasicFileAttributes seen) {
        var window = Flow.<List<ByteString>>create().map(batch -> batch).addAttributes(WINDOW);
        return Source.fromGraph(new FileChunks(path, seen))
                .async(Downloads.DISK_DISPATCHER)
                .via(window);
    }

    private FileToSend() {}
}
