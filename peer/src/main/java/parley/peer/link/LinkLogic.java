package parley.peer.link;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.pekko.Done;
import org.apache.pekko.stream.FlowShape;
import org.apache.pekko.stream.stage.AbstractInHandler;
import org.apache.pekko.stream.stage.AbstractOutHandler;
import org.apache.pekko.stream.stage.TimerGraphStageLogic;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import parley.messages.classic.Expected;
import parley.messages.classic.Expected.Patience;
import parley.messages.classic.MalformedMessage;
import parley.messages.classic.PeerCodec;
import parley.messages.classic.PeerMessage;
import scala.jdk.javaapi.FutureConverters;

/**
 * What every link does: finds where a message ends, minds the time, and turns whatever goes wrong into one line. What
 * the messages mean is for {@link SendingText}, {@link SendingFile} and {@link Receiving}.
 *
 * <pre>
 *   unconnected --first demand for our bytes--> started
 *   started: idle --await--> awaiting --bytes that are whole, quiet, end of stream--> idle
 *                            awaiting --too many bytes, out of time, reset----------> broken
 * </pre>
 *
 * Bytes are read even when none are awaited: only who reads sees the other side go away.
 */
abstract class LinkLogic extends TimerGraphStageLogic {
    private static final Logger LOG = LoggerFactory.getLogger("parley.peer.link");
    private static final AtomicLong NUMBERS = new AtomicLong();

    /** The part of the quiet period after which a message that is whole with near certainty counts as whole. */
    private static final int BRIEF_PART = 4;

    /** Looks at the clock this often, so that a time limit costs no timer for each message. */
    private static final Duration WATCH = Duration.ofMillis(100);

    private enum Timer {
        QUIET,
        WATCH
    }

    /** What is awaited, who decides whether it is whole, and what is done with it. */
    private record Awaited(String what, Function<ByteString, Patience> patience, Consumer<ByteString> then) {}

    private final LinkSettings settings;

    private final FlowShape<ByteString, ByteString> shape;
    private final String number = "link " + NUMBERS.incrementAndGet();
    private ByteString held = ByteString.emptyByteString();
    private @Nullable Awaited awaited;
    private String pending = "a connection";
    private long allowedNanos;
    private long allowedSince;
    private boolean quietRuns;
    private boolean started;

    LinkLogic(FlowShape<ByteString, ByteString> shape, LinkSettings settings) {
        super(shape);
        this.shape = shape;
        this.settings = settings;
        setHandler(shape.in(), new AbstractInHandler() {
            @Override
            public void onPush() {
                guarded(LinkLogic.this::heard);
            }

            @Override
            public void onUpstreamFinish() {
                guarded(LinkLogic.this::hungUp);
            }

            @Override
            public void onUpstreamFailure(Throwable failure) {
                broken(failure instanceof LinkAborted ours ? reason(ours) : broke(failure));
            }
        });
        setHandler(shape.out(), new AbstractOutHandler() {
            @Override
            public void onPull() {
                if (started) return;
                started = true;
                guarded(LinkLogic.this::start);
            }

            @Override
            public void onDownstreamFinish(Throwable cause) {
                // The reading side tells why.
            }
        });
    }

    /** The connection stands. */
    abstract void start();

    /** The other side has sent its last byte and nothing was awaited of it but that; or it was, and it is a fault. */
    void ended() {
        broken("closed while %s was awaited".formatted(pending));
    }

    /** It is over for a reason; implementations report it and then {@link #abort}. */
    abstract void broken(String why);

    @Override
    public void preStart() {
        pull(shape.in());
    }

    LinkSettings settings() {
        return settings;
    }

    boolean isStarted() {
        return started;
    }

    /** @param what a noun with its article, for the report when it doesn't come */
    void await(String what, Function<ByteString, Patience> patience, Consumer<ByteString> then) {
        pending = what;
        awaited = new Awaited(what, patience, then);
        look();
    }

    void awaitWord(PeerMessage.Word word, Runnable then) {
        await("the answer " + PeerCodec.encode(word).utf8String(), Expected.WORD::patience, bytes -> {
            PeerCodec.decodeWord(word, bytes);
            heard(word, bytes);
            then.run();
        });
    }

    /** Nothing is awaited of the other side; this is what keeps it waiting. */
    void pending(String what) {
        pending = what;
    }

    /** Something of ours is asked; {@code what} is said if it doesn't answer in time. */
    <T> void ask(String what, CompletionStage<T> asked, Consumer<T> then) {
        ask(what, asked, then, late -> {});
    }

    /** @param tooLate gets the answer, on any thread, if the link is over by then */
    <T> void ask(String what, CompletionStage<T> asked, Consumer<T> then, Consumer<T> tooLate) {
        pending(what);
        var answered = this.<Answer<T>>createAsyncCallback(answer -> guarded(() -> {
            var value = answer.value();
            if (value != null) then.accept(value);
            else broken("%s: %s".formatted(what, reason(answer.failure())));
        }));
        asked.whenComplete((value, failure) -> {
            FutureConverters.asJava(answered.invokeWithFeedback(new Answer<>(value, failure)))
                    .exceptionally(over -> {
                        if (value != null) tooLate.accept(value);
                        return Done.getInstance();
                    });
        });
    }

