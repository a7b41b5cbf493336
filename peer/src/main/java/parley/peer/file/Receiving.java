package parley.peer.file;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.pekko.util.ByteString;
import parley.peer.store.Store;

/**
 * What is done on disk with files that come: one thing at a time of each, and what comes of it is told to the actor.
 * Mutable.
 */
final class Receiving {
    private final FilesSurroundings around;
    private final Self self;
    private final Workbench workbench;
    private final Set<Ref> working = new HashSet<>();

    /** Bytes that were promised to offers on their way into memory. */
    private final Map<Ref, Long> promised = new HashMap<>();

    Receiving(FilesSurroundings around, Self self, Workbench workbench) {
        this.around = around;
        this.self = self;
        this.workbench = workbench;
    }

    void done(Ref ref) {
        working.remove(ref);
        promised.remove(ref);
    }

    /** Twice at the same time would be asked twice. */
    void judge(Happened.Arrival arrival, Transfers now, Map<Ref, Long> passed) {
        var ref = arrival.ref();
        if (!working.add(ref)) return;
        long size = arrival.offer().size();
        long others = promised.values().stream().mapToLong(Long::longValue).sum() + now.stillToCome(passed);
        promised.put(ref, size);
        self.whenDone(
                workbench.hasRoomFor(size + others),
                room -> new Happened.Judged(arrival, asks(size, room)),
                failure -> new Happened.Judged(arrival, Optional.of("the download folder cannot be used")));
    }

    private Optional<String> asks(long size, boolean room) {
        var settings = around.settings();
        if (size > settings.askAbove()) return Optional.of("bigger than what comes without a question");
        if (room) return Optional.empty();
        return Optional.of("less than %d %% of the disk would stay free".formatted(settings.diskKeptFreePercent()));
    }

    void gather(CameFile file) {
        if (!working.add(file.ref())) return;
        around.store()
                .tell(new Store.Read<FilesCommand>(
                        tables -> {
                            var pieces = new ArrayList<ByteString>();
                            for (int index = 0; index < file.offer().pieces(); index++)
                                pieces.add(FileRows.piece(file.ref(), index, tables));
                            return new Happened.PiecesThere(file, pieces);
                        },
                        why -> new Happened.NotGathered(file.ref()),
                        self.context().getSelf()));
    }

    void write(Happened.PiecesThere there) {
        var ref = there.file().ref();
        self.whenDone(
                workbench.gather(there.file(), there.pieces()),
                sha256 -> new Happened.Whole(ref, sha256),
                failure -> Workbench.isFull(failure)
                        ? new Happened.NoRoom(ref)
                        : new Happened.Broken(ref, Workbench.why(failure)));
    }

    void plan(CameFile file, String sha256) {
        var ref = file.ref();
        if (!working.add(ref)) return;
        self.whenDone(
                workbench.plan(file),
                plan -> new Happened.Planned(ref, plan, sha256),
                failure -> new Happened.Broken(ref, Workbench.why(failure)));
    }

    void name(FileEffect.Name due) {
        var ref = due.file().ref();
        if (!working.add(ref)) return;
        self.whenDone(
                workbench.name(due.file(), due.naming().plan()),
                kept -> kept.<FilesCommand>map(where -> new Happened.Named(ref, where))
                        .orElseGet(() -> new Happened.NameTaken(ref)),
                failure -> Workbench.isChange(failure)
                        ? new Happened.Broken(ref, Workbench.why(failure))
                        : new Happened.NotNamed(ref));
    }

    void discard(Ref ref) {
        workbench.discard(ref);
    }

    void lookForRoomLater() {
        self.tellAfter(around.settings().roomPause(), new Happened.RoomDue());
    }

    void lookForRoom(Transfers now) {
        for (var file : now.came().values()) {
            if (!(file.state() instanceof CameFile.NoRoom)) continue;
            lookForRoomLater();
            self.whenDone(
                    workbench.hasRoomForRest(file),
                    room -> new Happened.RoomLooked(file.ref(), room),
                    failure -> new Happened.RoomLooked(file.ref(), false));
        }
    }
}
