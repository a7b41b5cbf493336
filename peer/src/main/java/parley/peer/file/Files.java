package parley.peer.file;

import static org.apache.pekko.actor.typed.javadsl.Behaviors.receiveMessage;
import static org.apache.pekko.actor.typed.javadsl.Behaviors.same;

import java.time.Duration;
import java.util.List;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.StashBuffer;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import parley.peer.store.HeldBack;
import parley.peer.talk.FileAnswer;
import parley.peer.talk.Party;

/**
 * The files of one account: those that it sends and those that it is sent.
 *
 * <pre>
 *   loading --Loaded--&gt; open --a step with changes--&gt; storing --&gt; open; see {@link Commits}
 *      ^  `--NotLoaded--&gt; loading, a while later
 *
 *   Send --looked at--&gt; Hand, with its rows, to the contact's cipher --Handed--&gt; queued, and answered
 *   what is still to be told --Hand, which strikes it off in the same commit--&gt; told
 * </pre>
 *
 * <b>The commit rule.</b> One step at a time is committed, and nothing that follows from it happens before. A crash
 * between the commit and what follows repeats that: streams are opened, pieces gathered, names taken and posts handed
 * over again, and what is in the inbox is judged again.
 */
public final class Files {
    /** How long a disk that refused, or a cipher whose disk did, is left alone. */
    static final Duration DISK_PAUSE = Duration.ofSeconds(5);

    private static final int HELD_MAX = 10_000;

    public static Behavior<FilesCommand> create(FilesSurroundings around) {
        return Behaviors.setup(context -> Behaviors.withTimers(
                timers -> Behaviors.withStash(HELD_MAX, held -> new Files(around, context, timers, held).loading())));
    }

    private final FilesSurroundings around;
    private final Self self;
    private final Commits commits;
    private final Handing handing;
    private final Receiving receiving;
    private final Streaming streaming;
    private final Offering offering;
    private final Departures departures;
    private final Arrivals arrivals;
    private final Strays strays = new Strays();

    private Files(
            FilesSurroundings around,
            ActorContext<FilesCommand> context,
            TimerScheduler<FilesCommand> timers,
            StashBuffer<FilesCommand> held) {
        this.around = around;
        this.self = new Self(context, timers);
        var workbench = new Workbench(around.own(), around.settings(), around.disk());
        this.handing = new Handing(around, self, workbench);
        this.offering = new Offering(around, self, workbench, handing);
        this.receiving = new Receiving(around, self, workbench);
        this.streaming = new Streaming(around, self);
        this.commits = new Commits(around, self, new HeldBack<>(held), aftermath(), this::open);
        this.departures = new Departures(self, commits, handing, offering);
        this.arrivals = new Arrivals(around, self, commits, receiving, streaming, offering, strays);
    }

    private Behavior<FilesCommand> loading() {
        commits.read();
        return receiveMessage(command -> switch (command) {
            case Happened.Loaded(var transfers, var posts, var inbox) -> {
                inbox.forEach(what -> self.tell(new FilesCommand.Came(what)));
                receiving.lookForRoomLater();
                yield commits.release(
                        new Step(transfers, List.of(), posts, transfers.goOn().effects()));
            }
            case Happened.NotLoaded(var why) -> {
                self.tellAfter(DISK_PAUSE, new Happened.LookAgain());
                yield same();
            }
            case Happened.LookAgain again -> {
                commits.read();
                yield same();
            }
            case FilesCommand other -> commits.hold(other);
        });
    }

    private Behavior<FilesCommand> open() {
        return receiveMessage(command -> switch (command) {
            case FilesCommand.Asked asked -> asked(asked);
            case FilesCommand.Came came -> arrivals.came(came);
            case FilesCommand.CameInGroup(var group, var what) -> arrivals.cameInGroup(group, what);
            case FilesCommand.InMailbox(var contact, var file) ->
                commits.take(now().outgoing().inMailbox(new Ref(contact, file)), command);
            case FilesCommand.GaveUp(var contact, var file, var why) ->
                commits.take(now().outgoing().gaveUp(new Ref(contact, file), why), command);
            case FilesCommand.Online here -> {
                streaming.online(here, now());
                yield same();
            }
            case FilesCommand.Offline(var contact) -> {
                streaming.offline(contact);
                yield same();
            }
            case FilesCommand.Streamed(var change) -> {
                streaming.heard(change, now());
                yield same();
            }
            case Happened happened -> happened(happened);
        });
    }

