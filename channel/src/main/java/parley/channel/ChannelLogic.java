package parley.channel;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import org.apache.pekko.stream.BidiShape;
import org.apache.pekko.stream.Inlet;
import org.apache.pekko.stream.Outlet;
import org.apache.pekko.stream.SubscriptionWithCancelException;
import org.apache.pekko.stream.stage.AbstractInHandler;
import org.apache.pekko.stream.stage.AbstractOutHandler;
import org.apache.pekko.stream.stage.AsyncCallback;
import org.apache.pekko.stream.stage.TimerGraphStageLogic;
import org.apache.pekko.util.ByteString;
import org.bouncycastle.tls.TlsException;
import org.jspecify.annotations.Nullable;
import parley.messages.identity.IdentityKey;

/**
 * One channel.
 *
 * <pre>
 *   shaking hands --finished, right purpose--> open --our plain side ends, their last word--> parting
 *         |                                     |                                              |
 *         |--refused, garbage, their end        |--forged, cut off (broken)                    |--all said, their end,
 *         v  (refused)                          v                                              v  or lingered
 *      parting, failed                       parting, failed                                closed
 * </pre>
 *
 * Each handler does what can be done and then asks for what is missing: {@link #advance}. An idle channel holds the
 * engine and no buffer; while bytes move it holds one element of each direction, of which a part may wait.
 */
final class ChannelLogic<T> extends TimerGraphStageLogic {
    /**
     * How long a connection that we end may go on sending into nothing. Closing with unread bytes would reset it, and a
     * reset may overtake our last word, or the alert that says why.
     */
    private static final Duration LINGER = Duration.ofMillis(500);

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private enum Phase {
        SHAKING_HANDS,
        OPEN,
        PARTING
    }

    private final Inlet<ByteString> plainIn;
    private final Outlet<ByteString> netOut;
    private final Inlet<ByteString> netIn;
    private final Outlet<ByteString> plainOut;
    private final Tls tls;
    private final SSLEngine engine;
    private final BiFunction<IdentityKey, String, T> meeting;
    private final CompletableFuture<T> met;

    /**
     * Fails us in a turn of its own. Not at once: where the stage beside us has pulled and pushed in one go, Pekko runs
     * our {@code onPush} before our {@code onPull}, and a failure in the former is lost to the latter.
     */
    private final AsyncCallback<RuntimeException> failing = createAsyncCallback(this::tell);

    private Phase phase = Phase.SHAKING_HANDS;
    private boolean failed;
    /** Records that are not opened yet; the last may be only begun. */
    private ByteBuffer toOpen = NOTHING;
    /** Whether there is nothing in {@link #toOpen}, or only the beginning of a record. */
    private boolean starved = true;

    private ByteBuffer toSeal = NOTHING;

    ChannelLogic(
            BidiShape<ByteString, ByteString, ByteString, ByteString> shape,
            Tls tls,
            BiFunction<IdentityKey, String, T> meeting,
            CompletableFuture<T> met) {
        super(shape);
        this.plainIn = shape.in1();
        this.netOut = shape.out1();
        this.netIn = shape.in2();
        this.plainOut = shape.out2();
        this.tls = tls;
        this.engine = tls.engine();
        this.meeting = meeting;
        this.met = met;
        setHandler(plainIn, new FromAbove());
        setHandler(plainOut, new ToAbove());
        setHandler(netIn, new FromNet());
        setHandler(netOut, new ToNet());
    }

    @Override
    public void preStart() {
        // Until the last word is out, which the ports above do not tell.
        setKeepGoing(true);
        try {
            engine.beginHandshake();
        } catch (SSLException never) {
            throw new IllegalStateException("a handshake of our own setting", never);
        }
        advance();
    }

    @Override
    public void postStop() {
        met.completeExceptionally(new ChannelRefused("given up before the handshake was done"));
    }

    private final class FromAbove extends AbstractInHandler {
        @Override
        public void onPush() {
            toSeal = grab(plainIn).asByteBuffer();
            advance();
        }

        @Override
        public void onUpstreamFinish() {
            advance();
        }

        /** Whoever is above gives up: no last word, and the other side shall see that there was none. */
        @Override
        public void onUpstreamFailure(Throwable cause) {
            failStage(cause);
        }
    }

    private final class ToAbove extends AbstractOutHandler {
        @Override
        public void onPull() {
            advance();
        }

