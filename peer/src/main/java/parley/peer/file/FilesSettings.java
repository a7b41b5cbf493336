package parley.peer.file;

import com.typesafe.config.Config;
import java.nio.file.Path;
import java.time.Duration;
import parley.messages.wire.FileOffer;

/**
 * The keys of {@code parley.peer.files}; reference.conf says what they are for.
 *
 * @param folder where files go that come; must be there
 */
public record FilesSettings(
        Path folder,
        int diskKeptFreePercent,
        long inPiecesMax,
        long askAbove,
        Duration retryMin,
        Duration retryMax,
        Duration roomPause) {
    /**
     * @param peer {@code parley.peer}
     * @throws IllegalArgumentException if a value is of no use
     */
    public static FilesSettings of(Config peer) {
        var files = peer.getConfig("files");
        long pieces = files.getBytes("in-pieces-max");
        if (pieces > FileOffer.IN_PIECES_MAX)
            throw new IllegalArgumentException(
                    "parley.peer.files.in-pieces-max is %d, expected at most %d bytes, as all peers expect"
                            .formatted(pieces, FileOffer.IN_PIECES_MAX));
        return new FilesSettings(
                Path.of(peer.getString("downloads")),
                peer.getInt("transfer.disk-kept-free-percent"),
                pieces,
                files.getBytes("ask-above"),
                files.getDuration("retry-min"),
                files.getDuration("retry-max"),
                files.getDuration("room-pause"));
    }
}