    private record Answer<T>(@Nullable T value, @Nullable Throwable failure) {}

    /** What is awaited from now on must have come by then. */
    void allow(Duration time) {
        allowedNanos = time.toNanos();
        allowedSince = System.nanoTime();
        if (!isTimerActive(Timer.WATCH)) scheduleWithFixedDelay(Timer.WATCH, WATCH, WATCH);
    }

    void write(PeerMessage message) {
        var bytes = PeerCodec.encode(message);
        trace(">>", message, bytes);
        emit(shape.out(), bytes);
    }

    /** For the trace. */
    void heard(PeerMessage message, ByteString bytes) {
        trace("<<", message, bytes);
    }

    /** Puts bytes back that belong to what is awaited next. */
    void unread(ByteString bytes) {
        held = bytes.concat(held);
    }

    /** No more bytes of ours; the other side's are still read. */
    void halfClose() {
        complete(shape.out());
    }

    /** The other side sees a reset. */
    void abort(String why) {
        LOG.trace("{} aborted: {}", number, why);
        failStage(new LinkAborted(why));
    }

    boolean hungUpAlready() {
        return isClosed(shape.in());
    }

    private void heard() {
        held = held.isEmpty() ? grab(shape.in()) : held.concat(grab(shape.in()));
        pull(shape.in());
        if (awaited != null) look();
        else if (held.size() > Expected.MESSAGE_BYTES_MAX) broken("%d bytes out of turn".formatted(held.size()));
    }

    private void hungUp() {
        if (awaited == null) return;
        if (held.isEmpty()) ended();
        else take();
    }

    private void look() {
        var now = awaited;
        if (now == null) return;
        if (held.isEmpty()) {
            if (hungUpAlready()) ended();
            return;
        }
        switch (now.patience().apply(held)) {
            case WHOLE -> take();
            case BRIEF -> quietAfter(settings.quietPeriod().dividedBy(BRIEF_PART));
            case QUIET -> quietAfter(settings.quietPeriod());
            case TOO_LONG -> broken("%d bytes instead of %s".formatted(held.size(), now.what()));
        }
    }

    /** Nothing more can come after the end of the stream, so then there is nothing to wait for. */
    private void quietAfter(Duration period) {
        if (hungUpAlready()) {
            take();
        } else {
            quietRuns = true;
            scheduleOnce(Timer.QUIET, period);
        }
    }

    private void take() {
        if (quietRuns) {
            quietRuns = false;
            cancelTimer(Timer.QUIET);
        }
        var now = awaited;
        if (now == null) return;
        var message = held;
        held = ByteString.emptyByteString();
        awaited = null;
        now.then().accept(message);
    }

    @Override
    public void onTimer(Object key) {
        guarded(() -> {
            switch ((Timer) key) {
                case QUIET -> take();
                case WATCH -> watch();
            }
        });
    }

    private void watch() {
        if (System.nanoTime() - allowedSince <= allowedNanos) return;
        broken("silent for %s while %s was awaited".formatted(seconds(Duration.ofNanos(allowedNanos)), pending));
    }

    /** A whole number of seconds where it is one. */
    private static String seconds(Duration time) {
        return time.toMillis() % 1000 == 0 ? time.toSeconds() + " s" : time.toMillis() + " ms";
    }

    private void guarded(Runnable step) {
        try {
            step.run();
        } catch (MalformedMessage malformed) {
            broken(malformed.what());
        }
    }

    /** A connection that never stood failed for a reason of the system's; one that did, wherever we were with it. */
    private String broke(Throwable failure) {
        if (started) return "the connection broke while %s was awaited".formatted(pending);
        return "no connection: " + reason(failure);
    }

    static String reason(@Nullable Throwable failure) {
        if (failure instanceof java.util.concurrent.CompletionException && failure.getCause() != null) {
            return reason(failure.getCause());
        }
        var message = failure == null ? null : failure.getMessage();
        return message == null || message.isBlank() ? "failed" : message;
    }

    private void trace(String direction, PeerMessage message, ByteString bytes) {
        if (!LOG.isTraceEnabled()) return;
        var kind = switch (message) {
            case PeerMessage.PublicValue value -> "PUBLIC_VALUE";
            case PeerMessage.Text text -> "TEXT";
            case PeerMessage.FileOffer offer -> "FILE";
            case PeerMessage.Chunk chunk -> "CHUNK";
            case PeerMessage.Iv iv -> "IV";
            case PeerMessage.Word word -> word.name();
        };
        LOG.trace("{} {} {} {}B", number, direction, kind, bytes.size());
    }
}
