package parley.peer.file;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import parley.messages.name.PeerAddress;
import parley.messages.name.UserName;
import parley.messages.wire.Content.FileState.State;
import parley.messages.wire.FileOffer;
import parley.peer.stream.Lane;
import parley.peer.stream.Streams;
import parley.peer.talk.Happening;

/**
 * The connections on which files pass: which are wanted, who calls whom for them, and when again. Mutable.
 *
 * <pre>
 *   open --the sender calls, 3 s later the receiver--&gt; running --whole--&gt; arrived
 *    ^ `--neither can: the receiver says READY, the sender RELAYED, both call the relay--&gt; running
 *    `------ after a while, longer each time; at once when the other side comes ------- cut
 * </pre>
 *
 * Nothing here is stored: it begins anew with each sign-in. What is to be stored is told to the actor.
 */
final class Streaming {
    /** Times that a file may come otherwise than its sender said. */
    private static final int WRONG_MAX = 2;

    /** Times that our disk may refuse to take it for another reason than want of room. */
    private static final int DISK_FAILURES_MAX = 8;

    private final FilesSurroundings around;
    private final Self self;
    private final Calls calls;
    private final Set<Ref> opened = new HashSet<>();
    private final Set<Ref> running = new HashSet<>();

    /** Wholly sent; the receiver has yet to say so on paper. */
    private final Set<Ref> arrived = new HashSet<>();

    /** Whose sender was told that we wait, and nothing has come since. */
    private final Set<Ref> asked = new HashSet<>();

    private final Set<Ref> atRelay = new HashSet<>();
    private final Map<Ref, Long> passed = new HashMap<>();
    private final Map<Ref, Long> serials = new HashMap<>();
    private final Map<Ref, Integer> wrong = new HashMap<>();
    private final Map<Ref, Integer> diskFailures = new HashMap<>();
    private long serial;

    Streaming(FilesSurroundings around, Self self) {
        this.around = around;
        this.self = self;
        this.calls = new Calls(around.settings(), RandomGenerator.getDefault());
    }

    /** Bytes so far, where a stream has said. */
    Map<Ref, Long> passed() {
        return passed;
    }

    Set<Ref> running() {
        return running;
    }

    void open(Ref ref, Transfers now) {
        if (!now.isOpen(ref)) return;
        arrived.remove(ref);
        boolean weSend = now.isSent(ref);
        if (opened.add(ref)) {
            if (weSend) send(ref, now);
            else receive(ref, now);
        }
        self.tellAfter(calls.first(weSend), new Happened.CallDue(ref));
    }

    private void send(Ref ref, Transfers now) {
        var file = now.sent().get(ref.file());
        if (file != null)
            around.streams().tell(new Streams.Send(lane(ref, true, file.offer()), file.path(), file.stamp()));
    }

    private void receive(Ref ref, Transfers now) {
        var file = now.came().get(ref);
        var settings = around.settings();
        if (file != null)
            around.streams()
                    .tell(new Streams.Receive(
                            lane(ref, false, file.offer()), settings.folder(), settings.diskKeptFreePercent()));
    }

    private Lane lane(Ref ref, boolean weSend, FileOffer offer) {
        return new Lane(around.registry(), around.own(), ref.with(), weSend, ref.file(), offer.key(), offer.size());
    }

    void shut(Ref ref, FileEffect.Shut.Why why) {
        self.cancel(new Happened.CallDue(ref));
        calls.forget(ref);
        running.remove(ref);
        arrived.remove(ref);
        asked.remove(ref);
        wrong.remove(ref);
        diskFailures.remove(ref);
        if (opened.remove(ref))
            around.streams()
                    .tell(new Streams.Close(
                            ref.with(),
                            ref.file(),
                            switch (why) {
                                case PAUSED -> Streams.Closing.PAUSED;
                                case CANCELLED -> Streams.Closing.CANCELLED;
                                case DECLINED -> Streams.Closing.DECLINED;
                                case NOT_NOW -> Streams.Closing.NOT_NOW;
                            }));
    }

    /** What is over is no longer counted. */
    void forgetAllBut(Transfers now) {
        passed.keySet().removeIf(ref -> !now.isUnderWay(ref));
        serials.keySet().removeIf(ref -> !now.isUnderWay(ref));
    }

    // --- calls ----------------------------------------------------------------------------------------------------

    void online(FilesCommand.Online here, Transfers now) {
        calls.came(here.contact(), here.at());
        for (var ref : opened)
            if (ref.with().equals(here.contact())) {
                calls.forget(ref);
                self.tellAfter(calls.first(now.isSent(ref)), new Happened.CallDue(ref));
            }
    }

    void offline(UserName contact) {
        calls.went(contact);
    }

    void happened(Happened.OfConnection happened, Transfers now) {
        switch (happened) {
            case Happened.CallDue(var ref) -> callDue(ref, now);
            case Happened.Relayed(var ref, var outcome) -> relayed(ref, outcome, now);
        }
    }

    /** If it is not under way by now. */
    private void callDue(Ref ref, Transfers now) {
        if (!isIdle(ref)) return;
        var at = calls.at(ref.with());
        at.ifPresent(there -> call(ref, there));
        if (now.isSent(ref) || (at.isPresent() && !calls.hasFailed(ref)) || !mayAsk(ref, now)) return;
        asked.add(ref);
        self.tell(new Happened.Say(ref, State.READY));
    }

