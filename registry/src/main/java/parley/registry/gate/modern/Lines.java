package parley.registry.gate.modern;

import java.time.Duration;
import org.apache.pekko.stream.FlowShape;
import org.apache.pekko.stream.Inlet;
import org.apache.pekko.stream.Outlet;
import org.apache.pekko.stream.stage.InHandler;
import org.apache.pekko.stream.stage.OutHandler;
import org.apache.pekko.util.ByteString;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import parley.messages.directory.LineFramer;

/**
 * A connection as lines: those that came, looked at one by one while they may be, and those that wait to be read.
 *
 * <pre>
 *   reading --leave--&gt; leaving --all is answered and read--&gt; parting --the other side has closed, or lingered--&gt; closed
 *      `--too long a line--^  `--it takes too long--&gt; closed
 * </pre>
 *
 * <b>Back-pressure.</b> Nothing is read before all that is there was looked at.
 */
abstract class Lines extends HandingOver implements InHandler, OutHandler {
    /** How long a connection that we end may go on sending into nothing; a channel lingers for half of it. */
    private static final Duration LINGER = Duration.ofSeconds(1);

    /** How long what was asked may take to be answered and read when the connection is to end. */
    private static final Duration LEAVING_MAX = Duration.ofMillis(2_500);

    private static final Logger log = LoggerFactory.getLogger(Lines.class);

    enum Ending {
        LEAVING,
        LINGER
    }

    final Outbox outbox = new Outbox();
    private final Inlet<ByteString> in;
    private final Outlet<ByteString> out;
    private final LineFramer framer = new LineFramer();
    private ByteString early = ByteString.emptyByteString();
    private boolean begun;
    private boolean leaving;
    private boolean parting;

    Lines(FlowShape<ByteString, ByteString> shape) {
        super(shape);
        this.in = shape.in();
        this.out = shape.out();
        setHandler(in, this);
        setHandler(out, this);
    }

    /** Whether another line may be looked at now. */
    abstract boolean mayTake();

    abstract void receive(ByteString line);

    /** The next thing is that we leave. */
    abstract void receivedTooLong();

    /** All that was said can be read, and more may be. */
    abstract void readOut();

    /** Whether all that was asked is answered. */
    abstract boolean isAnswered();

    /** What is to be the last word. */
    abstract void sayLast();

    /** Where it came from, for the log: the IP address, without a port. */
    abstract String source();

    /** What came before we {@link #begin}. */
    final ByteString early() {
        return early;
    }

    /** It is known what this connection is for, and that it is for us. */
    final void begin() {
        begun = true;
        framer.add(early);
        early = ByteString.emptyByteString();
        proceed();
    }

    final boolean isLeaving() {
        return leaving;
    }

    @Override
    public final void onPush() {
        var bytes = grab(in);
        if (parting) {
            pull(in);
            return;
        }
        if (!begun) {
            // Faster than the news of the handshake; nothing more is read before that.
            early = bytes;
            return;
        }
        framer.add(bytes);
        proceed();
    }

    @Override
    public final void onPull() {
        proceed();
    }

    /** There is no half-close: whoever has said its last word hears no answer. */
    @Override
    public final void onUpstreamFinish() {
        completeStage();
    }

    /** The handshake failed or the connection broke; whom would a failure tell? */
    @Override
    public final void onUpstreamFailure(Throwable broken) {
        log.debug("{} ended: {}", source(), broken.getMessage());
        completeStage();
    }

    /** Looks at what may be looked at, hands out what may be read, and asks for what is missing. */
    final void proceed() {
        while (mayLook()) {
            var line = framer.next();
            if (line == null) break;
            receive(line);
        }
        if (framer.tooLong() && !leaving) {
            receivedTooLong();
            leave();
            return;
        }
        handOut();
        if (leaving) partIfDone();
        else if (mayLook() && !hasBeenPulled(in)) pull(in);
    }

    private boolean mayLook() {
        return begun && !leaving && mayTake();
    }

    private void handOut() {
        if (parting || !isAvailable(out)) return;
        if (!outbox.isEmpty()) push(out, outbox.next());
        else if (!leaving) readOut();
    }

    /** Looks at nothing more; what was asked is answered, and then it ends. */
    void leave() {
        if (leaving) return;
        leaving = true;
        if (!begun) {
            completeStage();
            return;
        }
        scheduleOnce(Ending.LEAVING, LEAVING_MAX);
        proceed();
    }

    private void partIfDone() {
        if (parting || !isAnswered()) return;
        sayLast();
        handOut();
        if (outbox.isEmpty()) part();
    }

    private void part() {
        parting = true;
        cancelTimer(Ending.LEAVING);
        complete(out);
        scheduleOnce(Ending.LINGER, LINGER);
        if (!hasBeenPulled(in)) pull(in);
    }
}
