package parley.peer.file;

import java.nio.file.Path;
import java.util.Optional;
import parley.messages.name.GroupName;
import parley.messages.wire.FileOffer;
import parley.messages.wire.MessageId;
import parley.peer.transfer.SourceStamp;

/**
 * A file that we send. Its source is read when its turn has come, and must be what it was.
 *
 * @param path absolute
 * @param group in which it was sent
 * @param of to how many it goes
 * @param reached how many of them have it
 * @param paused by us, for all of them
 */
public record SentFile(
        MessageId id,
        FileOffer offer,
        Path path,
        SourceStamp stamp,
        Optional<GroupName> group,
        int of,
        int reached,
        boolean paused) {
    SentFile withPaused(boolean now) {
        return new SentFile(id, offer, path, stamp, group, of, reached, now);
    }

    SentFile reachedOneMore() {
        return new SentFile(id, offer, path, stamp, group, of, reached + 1, paused);
    }
}
