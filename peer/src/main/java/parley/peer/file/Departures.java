package parley.peer.file;

import static org.apache.pekko.actor.typed.javadsl.Behaviors.same;

import java.util.Optional;
import org.apache.pekko.actor.typed.Behavior;

/** What leaves us: a file from its SEND to its offer's being on disk, and posts until their contact's cipher has them. */
final class Departures {
    private final Self self;
    private final Commits commits;
    private final Handing handing;
    private final Offering offering;

    Departures(Self self, Commits commits, Handing handing, Offering offering) {
        this.self = self;
        this.commits = commits;
        this.handing = handing;
        this.offering = offering;
    }

    Behavior<FilesCommand> happened(Happened.OfDeparture happened) {
        return switch (happened) {
            case Happened.Found(var sending, var bytes) -> {
                offering.offer(sending, bytes);
                yield same();
            }
            case Happened.Queued(var sending) -> {
                offering.queued(sending);
                yield commits.release(
                        commits.now().outgoing().queued(sending.file(), sending.receivers(), sending.posts()));
            }
            case Happened.NotQueued(var sending, var why) -> {
                offering.notQueued(sending, why);
                yield same();
            }
            case Happened.SourceChanged(var file, var why) ->
                commits.take(commits.now().outgoing().changed(file, why), happened);
            case Happened.PiecesRead(var post, var bytes) -> {
                handing.pieces(post, bytes);
                yield same();
            }
            case Happened.PiecesNotRead(var post, Optional<String> changed) -> {
                changed.ifPresentOrElse(
                        why -> {
                            self.tell(new Happened.Dropped(post));
                            self.tell(new Happened.SourceChanged(post.ref().file(), why));
                        },
                        () -> handing.later(post));
                yield same();
            }
            case Happened.Posted(var post, var outcome) -> {
                handing.ended(post, outcome);
                yield commits.settled();
            }
            case Happened.Dropped(var post) -> commits.take(FileRows.posted(post), () -> handing.gone(post), happened);
            case Happened.PostAgain again -> {
                handing.again();
                yield commits.settled();
            }
        };
    }
}
