package parley.peer.stream;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.function.Consumer;
import org.apache.pekko.stream.FlowShape;
import org.apache.pekko.stream.stage.AbstractInHandler;
import org.apache.pekko.stream.stage.AbstractOutHandler;
import org.apache.pekko.stream.stage.AsyncCallback;
import org.apache.pekko.stream.stage.TimerGraphStageLogic;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;
import parley.peer.cipher.stream.BoxSealer;
import parley.peer.stream.Streams.Closing;
import parley.peer.stream.Streams.Why;

/**
 * One end of a stream that runs.
 *
 * <pre>
 *   greeting --both have greeted--&gt; speaking --a verdict, and all was said--&gt; leaving --they have closed, a moment--&gt; (stopped)
 *      `--nobody we know, 10 s--&gt; (stopped)   `--silence, nonsense, the connection broke--&gt; (stopped)
 * </pre>
 *
 * Whoever has said his last word hears the other side out: closing on what is on its way to us would be a reset, and
 * could lose that word.
 */
final class StreamLogic extends TimerGraphStageLogic implements StreamPort {
    private enum Due {
        GREETING,
        SILENCE,
        LEAVING
    }

    private static final Duration GREETING_MAX = Duration.ofSeconds(10);
    private static final Duration SILENCE_MAX = Duration.ofSeconds(60);

    /** Of a file in one {@link #SILENCE_MAX}, 32 MiB/s: a slow disk. The other side may have all of it to read first. */
    private static final long READ_BYTES_AT_LEAST = SILENCE_MAX.toSeconds() * (32L << 20);

    /** For what is on its way: a busy receiver reads our last word behind megabytes of a file. */
    private static final Duration LEAVING_MAX = Duration.ofSeconds(60);

    /** Between two of them. */
    private static final long PROGRESS_NANOS = Duration.ofMillis(500).toNanos();

    private final FlowShape<ByteString, ByteString> shape;
    private final Handshake handshake;
    private final Lanes lanes;
    private final Consumer<StreamStage.Event> events;
    private final AsyncCallback<Closing> closing;
    private final AsyncCallback<String> aborting;
    private final AsyncCallback<Handshake.Done> beginning;

    private @Nullable ByteString greeting;
    private Handshake.@Nullable Done greeted;
    private @Nullable Closing closedBefore;
    private boolean begun;
    private boolean theyHaveSpoken;
    private long silences;
    private boolean told;
    private boolean leaving;
    private boolean moved;
    private long toldProgress;

    StreamLogic(
            FlowShape<ByteString, ByteString> shape,
            Handshake handshake,
            Lanes lanes,
            Consumer<StreamStage.Event> events) {
        super(shape);
        this.shape = shape;
        this.handshake = handshake;
        this.lanes = lanes;
        this.events = events;
        this.closing = createAsyncCallback(this::closed);
        this.beginning = createAsyncCallback(with -> attempt(() -> begin(with)));
        this.aborting = createAsyncCallback(why -> end(Why.CLOSED, why));
        setHandler(shape.in(), new AbstractInHandler() {
            @Override
            public void onPush() {
                moved = true;
                attempt(() -> heard(grab(shape.in())));
                if (greeted == null || begun) hearOn();
            }

            @Override
            public void onUpstreamFinish() {
                end(unreached(), "the connection was closed");
            }

            @Override
            public void onUpstreamFailure(Throwable broken) {
                end(unreached(), String.valueOf(broken.getMessage()));
            }
        });
        setHandler(shape.out(), new AbstractOutHandler() {
            @Override
            public void onPull() {
                moved = true;
                attempt(StreamLogic.this::speak);
            }

            @Override
            public void onDownstreamFinish(Throwable cause) {
                end(unreached(), "the connection was closed");
            }
        });
    }

    private void hearOn() {
        if (!isClosed(shape.in()) && !hasBeenPulled(shape.in())) pull(shape.in());
    }

    private Why unreached() {
        return greeted == null ? Why.NOT_REACHED : Why.CUT;
    }

    @Override
    public void preStart() {
        var calling = handshake.calling();
        if (calling != null && !lanes.call(calling, this)) {
            end(Why.CLOSED, "another stream runs");
            return;
        }
        scheduleOnce(Due.GREETING, GREETING_MAX);
        greeting = handshake.call().orElse(null);
        pull(shape.in());
    }

    private interface Step {
        void run() throws StreamBroken, IOException;
    }

    private void attempt(Step step) {
        try {
            step.run();
        } catch (StreamBroken nonsense) {
            end(Why.BROKEN, String.valueOf(nonsense.getMessage()));
        } catch (IOException disk) {
            end(Why.CUT, String.valueOf(disk.getMessage()));
        }
    }

    // --- what we hear ---------------------------------------------------------------------------------------------

    private void heard(ByteString bytes) throws StreamBroken, IOException {
        if (leaving) return;
        if (greeted == null) {
            if (handshake.isComplete(bytes)) greeted();
            return;
        }
        take(greeted, bytes);
    }