    /** Of a contact we know when he is there, and say nothing to an empty house; of a member of a group we do not. */
    private boolean mayAsk(Ref ref, Transfers now) {
        if (asked.contains(ref)) return false;
        var file = now.came().get(ref);
        return calls.isOnline(ref.with()) || (file != null && file.as().isPresent());
    }

    private void call(Ref ref, PeerAddress at) {
        around.streams().tell(new Streams.Call(ref.with(), ref.file(), at));
    }

    private boolean isIdle(Ref ref) {
        return opened.contains(ref) && !running.contains(ref) && !arrived.contains(ref);
    }

    private void callLater(Ref ref, Duration delay) {
        self.tellAfter(delay, new Happened.CallDue(ref));
    }

    /** The other side waits for it, now. */
    void meet(Ref ref, Transfers now) {
        open(ref, now);
        if (!isIdle(ref)) return;
        boolean weSend = now.isSent(ref);
        if (weSend && calls.at(ref.with()).isPresent() && !calls.hasFailed(ref)) return;
        // Also where we wait there already: who asks may have been there before us, died, and come back.
        if (weSend) self.tell(new Happened.Say(ref, State.RELAYED));
        if (!atRelay.add(ref)) return;
        var offer = now.offerOf(ref);
        if (offer.isEmpty()) return;
        self.whenDone(
                around.relay().call(ref.with(), lane(ref, weSend, offer.get()).relayToken()),
                outcome -> new Happened.Relayed(ref, outcome),
                failure -> new Happened.Relayed(
                        ref, new FilesSurroundings.Relay.NotConnected(false, String.valueOf(failure))));
    }

    private void relayed(Ref ref, FilesSurroundings.Relay.Outcome outcome, Transfers now) {
        atRelay.remove(ref);
        switch (outcome) {
            case FilesSurroundings.Relay.Connected(var connection, var abort) -> {
                if (isIdle(ref)) around.streams().tell(new Streams.ByRelay(ref.with(), ref.file(), connection));
                else abort.run();
            }
            case FilesSurroundings.Relay.NotConnected(var tells, var why) -> {
                if (!isIdle(ref)) return;
                if (tells) Telling.held(now, ref, why).ifPresent(this::show);
                asked.remove(ref);
                callLater(ref, calls.afterFailure(ref));
            }
        }
    }

    // --- what becomes of them -------------------------------------------------------------------------------------

    void heard(Streams.Change change, Transfers now) {
        var ref = new Ref(change.with(), change.file());
        if (!opened.contains(ref)) return;
        switch (change) {
            case Streams.Began began -> {
                running.add(ref);
                asked.remove(ref);
            }
            case Streams.Progress(var with, var file, var bytes) -> {
                // What begins and gets no further, as with a disk that fails, is no success.
                var before = passed.put(ref, bytes);
                if (before == null ? bytes > 0 : bytes > before) calls.forget(ref);
                long number = serials.computeIfAbsent(ref, first -> ++serial);
                Telling.progress(number, now, ref, bytes).ifPresent(this::show);
            }
            case Streams.Whole(var with, var file, var sha256) -> {
                running.remove(ref);
                if (now.isSent(ref)) arrived.add(ref);
                else {
                    shut(ref, FileEffect.Shut.Why.NOT_NOW);
                    self.tell(new Happened.Whole(ref, sha256));
                }
            }
            case Streams.Ended(var with, var file, var why, var text) -> {
                running.remove(ref);
                ended(ref, why, text, now);
            }
        }
    }

    private void ended(Ref ref, Streams.Why why, String text, Transfers now) {
        boolean weSend = now.isSent(ref);
        switch (why) {
            case NOT_REACHED, CUT, BROKEN, NOT_NOW -> callLater(ref, calls.afterFailure(ref));
            case DISK -> {
                if (diskFailures.merge(ref, 1, Integer::sum) > DISK_FAILURES_MAX) {
                    self.tell(new Happened.Broken(ref, text));
                    return;
                }
                Telling.held(now, ref, "the disk does not take it: " + text).ifPresent(this::show);
                callLater(ref, calls.afterFailure(ref));
            }
            case PAUSED -> {
                if (weSend) return;
                Telling.held(now, ref, "%s has paused it".formatted(ref.with())).ifPresent(this::show);
                // He calls when it goes on, if he can.
                callLater(ref, around.settings().retryMax());
            }
            case CHANGED -> {
                if (weSend) self.tell(new Happened.SourceChanged(ref.file(), "it was changed or is gone"));
            }
            case NO_ROOM -> {
                if (weSend) return;
                shut(ref, FileEffect.Shut.Why.NOT_NOW);
                self.tell(new Happened.NoRoom(ref));
            }
            case WRONG -> {
                if (!weSend && wrong.merge(ref, 1, Integer::sum) > WRONG_MAX)
                    self.tell(new Happened.Broken(ref, "what came is not what was announced"));
                else callLater(ref, calls.afterFailure(ref));
            }
            // What was said in the stream is said in a content, too, which decides.
            case CANCELLED, DECLINED, CLOSED -> {}
        }
    }

    private void show(Happening happening) {
        around.owner().tell(new FileEffect.Tell(happening));
    }
}
