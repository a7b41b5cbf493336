package parley.peer.transfer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.stream.Attributes;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.util.ByteString;

/**
 * The download folder. What comes is written to a private part and gets its name when it is whole and on disk; nothing
 * that is there is ever replaced, and nothing is ever written elsewhere.
 */
public final class Downloads {
    /** Whether there is a place for a file that is offered. */
    public sealed interface Offered {}

    /**
     * A part file is open, and stays so until {@code sink} has run.
     *
     * @param name what it will be called if that is free by then, safe to show
     * @param sink run it exactly once. It completes with {@link Stored} when the file has its final name and is on disk;
     *     if its input fails, the part is gone and the failure's message is in {@link NotStored}. It never fails
     */
    public record Ready(String name, Sink<List<ByteString>, CompletionStage<Outcome>> sink) implements Offered {}

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

    static final String DISK_DISPATCHER = "parley.peer.transfer.disk-dispatcher";

    /** Batches between the link and the disk, each of up to 16 KiB. */
    private static final Attributes WINDOW = Attributes.inputBuffer(1, 2);

    /**
     * Makes the folder if there is none (0700) and clears parts that a crash has left. The stage fails with an
     * {@link UncheckedIOException}, its message fit to show, if the folder cannot be used.
     */
    public static CompletionStage<Downloads> open(ActorSystem<?> system, TransferSettings settings, Path folder) {
        return open(system, settings, folder, Disk.REAL);
    }

    static CompletionStage<Downloads> open(ActorSystem<?> system, TransferSettings settings, Path folder, Disk disk) {
        var executor = diskExecutor(system);
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        Files.createDirectories(folder, OwnerOnly.folder(folder));
                        Part.clearStale(folder);
                        return new Downloads(executor, settings, folder, disk);
                    } catch (IOException unusable) {
                        var why = "cannot use the download folder %s: %s".formatted(folder, Reasons.of(unusable));
                        throw new UncheckedIOException(why, unusable);
                    }
                },
                executor);
    }

    static Executor diskExecutor(ActorSystem<?> system) {
        return system.dispatchers().lookup(DispatcherSelector.fromConfig(DISK_DISPATCHER));
    }

    private final Executor executor;
    private final TransferSettings settings;
    private final Path folder;
    private final Disk disk;

    private Downloads(Executor executor, TransferSettings settings, Path folder, Disk disk) {
        this.executor = executor;
        this.settings = settings;
        this.folder = folder;
        this.disk = disk;
    }

    /**
     * Opens a part for a file.
     *
     * @param untrusted the path or name that the sender gave; {@link FileNames} makes a name of it
     */
    public CompletionStage<Offered> offer(String untrusted) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        var name = FileNames.safe(untrusted);
                        var part = Part.create(disk, settings, folder);
                        return new Ready(name, sink(part, name));
                    } catch (IOException failure) {
                        return new NoPlace(Reasons.of(failure));
                    }
                },
                executor);
    }

    private static Sink<List<ByteString>, CompletionStage<Outcome>> sink(Part part, String name) {
        return Sink.fromGraph(new PartSink(part, name)).async(DISK_DISPATCHER).addAttributes(WINDOW);
    }
}
