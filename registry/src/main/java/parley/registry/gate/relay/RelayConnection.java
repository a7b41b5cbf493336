package parley.registry.gate.relay;

import java.time.Duration;
import org.apache.pekko.stream.FlowShape;
import org.apache.pekko.stream.Inlet;
import org.apache.pekko.stream.Outlet;
import org.apache.pekko.stream.stage.AsyncCallback;
import org.apache.pekko.stream.stage.InHandler;
import org.apache.pekko.stream.stage.OutHandler;
import org.apache.pekko.stream.stage.TimerGraphStageLogic;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import parley.messages.directory.Code;
import parley.messages.directory.FirstLine;
import parley.messages.directory.MalformedLine;
import parley.messages.directory.RelayAnswer;
import parley.messages.directory.RelayCall;
import parley.messages.directory.RelayLines;
import parley.messages.identity.IdentityKey;
import parley.registry.gate.Door;
import parley.registry.relay.Passage;
import parley.registry.relay.RelayLimits;
import parley.registry.relay.Relays;
import parley.registry.relay.Share;
import parley.registry.relay.Side;
import parley.registry.user.ModernUser;

/**
 * One side of a relay.
 *
 * <pre>
 *   listening --its line--&gt; asking --recognised--&gt; waiting --the other one is there, ok--&gt; joined --one ends--&gt; ending
 *       |                     `--the other one waits already, ok-------------------------^                    |
 *       |--no line in time, none that can be read                                                               |
 *       |          asking --nobody, no share left--&gt; refused       waiting --too long--&gt; refused              v
 *       `--&gt; refused: answered why, and ended                                       ended, once all is read that was told
 * </pre>
 *
 * <p><b>Back-pressure.</b> Of each direction one element, of at most 64 KiB, is between the two: the next is read when the
 * other side's connection has taken the one before, and when both accounts' rate allows. While it waits one element is read,
 * so that its end is noticed; it passes later.
 */
final class RelayConnection extends TimerGraphStageLogic implements InHandler, OutHandler {
    /** @param firstLine how long it may take to come */
    record Around(
            RelayDesk desk,
            Relays relays,
            RelayLimits limits,
            Duration firstLine,
            IdentityKey shown,
            Door.Visit visit) {}