        @Override
        public void onDownstreamFinish(Throwable cause) {
            if (cause instanceof SubscriptionWithCancelException.NonFailureCancellation) advance();
            else failStage(cause);
        }
    }

    private final class FromNet extends AbstractInHandler {
        @Override
        public void onPush() {
            var bytes = grab(netIn);
            if (phase != Phase.PARTING) {
                toOpen = append(toOpen, bytes);
                starved = false;
            }
            advance();
        }

        @Override
        public void onUpstreamFinish() {
            advance();
        }

        @Override
        public void onUpstreamFailure(Throwable cause) {
            broke(cause);
        }
    }

    private final class ToNet extends AbstractOutHandler {
        @Override
        public void onPull() {
            advance();
        }

        @Override
        public void onDownstreamFinish(Throwable cause) {
            if (!(cause instanceof SubscriptionWithCancelException.NonFailureCancellation)) broke(cause);
            else if (phase != Phase.PARTING) part(ended());
            advance();
        }
    }

    /** Below us, in both directions; whichever is told first. */
    private void broke(Throwable cause) {
        if (phase == Phase.OPEN) part(new ChannelBroken("the connection broke", cause));
        else if (phase == Phase.SHAKING_HANDS)
            part(new ChannelRefused("the connection broke before the handshake was done", cause));
        // A failure of ours that is still to be told would be lost; it ends us when it was.
        else if (!failed) completeStage();
    }

    /** Does what can be done, and asks for what is missing. */
    private void advance() {
        boolean moved = true;
        while (moved) {
            partIfDone();
            moved = seal() || open();
        }
        if (phase == Phase.PARTING) leave();
        else ask();
    }

    private void ask() {
        if (isClosed(netIn)) {
            // Nothing more comes, and what is there is no whole record.
            boolean heard = phase == Phase.SHAKING_HANDS || isAvailable(plainOut);
            if (starved && heard) part(ended());
        } else if (starved && !hasBeenPulled(netIn) && (phase == Phase.SHAKING_HANDS || isAvailable(plainOut))) {
            pull(netIn);
        }
        if (phase == Phase.OPEN && !toSeal.hasRemaining() && !isClosed(plainIn) && !hasBeenPulled(plainIn)) {
            pull(plainIn);
        }
    }

    /** Whether anything was pushed to the net. */
    private boolean seal() {
        if (isClosed(netOut) || !isAvailable(netOut)) return false;
        var sealedBytes = Scratch.sealedBytes();
        try {
            while (sealedBytes.remaining() >= Scratch.SEALED_BYTES_MAX && hasToSay()) {
                var result = engine.wrap(phase == Phase.OPEN ? toSeal : NOTHING, sealedBytes);
                note(result);
                if (result.bytesProduced() == 0 && result.bytesConsumed() == 0) break;
            }
        } catch (SSLException broken) {
            part(because(broken));
        }
        if (!toSeal.hasRemaining()) toSeal = NOTHING;
        if (sealedBytes.position() == 0) return false;
        push(netOut, Scratch.copied(sealedBytes));
        return true;
    }

    private boolean hasToSay() {
        return engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP
                || (phase == Phase.OPEN && toSeal.hasRemaining());
    }

    /** Whether anything was opened. */
    private boolean open() {
        if (starved || phase == Phase.PARTING || (phase == Phase.OPEN && !isAvailable(plainOut))) return false;
        var plain = Scratch.plain();
        boolean moved = false;
        try {
            while (plain.remaining() >= Scratch.RECORD_BYTES_MAX && !starved && listens(plain)) {
                var result = engine.unwrap(toOpen, plain);
                note(result);
                if (result.getStatus() == SSLEngineResult.Status.BUFFER_UNDERFLOW || !toOpen.hasRemaining()) {
                    starved = true;
                    toOpen = rest(toOpen);
                }
                if (result.bytesConsumed() > 0) moved = true;
                else break;
            }
        } catch (SSLException broken) {
            // What was opened before was genuine, but the end of it was not: nobody needs half a line.
            part(because(broken));
        }
        if (plain.position() > 0 && !failed) {
            push(plainOut, Scratch.copied(plain));
        }
        Scratch.wipe(plain);
        if (engine.isInboundDone() && phase == Phase.OPEN) part(null);
        return moved;
    }