    private void greeted() throws StreamBroken, IOException {
        var done = handshake.complete(this);
        if (done.isEmpty()) {
            end(Why.NOT_REACHED, "the other side does not speak of that file");
            return;
        }
        greeted = done.get();
        if (closedBefore != null) greeted.end().close(closedBefore);
        cancelTimer(Due.GREETING);
        scheduleWithFixedDelay(Due.SILENCE, SILENCE_MAX, SILENCE_MAX);
        if (handshake.calling() == null) greeting = handshake.answer();
        if (greeting == null) beginning.invoke(greeted);
        else speak();
    }

    /** In a turn of its own: our greeting is not to wait for a large file that is read first. */
    private void begin(Handshake.Done with) throws StreamBroken, IOException {
        if (with.end().verdict().isEmpty()) with.end().begin();
        begun = true;
        events.accept(new StreamStage.Began(with.lane()));
        take(with, handshake.rest());
        hearOn();
    }

    private void take(Handshake.Done with, ByteString bytes) throws StreamBroken, IOException {
        with.cutter().feed(bytes);
        for (var box = with.cutter().next(); box != null; box = with.cutter().next()) {
            var plain = with.plain().clear();
            if (!with.opener().open(box.bytes(), plain, box.last())) throw new StreamBroken("a forged box");
            var frame = FrameCodec.decode(plain.flip());
            if (frame.isLast() != box.last()) throw new StreamBroken("a last word that is none");
            with.end().take(frame);
            theyHaveSpoken = true;
        }
        progress(with, false);
        speak();
    }

    // --- what we say ----------------------------------------------------------------------------------------------

    private void speak() throws StreamBroken, IOException {
        if (leaving || !isAvailable(shape.out())) return;
        if (greeting != null) {
            push(shape.out(), greeting);
            greeting = null;
            if (greeted != null) beginning.invoke(greeted);
            return;
        }
        if (greeted == null || !begun) return;
        var frame = greeted.end().say();
        if (frame.isPresent()) push(shape.out(), sealed(greeted.sealer(), frame.get()));
        else if (greeted.end().verdict().isPresent()) leave(greeted);
        progress(greeted, false);
    }

    static ByteString sealed(BoxSealer sealer, StreamFrame frame) {
        var head = FrameCodec.head(frame);
        var body = frame.body();
        int length = BoxSealer.sealedBytes(head.remaining() + body.remaining());
        var bytes = new byte[Integer.BYTES + length];
        var into = ByteBuffer.wrap(bytes).putInt(frame.isLast() ? length | BoxCutter.LAST : length);
        sealer.seal(head, body, into, frame.isLast());
        return ByteString.fromArrayUnsafe(bytes);
    }

    private void progress(Handshake.Done with, boolean atLast) {
        long now = System.nanoTime();
        if (!atLast && now - toldProgress < PROGRESS_NANOS) return;
        toldProgress = now;
        events.accept(new StreamStage.Progress(with.lane(), with.end().bytes()));
    }

    // --- the end --------------------------------------------------------------------------------------------------

    private void leave(Handshake.Done with) {
        leaving = true;
        progress(with, true);
        tell(with.end().verdict().orElseThrow());
        scheduleOnce(Due.LEAVING, LEAVING_MAX);
        complete(shape.out());
        if (isClosed(shape.in())) completeStage();
    }

    /** At once. What the end knows already counts more than how the connection went. */
    private void end(Why why, String text) {
        var known = greeted == null ? null : greeted.end().verdict().orElse(null);
        tell(known != null ? known : new End.Over(why, text));
        completeStage();
    }

    private void tell(End.Verdict verdict) {
        if (told) return;
        told = true;
        var lane = greeted == null ? handshake.calling() : greeted.lane();
        // Its file is let go before anybody hears that it is over.
        if (greeted != null) greeted.end().release();
        if (lane != null) lanes.over(lane, this);
        events.accept(new StreamStage.Done(lane, verdict));
    }

    private void closed(Closing why) {
        if (greeted == null) {
            // They may have answered already: for them it has begun, and they are told once we hear so.
            if (handshake.calling() == null || greeting != null) end(Why.CLOSED, "closed");
            else closedBefore = why;
            return;
        }
        greeted.end().close(why);
        attempt(this::speak);
    }

    @Override
    public void onTimer(Object due) {
        switch ((Due) due) {
            case GREETING -> end(Why.NOT_REACHED, "no greeting within %d s".formatted(GREETING_MAX.toSeconds()));
            case SILENCE -> silence();
            case LEAVING -> completeStage();
        }
    }

    private void silence() {
        silences = moved ? 0 : silences + 1;
        moved = false;
        long patience = theyHaveSpoken || greeted == null ? 0 : greeted.lane().size() / READ_BYTES_AT_LEAST;
        if (silences > patience) end(Why.CUT, "silence for %d s".formatted(silences * SILENCE_MAX.toSeconds()));
    }

    @Override
    public void postStop() {
        tell(new End.Over(unreached(), "stopped"));
    }

    @Override
    public void close(Closing why) {
        closing.invoke(why);
    }

    @Override
    public void abort() {
        aborting.invoke("the other side has called");
    }
}
