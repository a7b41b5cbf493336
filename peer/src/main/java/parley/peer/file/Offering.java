package parley.peer.file;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.pekko.util.ByteString;
import parley.messages.name.GroupName;
import parley.messages.wire.FileOffer;
import parley.messages.wire.MessageId;
import parley.peer.talk.FileAnswer;
import parley.peer.talk.Party;
import parley.peer.transfer.FileNames;

/**
 * What becomes of a SEND: a file that is looked at, then offered to one contact or to all members of a group. Mutable.
 *
 * <pre>
 *   SEND --looked at--&gt; with the cipher, or the group, and its rows --queued--&gt; answered
 *          `--cannot be read          `--refused--&gt; answered so
 * </pre>
 */
final class Offering {
    private final FilesSurroundings around;
    private final Self self;
    private final Workbench workbench;
    private final Handing handing;

    /** Offers that the cipher may have on disk, of which we were not told yet. */
    private final Set<MessageId> underWay = new HashSet<>();

    Offering(FilesSurroundings around, Self self, Workbench workbench, Handing handing) {
        this.around = around;
        this.self = self;
        this.workbench = workbench;
        this.handing = handing;
    }

    boolean isUnderWay(MessageId file) {
        return underWay.contains(file);
    }

    /** It is on disk. */
    void queued(Happened.Sending sending) {
        underWay.remove(sending.file().id());
        around.done(sending.verb(), answer(sending));
    }

    void notQueued(Happened.Sending sending, String why) {
        underWay.remove(sending.file().id());
        around.fail(sending.verb(), why);
    }

    void look(String verb, Party to, Path path, Transfers now) {
        if (!now.hasRoomToSend()) {
            around.fail(verb, "Too many files wait to be sent already");
            return;
        }
        var absolute = path.toAbsolutePath().normalize();
        var nobody = new Happened.Sending(verb, to, file(absolute, Workbench.Source.NONE), Map.of(), List.of());
        self.whenDone(
                workbench.look(absolute),
                source -> new Happened.Found(
                        sending(verb, to, file(absolute, source)),
                        source.bytes().orElse(List.of())),
                failure -> new Happened.NotQueued(nobody, "%s: %s".formatted(path, Workbench.why(failure))));
    }

    private SentFile file(Path path, Workbench.Source source) {
        var name = path.getFileName();
        var key = new byte[FileOffer.KEY_BYTES];
        around.random().nextBytes(key);
        var offer = new FileOffer(
                Math.max(0, around.clock().millis()),
                source.bytes().isPresent(),
                source.stamp().size(),
                ByteString.fromArrayUnsafe(key),
                FileNames.safe(name == null ? "" : name.toString()));
        var id = MessageId.random(around.random());
        return new SentFile(id, offer, path, source.stamp(), Optional.empty(), 1, 0, false);
    }

    private static Happened.Sending sending(String verb, Party to, SentFile file) {
        Map<Ref, Receiver> receivers = switch (to) {
            case Party.User(var user) -> Map.of(new Ref(user, file.id()), new Receiver(Optional.empty(), true));
            case Party.Group group -> Map.of();
        };
        return new Happened.Sending(verb, to, file, receivers, List.of());
    }

    void offer(Happened.Sending sending, List<ByteString> bytes) {
        underWay.add(sending.file().id());
        switch (sending.to()) {
            case Party.User(var user) -> handing.offer(user, sending, bytes);
            case Party.Group(var group) -> offerIn(group, sending);
        }
    }

    private void offerIn(GroupName group, Happened.Sending sending) {
        var file = sending.file();
        self.whenDone(
                around.groups().write(group, file.id(), file.offer(), members -> {
                    var all = Addressed.of(sending, group, members);
                    return Transfers.rows(all.file(), around.own(), all.receivers(), all.posts());
                }),
                outcome -> switch (outcome) {
                    case FilesSurroundings.GroupPost.Written(var members) ->
                        new Happened.Queued(Addressed.of(sending, group, members));
                    case FilesSurroundings.GroupPost.NotWritten(var why) -> new Happened.NotQueued(sending, why);
                },
                failure -> new Happened.NotQueued(sending, Workbench.why(failure)));
    }

    private static FileAnswer answer(Happened.Sending sending) {
        var file = sending.file();
        return new FileAnswer.Queued(
                file.id().toString(),
                sending.to(),
                sending.receivers().size(),
                file.offer().name(),
                file.offer().size());
    }
}