    private boolean listens(ByteBuffer plain) {
        return switch (phase) {
            case SHAKING_HANDS -> engine.getHandshakeStatus() == HandshakeStatus.NEED_UNWRAP;
            case OPEN -> !engine.isInboundDone() && (isAvailable(plainOut) || plain.position() > 0);
            case PARTING -> false;
        };
    }

    private void note(SSLEngineResult result) {
        if (phase == Phase.SHAKING_HANDS && result.getHandshakeStatus() == HandshakeStatus.FINISHED) shaken();
    }

    private void shaken() {
        try {
            var agreed = tls.agreed(engine)
                    .orElseThrow(() -> new ChannelRefused(
                            "the other side does not say that it speaks %s, expected it to".formatted(tls.purposes())));
            var shown = tls.shown(engine)
                    .orElseThrow(() -> new ChannelRefused("the other side showed no key, expected one"));
            phase = Phase.OPEN;
            met.complete(meeting.apply(shown, agreed));
        } catch (ChannelRefused refused) {
            part(refused);
        }
    }

    /** Our last word, when there is nobody above to speak or to listen any more. */
    private void partIfDone() {
        boolean silent = isClosed(plainIn) && !toSeal.hasRemaining();
        if (phase == Phase.OPEN && (silent || (isClosed(plainOut) && !toSeal.hasRemaining()))) part(null);
        else if (phase == Phase.SHAKING_HANDS && isClosed(plainOut)) part(null);
    }

    /** @param cause what failed; null for a goodbye */
    private void part(@Nullable RuntimeException cause) {
        if (phase == Phase.PARTING) return;
        phase = Phase.PARTING;
        toOpen = NOTHING;
        toSeal = NOTHING;
        starved = true;
        scheduleOnce("linger", LINGER);
        engine.closeOutbound();
        if (cause == null) {
            if (!isClosed(plainIn)) cancel(plainIn);
            if (!isClosed(plainOut)) complete(plainOut);
        } else {
            failed = true;
            failing.invoke(cause);
        }
    }

    private void tell(RuntimeException cause) {
        met.completeExceptionally(cause);
        if (!isClosed(plainIn)) cancel(plainIn, cause);
        if (!isClosed(plainOut)) fail(plainOut, cause);
        failed = false;
        advance();
    }

    /** Once all is said: closes the connection, and waits a little for the other side to do the same. */
    private void leave() {
        if (failed) return;
        if (!isClosed(netOut) && engine.getHandshakeStatus() != HandshakeStatus.NEED_WRAP) complete(netOut);
        if (isClosed(netIn)) {
            if (isClosed(netOut)) completeStage();
        } else if (!hasBeenPulled(netIn)) {
            pull(netIn);
        }
    }

    @Override
    public void onTimer(Object linger) {
        completeStage();
    }

    private RuntimeException ended() {
        return phase == Phase.OPEN
                ? new ChannelBroken("the connection ended without a last word: the end of what was sent may be missing")
                : new ChannelRefused("the connection ended before the handshake was done");
    }

    private RuntimeException because(SSLException broken) {
        var alert = "none";
        for (Throwable cause = broken; cause != null; cause = cause.getCause()) {
            if (cause instanceof ExpectedKey.Refused)
                return new ChannelRefused(String.valueOf(cause.getMessage()), broken, true);
            // Its text is the name and number of an alert (RFC 8446 §6), ours or theirs.
            if (cause instanceof TlsException) alert = String.valueOf(cause.getMessage());
        }
        return phase == Phase.OPEN
                ? new ChannelBroken("expected records of the other side, found %s".formatted(alert), broken)
                : new ChannelRefused(
                        "no handshake: expected TLS 1.3 for %s, found %s".formatted(tls.purposes(), alert), broken);
    }

    /** Of a record that has begun nothing is kept but its bytes: it may be a few of a large piece. */
    private static ByteBuffer rest(ByteBuffer begun) {
        if (!begun.hasRemaining()) return NOTHING;
        return ByteBuffer.allocate(begun.remaining()).put(begun).flip();
    }

    private static ByteBuffer append(ByteBuffer begun, ByteString bytes) {
        if (!begun.hasRemaining()) return bytes.asByteBuffer();
        return ByteBuffer.allocate(begun.remaining() + bytes.size())
                .put(begun)
                .put(bytes.asByteBuffer())
                .flip();
    }
}
