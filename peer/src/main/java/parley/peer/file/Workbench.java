package parley.peer.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;
import parley.messages.name.UserName;
import parley.messages.wire.Content;
import parley.peer.transfer.FinalName;
import parley.peer.transfer.MediaType;
import parley.peer.transfer.NoRoom;
import parley.peer.transfer.Partial;
import parley.peer.transfer.SourceStamp;

/** What is done with files as a whole. All of it blocks, on the threads that are made for that. */
final class Workbench {
    private static final int PERCENT = 100;

    /** Something on the disk went otherwise than it must; the message is one line, fit to show. */
    static final class Failed extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Failed(@Nullable String why) {
            super(why == null ? "the disk failed" : why, null, false, false);
        }
    }

    /** The disk is full, or as full as it may be. */
    static final class Full extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Full() {
            super("there is no room for it", null, false, false);
        }
    }

    /** The source is another than it was, or gone. */
    static final class Changed extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Changed(String why) {
            super(why, null, false, false);
        }
    }

    /** @param bytes all of them, of a file that is small enough to go in pieces */
    record Source(SourceStamp stamp, Optional<List<ByteString>> bytes) {
        static final Source NONE = new Source(new SourceStamp(0, "", ""), Optional.empty());
    }

    private final UserName own;
    private final FilesSettings settings;
    private final Executor disk;

    Workbench(UserName own, FilesSettings settings, Executor disk) {
        this.own = own;
        this.settings = settings;
        this.disk = disk;
    }

    static String why(Throwable failure) {
        var cause = failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return String.valueOf(cause.getMessage());
    }

    static boolean isChange(Throwable failure) {
        return failure instanceof Changed || failure.getCause() instanceof Changed;
    }

    static boolean isFull(Throwable failure) {
        return failure instanceof Full || failure.getCause() instanceof Full;
    }

    CompletionStage<Source> look(Path path) {
        return work(() -> {
            var stamp = SourceStamp.of(path);
            return new Source(
                    stamp, stamp.size() <= settings.inPiecesMax() ? Optional.of(read(path, stamp)) : Optional.empty());
        });
    }

    /** Of a file that goes in pieces. Fails with {@link Changed} if it is not what it was. */
    CompletionStage<List<ByteString>> pieces(SentFile file) {
        return work(() -> read(file.path(), file.stamp()));
    }

    private static List<ByteString> read(Path path, SourceStamp stamp) throws IOException {
        if (!stamp.isStill(path)) throw new Changed("it was changed or is gone");
        var pieces = new ArrayList<ByteString>();
        try (var file = FileChannel.open(path, StandardOpenOption.READ)) {
            for (long left = stamp.size(); left > 0; ) {
                var piece = ByteBuffer.allocate((int) Math.min(left, Content.Piece.BYTES_MAX));
                while (piece.hasRemaining())
                    if (file.read(piece) < 0) throw new Changed("it was changed while it was read");
                left -= piece.capacity();
                pieces.add(ByteString.fromArrayUnsafe(piece.array()));
            }
        }
        if (!stamp.isStill(path)) throw new Changed("it was changed while it was read");
        return pieces;
    }

    /** Whether the disk keeps what is kept free on it if so much more comes. */
    CompletionStage<Boolean> hasRoomFor(long bytes) {
        return work(() -> {
            Partial.unlessThereMake(settings.folder());
            var store = Files.getFileStore(settings.folder());
            return store.getUsableSpace() - bytes >= store.getTotalSpace() / PERCENT * settings.diskKeptFreePercent();
        });
    }

    /** Of a file that is wanted, what is still to come of it. */
    CompletionStage<Boolean> hasRoomForRest(CameFile file) {
        return work(() -> {
                    var partial = partial(file.ref());
                    return Files.isRegularFile(partial, LinkOption.NOFOLLOW_LINKS) ? Files.size(partial) : 0L;
                })
                .thenCompose(there -> hasRoomFor(Math.max(0, file.offer().size() - there)));
    }

    /**
     * Makes a partial file of all its pieces.
     *
     * @return its SHA-256
     */
    CompletionStage<String> gather(CameFile file, List<ByteString> pieces) {
        return hasRoomFor(file.offer().size())
                .thenCompose(room -> work(() -> {
                    if (!room) throw new Full();
                    return Partial.write(settings.folder(), partial(file.ref()), pieces);
                }));
    }

    CompletionStage<FinalName.Plan> plan(CameFile file) {
        return work(() -> FinalName.plan(settings.folder(), partial(file.ref()), Telling.name(file)));
    }

    /** Empty if somebody else has taken the name. Fails if the file is gone. */
    CompletionStage<Optional<FileEffect.Kept>> name(CameFile file, FinalName.Plan plan) {
        return work(() -> switch (FinalName.take(settings.folder(), partial(file.ref()), plan)) {
            case FinalName.Named(var path) -> Optional.of(new FileEffect.Kept(path, type(path)));
            case FinalName.Taken() -> Optional.empty();
            case FinalName.Gone() -> throw new Changed("somebody has removed it from the download folder");
        });
    }

    private static String type(Path path) throws IOException {
        try (var in = Files.newInputStream(path)) {
            return MediaType.of(ByteString.fromArrayUnsafe(in.readNBytes(MediaType.BYTES_MAX)));
        }
    }

    void discard(Ref ref) {
        disk.execute(() -> {
            try {
                Files.deleteIfExists(partial(ref));
            } catch (IOException left) {
                // It has a name that nobody takes for a file of his.
            }
        });
    }

    private Path partial(Ref ref) {
        return Partial.path(settings.folder(), own, ref.with(), ref.file());
    }

    private interface Blocking<T> {
        T run() throws IOException;
    }

    private <T> CompletionStage<T> work(Blocking<T> blocking) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return blocking.run();
                    } catch (NoSuchFileException gone) {
                        throw new Failed("no such file or folder");
                    } catch (IOException failure) {
                        if (NoRoom.is(failure)) throw new Full();
                        throw new Failed(failure.getMessage());
                    }
                },
                disk);
    }
}
