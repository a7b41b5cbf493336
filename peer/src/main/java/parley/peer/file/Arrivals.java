package parley.peer.file;

import static org.apache.pekko.actor.typed.javadsl.Behaviors.same;

import java.time.Duration;
import java.util.Optional;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import parley.messages.name.GroupName;
import parley.messages.wire.Content;
import parley.peer.contact.Effect;
import parley.peer.contact.Inbox;
import parley.peer.store.Change;

/**
 * What comes: contents of the inbox that speak of files, and files on their way from an offer to their name. It leaves
 * the inbox in the same commit that writes down what came of it.
 */
final class Arrivals {
    /** So long waits what overtakes its own offer. */
    private static final Duration MOMENT = Duration.ofMillis(100);

    private final FilesSurroundings around;
    private final Self self;
    private final Commits commits;
    private final Receiving receiving;
    private final Streaming streaming;
    private final Offering offering;
    private final Strays strays;

    Arrivals(
            FilesSurroundings around,
            Self self,
            Commits commits,
            Receiving receiving,
            Streaming streaming,
            Offering offering,
            Strays strays) {
        this.around = around;
        this.self = self;
        this.commits = commits;
        this.receiving = receiving;
        this.streaming = streaming;
        this.offering = offering;
        this.strays = strays;
    }

    /** Something that a contact said. */
    Behavior<FilesCommand> came(FilesCommand.Came came) {
        var what = came.what();
        var ref = new Ref(what.contact(), what.content().file());
        return switch (what.content()) {
            case Content.File(var id, var offer) -> {
                var arrival = new Happened.Arrival(ref, Optional.empty(), Optional.empty(), offer, taken(what));
                receiving.judge(arrival, now(), streaming.passed());
                yield same();
            }
            case Content.Piece piece
            when now().knows(ref) -> {
                strays.taken(ref, piece.id());
                yield commits.take(now().incoming().piece(ref, piece, taken(what)), came);
            }
            case Content.Piece late
            when strays.isOver(ref) -> {
                strays.taken(ref, late.id());
                yield commits.take(taken(what), () -> {}, came);
            }
            case Content.Piece stray ->
                strays.add(ref, what)
                        .map(oldest -> commits.take(taken(oldest), () -> {}, came))
                        .orElseGet(Behaviors::same);
            case Content.FileState(var id, var file, var state) -> {
                if (!offering.isUnderWay(file)) yield commits.take(now().said(ref, state, taken(what)), came);
                self.tellAfter(MOMENT, came);
                yield same();
            }
        };
    }

    private static Change taken(Effect.ForFiles what) {
        return Inbox.FILES.taken(what.contact(), what.content().id());
    }

    /** A file that a member offers. */
    Behavior<FilesCommand> cameInGroup(GroupName group, Effect.ForGroup what) {
        if (what.content() instanceof Content.GroupFile(var id, var place, var offer)) {
            var ref = new Ref(what.contact(), id);
            var taken = Inbox.GROUPS.taken(what.contact(), id);
            var arrival = new Happened.Arrival(ref, Optional.of(what.identity()), Optional.of(group), offer, taken);
            receiving.judge(arrival, now(), streaming.passed());
        }
        return same();
    }

    Behavior<FilesCommand> happened(Happened.OfArrival happened) {
        return switch (happened) {
            case Happened.Judged(var arrival, var asks) -> {
                receiving.done(arrival.ref());
                var step = now().incoming()
                        .offered(arrival.ref(), arrival.as(), arrival.group(), arrival.offer(), asks, arrival.taken());
                if (!step.next().knows(arrival.ref())) strays.over(arrival.ref());
                yield commits.take(
                        step,
                        () -> strays.of(arrival.ref()).forEach(stray -> self.tell(new FilesCommand.Came(stray))),
                        happened);
            }
            case Happened.PiecesThere there -> {
                receiving.write(there);
                yield same();
            }
            case Happened.NotGathered(var ref) -> {
                receiving.done(ref);
                self.tellAfter(Files.DISK_PAUSE, new Happened.GatherDue(ref));
                yield same();
            }
            case Happened.GatherDue(var ref) -> {
                now().wanted(ref).filter(CameFile::hasAllPieces).ifPresent(receiving::gather);
                yield same();
            }
            case Happened.Whole(var ref, var sha256) -> {
                receiving.done(ref);
                now().wanted(ref).ifPresent(file -> receiving.plan(file, sha256));
                yield same();
            }
            case Happened.Planned(var ref, var plan, var sha256) -> {
                receiving.done(ref);
                yield commits.take(now().incoming().planned(ref, plan, sha256), happened);
            }
            case Happened.Named(var ref, var kept) -> {
                receiving.done(ref);
                yield commits.take(
                        now().incoming()
                                .named(ref, kept, Math.max(0, around.clock().millis())),
                        happened);
            }
            case Happened.NameTaken(var ref) -> {
                receiving.done(ref);
                now().naming(ref)
                        .ifPresent(naming ->
                                receiving.plan(naming.file(), naming.naming().sha256()));
                yield same();
            }
            case Happened.NotNamed(var ref) -> {
                receiving.done(ref);
                now().naming(ref).ifPresent(naming -> self.tellAfter(Files.DISK_PAUSE, new Happened.NameDue(ref)));
                yield same();
            }
            case Happened.NameDue(var ref) -> {
                now().naming(ref).ifPresent(receiving::name);
                yield same();
            }
            case Happened.NoRoom(var ref) -> {
                receiving.done(ref);
                receiving.lookForRoomLater();
                yield commits.take(now().incoming().noRoom(ref), happened);
            }
            case Happened.RoomDue due -> {
                receiving.lookForRoom(now());
                yield same();
            }
            case Happened.RoomLooked(var ref, var room) ->
                room ? commits.take(now().incoming().roomAgain(ref), happened) : same();
            case Happened.Broken(var ref, var why) -> {
                receiving.done(ref);
                yield commits.take(now().incoming().failed(ref, why), happened);
            }
        };
    }

    private Transfers now() {
        return commits.now();
    }
}