    /** The other side of a relay has not said a last word; neither do we, so that nobody takes the half for the whole. */
    private static final class Cut extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Cut() {
            super("cut off", null, false, false);
        }
    }

    /** How long the last element may take to be read. */
    private static final Duration ENDING_MAX = Duration.ofSeconds(5);

    /** How often one looks whether nothing moves any more, as part of the time that is allowed. */
    private static final int LOOKS = 4;

    private static final Logger log = LoggerFactory.getLogger(RelayConnection.class);

    private enum Phase {
        LISTENING,
        ASKING,
        WAITING,
        JOINED,
        ENDING
    }

    private enum Timer {
        LINE,
        WAIT,
        SILENCE,
        PAUSE,
        ENDING
    }

    private final Inlet<ByteString> in;
    private final Outlet<ByteString> out;
    private final Around around;
    private final FirstLine first = new FirstLine(RelayLines.CALL_BYTES_MAX);
    private final AsyncCallback<Side.Word> word = createAsyncCallback(this::told);
    private final AsyncCallback<Recognised> recognised = createAsyncCallback(this::recognised);

    private Phase phase = Phase.LISTENING;
    private Relays.@Nullable Place place;
    private @Nullable Passage passage;
    /** Read before it may pass. */
    private ByteString early = ByteString.emptyByteString();
    /** To be read by ours. */
    private ByteString held = ByteString.emptyByteString();
    /** Whether the other side waits to hear that {@link #held} was read. */
    private boolean owing;
    /** Whether we wait to hear that. */
    private boolean owed;

    private boolean paused;
    private boolean moved;
    private int stillLooks;
    private boolean inOrder = true;

    private record Recognised(RelayCall call, ModernUser.@Nullable Recognition as) {}

    RelayConnection(FlowShape<ByteString, ByteString> shape, Around around) {
        super(shape);
        this.in = shape.in();
        this.out = shape.out();
        this.around = around;
        setHandler(in, this);
        setHandler(out, this);
    }

    @Override
    public void preStart() {
        AsyncCallback<Timer> leaving = createAsyncCallback(now -> end(false));
        around.visit().leaveBy(() -> leaving.invoke(Timer.ENDING));
        scheduleOnce(Timer.LINE, around.firstLine());
        pull(in);
    }

    /** However it ends, its place is free and the other side hears of it. */
    @Override
    public void postStop() {
        leave(false);
    }

    @Override
    public void onPush() {
        var bytes = grab(in);
        switch (phase) {
            case LISTENING -> listen(bytes);
            case ASKING, WAITING -> early = early.concat(bytes);
            case JOINED -> pass(bytes);
            case ENDING -> {}
        }
    }

    @Override
    public void onPull() {
        handOut();
    }

    @Override
    public void onUpstreamFinish() {
        leave(true);
        completeStage();
    }

    /** Broken; whom would a failure tell? The other side hears that it was not in order. */
    @Override
    public void onUpstreamFailure(Throwable broken) {
        log.debug("{} broke: {}", around.visit().source(), broken.getMessage());
        leave(false);
        completeStage();
    }

    /** Whether it said a last word comes the other way, right behind this. */
    @Override
    public void onDownstreamFinish(Throwable cause) {
        if (phase == Phase.ENDING) completeStage();
        else scheduleOnce(Timer.ENDING, ENDING_MAX);
    }

    private void listen(ByteString bytes) {
        try {
            var line = first.add(bytes);
            if (line == null) {
                pull(in);
                return;
            }
            cancelTimer(Timer.LINE);
            ask(RelayLines.decodeCall(line));
        } catch (MalformedLine malformed) {
            refuse(Code.SYNTAX, malformed.why());
        }
    }

    private void ask(RelayCall call) {
        if (!around.limits().enabled()) {
            refuse(Code.OFF, "This registry does not relay");
            return;
        }
        early = first.rest();
        phase = Phase.ASKING;
        around.desk()
                .recognise(call.own(), around.shown())
                .whenComplete((as, failure) -> recognised.invoke(new Recognised(call, failure == null ? as : null)));
    }

    private void recognised(Recognised answer) {
        if (phase != Phase.ASKING) return;
        var own = answer.call().own();
        if (answer.as() == null) {
            refuse(Code.BUSY, "Could not be looked up now, try again");
            return;
        }
        switch (answer.as()) {
            case UNKNOWN -> refuse(Code.UNKNOWN, "No user %s".formatted(own));
            case REVOKED -> refuse(Code.REVOKED, "%s has ended this identity".formatted(own));
            case WRONG_KEY -> refuse(Code.KEY, "Expected the key that the chain of %s names for TLS".formatted(own));
            case ITSELF -> come(answer.call());
        }
    }

    private void come(RelayCall call) {
        around.visit().known();
        phase = Phase.WAITING;
        switch (around.relays().come(call, word::invoke)) {
            case Relays.Refused(var code, var text) -> refuse(code, text);
            case Relays.Joins(var mine, var there) -> {
                place = mine;
                join(there);
            }
            case Relays.Waits(var mine) -> {
                place = mine;
                scheduleOnce(Timer.WAIT, around.limits().waiting());
                if (early.isEmpty()) pull(in);
            }
        }
    }

    private void join(Passage there) {
        phase = Phase.JOINED;
        passage = there;
        cancelTimer(Timer.WAIT);
        var look = around.limits().silence().dividedBy(LOOKS);
        scheduleWithFixedDelay(Timer.SILENCE, look, look);
        say(new RelayAnswer.Spliced());
        var before = early;
        early = ByteString.emptyByteString();
        if (before.isEmpty()) readOn();
        else pass(before);
    }

    private void pass(ByteString bytes) {
        if (passage == null) throw new IllegalStateException("passed before it was joined");
        moved = true;
        owed = true;
        long pause = passage.pass(bytes);
        if (pause == Share.USED_UP) {
            log.debug(
                    "{} or whom it is joined to has used up its day",
                    around.visit().source());
            end(false);
        } else if (pause > 0) {
            paused = true;
            scheduleOnce(Timer.PAUSE, Duration.ofNanos(pause));
        }
    }

    private void readOn() {
        if (phase == Phase.JOINED && !owed && !paused && !isClosed(in) && !hasBeenPulled(in)) pull(in);
    }

    private void told(Side.Word told) {
        switch (told) {
            case Side.Joined(var there) -> {
                if (phase == Phase.WAITING) join(there);
            }
            case Side.Passed(var bytes) -> {
                if (phase != Phase.JOINED) return;
                held = held.concat(bytes);
                owing = true;
                handOut();
            }
            case Side.Taken taken -> {
                owed = false;
                readOn();
            }
            case Side.Over(var orderly) -> end(orderly);
            case Side.Displaced displaced -> {
                if (phase == Phase.WAITING) refuse(Code.STATE, "The same account has called again for the same");
                else end(false);
            }
        }
    }

    private void say(RelayAnswer answer) {
        held = held.concat(RelayLines.encode(answer));
        handOut();
    }

    private void handOut() {
        if (!held.isEmpty() && isAvailable(out)) {
            moved = true;
            push(out, held);
            held = ByteString.emptyByteString();
            if (owing && passage != null && phase == Phase.JOINED) passage.taken();
            owing = false;
        }
        if (phase == Phase.ENDING && held.isEmpty()) finish();
    }

    private void refuse(Code code, String text) {
        leave(true);
        phase = Phase.ENDING;
        cancelTimer(Timer.LINE);
        cancelTimer(Timer.WAIT);
        scheduleOnce(Timer.ENDING, ENDING_MAX);
        say(new RelayAnswer.Refused(code, text));
    }

    /** What was told is read first, if that is soon. */
    private void end(boolean orderly) {
        if (phase == Phase.ENDING) return;
        leave(orderly);
        inOrder = orderly;
        phase = Phase.ENDING;
        cancelTimer(Timer.SILENCE);
        cancelTimer(Timer.PAUSE);
        scheduleOnce(Timer.ENDING, ENDING_MAX);
        handOut();
    }

    private void finish() {
        if (inOrder) completeStage();
        else failStage(new Cut());
    }

    private void leave(boolean orderly) {
        if (place != null) place.leave(orderly);
    }

    @Override
    public void onTimer(Object timer) {
        switch ((Timer) timer) {
            case LINE -> completeStage();
            case WAIT ->
                refuse(
                        Code.LATE,
                        "The other one did not come in %d s"
                                .formatted(around.limits().waiting().toSeconds()));
            case SILENCE -> {
                stillLooks = moved ? 0 : stillLooks + 1;
                moved = false;
                if (stillLooks >= LOOKS) end(false);
            }
            case PAUSE -> {
                paused = false;
                readOn();
            }
            case ENDING -> failStage(new Cut());
        }
    }
}