    private Behavior<FilesCommand> happened(Happened happened) {
        return switch (happened) {
            case Happened.OfDeparture departure -> departures.happened(departure);
            case Happened.OfArrival arrival -> arrivals.happened(arrival);
            case Happened.OfConnection connection -> {
                streaming.happened(connection, now());
                yield same();
            }
            case Happened.Say(var ref, var state) -> commits.take(now().say(ref, state), happened);
            case Happened.Loaded(var transfers, var posts, var inbox) -> {
                inbox.forEach(what -> self.tell(new FilesCommand.Came(what)));
                yield same();
            }
            case Happened.NotLoaded later -> {
                commits.readAgain();
                yield same();
            }
            case Happened.LookAgain stray -> same();
            case Happened.Stored stray -> same();
        };
    }

    private Transfers now() {
        return commits.now();
    }

    // --- what follows from a step that is on disk -----------------------------------------------------------------

    private Commits.Aftermath aftermath() {
        return new Commits.Aftermath() {
            @Override
            public void follow(Transfers before, Step step) {
                for (var ref : before.came().keySet()) if (!step.next().knows(ref)) strays.over(ref);
                streaming.forgetAllBut(step.next());
                step.posts().forEach(handing::add);
                step.effects().forEach(effect -> carryOut(effect, step.next()));
            }

            @Override
            public void goOn(Transfers now) {
                handing.next(now);
            }
        };
    }

    private void carryOut(FileEffect effect, Transfers now) {
        switch (effect) {
            case FileEffect.ToContact toContact -> around.owner().tell(toContact);
            case FileEffect.Tell tell -> around.owner().tell(tell);
            case FileEffect.Came came -> around.owner().tell(came);
            case FileEffect.Open(var ref) -> streaming.open(ref, now);
            case FileEffect.Meet(var ref) -> streaming.meet(ref, now);
            case FileEffect.Shut(var ref, var why) -> streaming.shut(ref, why);
            case FileEffect.Gather(var file) -> receiving.gather(file);
            case FileEffect.Name due -> receiving.name(due);
            case FileEffect.Discard(var ref) -> receiving.discard(ref);
        }
    }

    // --- commands -------------------------------------------------------------------------------------------------

    private Behavior<FilesCommand> asked(FilesCommand.Asked asked) {
        switch (asked) {
            case FilesCommand.Send(var verb, var to, var path) -> offering.look(verb, new Party.User(to), path, now());
            case FilesCommand.SendToGroup(var verb, var group, var path) ->
                offering.look(verb, new Party.Group(group), path, now());
            case FilesCommand.Look(var verb) ->
                around.done(verb, Telling.all(now(), streaming.passed(), streaming.running()));
            case FilesCommand.Alter alter -> {
                return alter(alter);
            }
        }
        return same();
    }

    private Behavior<FilesCommand> alter(FilesCommand.Alter alter) {
        var called = now().called(alter.id());
        if (called.size() != 1) {
            around.fail(
                    alter.verb(),
                    called.isEmpty()
                            ? "No file that is under way is called %s, expected one that TRANSFERS shows"
                                    .formatted(alter.id())
                            : "%d files begin with %s, expected more digits".formatted(called.size(), alter.id()));
            return same();
        }
        var id = called.getFirst();
        var answer = new FileAnswer.Changed(id.toString(), now().nameOf(id));
        var step = switch (alter.how()) {
            case PAUSE -> now().pause(id);
            case RESUME, ACCEPT -> now().resume(id);
            case CANCEL -> now().cancel(id);
        };
        return commits.take(step, () -> around.done(alter.verb(), answer), why -> around.fail(alter.verb(), why));
    }
}
