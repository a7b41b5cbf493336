package parley.peer.link.mutual;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.stream.FlowShape;
import org.apache.pekko.stream.stage.AbstractInHandler;
import org.apache.pekko.stream.stage.AbstractOutHandler;
import org.apache.pekko.stream.stage.TimerGraphStageLogic;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;
import parley.messages.identity.IdentityKey;
import parley.messages.name.UserName;
import parley.messages.wire.Frame;
import parley.messages.wire.FrameCodec;
import parley.messages.wire.FrameFramer;
import parley.messages.wire.FrameKind;
import parley.messages.wire.MalformedFrame;

/**
 * One end of a link: cuts what comes into frames, minds time and room, and says goodbye.
 *
 * <pre>
 *   greeting --their HELLO, and their key--> judged --Serve--> serving
 *   greeting, judged --time is over, their end--> ended
 *   serving --BYE of theirs, their end, silence, more of ours than they read--> ended
 *   any --what is no frame, or none for now, End--> parting (our BYE) --their end, or lingered--> ended
 * </pre>
 *
 * It stops reading while it is judged and while too much that came is unanswered: whoever sends faster than we can store
 * fills his own buffers. It never stops reading because they don't: two who wait for each other to read wait for ever. Who
 * does not read what we say is left instead.
 */
final class LinkLogic extends TimerGraphStageLogic {
    /** How long our last word may take to go out. */
    private static final Duration LINGER = Duration.ofSeconds(1);

    /** Answers to pings that they have not read; who is there for anything but trouble has one. */
    private static final int PONGS_WAITING_MAX = 16;

    private enum Timer {
        HANDSHAKE,
        TICK,
        LINGER
    }

    private enum Phase {
        GREETING,
        JUDGED,
        SERVING,
        PARTING
    }

    private final FlowShape<ByteString, ByteString> shape;
    private final LinkTrace trace;
    private final LinksSettings settings;
    private final List<Frame> greeting;
    private final Consumer<LinkStage.Event> events;
    private final ActorRef<? super Links.Change> owner;
    private final LinkPort port = new LinkPort(createAsyncCallback(this::told));
    private final FrameFramer framer = new FrameFramer();
    private final Unanswered unanswered;
    private final Outbound outbound;
    private final Stillness stillness;

    private Phase phase = Phase.GREETING;
    private boolean ended;
    private @Nullable IdentityKey shown;
    /** Since it serves: what comes over it is told apart from what came over others before. */
    private long served;

    private Frame.@Nullable Hello hello;
    private @Nullable UserName contact;
    private long pings;
    private boolean pinged;
    private int pongsWaiting;

    LinkLogic(
            FlowShape<ByteString, ByteString> shape,
            long number,
            LinksSettings settings,
            List<Frame> greeting,
            Consumer<LinkStage.Event> events,
            ActorRef<? super Links.Change> owner) {
        super(shape);
        this.shape = shape;
        this.trace = new LinkTrace(number);
        this.settings = settings;
        this.greeting = greeting;
        this.events = events;
        this.owner = owner;
        this.unanswered = new Unanswered(settings.unansweredBytesMax());
        this.outbound = new Outbound(settings.outboundBytesMax());
        this.stillness = new Stillness(settings, System.nanoTime());
        setHandler(shape.in(), new FromThem());
        setHandler(shape.out(), new ToThem());
    }

    LinkPort port() {
        return port;
    }

    private final class FromThem extends AbstractInHandler {
        @Override
        public void onPush() {
            var bytes = grab(shape.in());
            if (phase != Phase.PARTING) framer.add(bytes);
            stillness.heard(System.nanoTime());
            read();
        }

        @Override
        public void onUpstreamFinish() {
            // What they said before they closed was said.
            read();
            ended("closed without a goodbye");
            completeStage();
        }

        @Override
        public void onUpstreamFailure(Throwable failure) {
            ended(LinkTrace.reason(failure));
            failStage(failure);
        }
    }

    private final class ToThem extends AbstractOutHandler {
        @Override
        public void onPull() {
            flush();
        }

        @Override
        public void onDownstreamFinish(Throwable cause) {
            // The reading side tells why.
        }
    }

    @Override
    public void preStart() {
        setKeepGoing(true);
        scheduleOnce(Timer.HANDSHAKE, settings.handshakeTimeout());
        greeting.forEach(this::write);
        pull(shape.in());
    }

    private void told(LinkPort.Order order) {
        if (phase == Phase.PARTING) return;
        switch (order) {
            case LinkPort.Shown(var key) -> {
                shown = key;
                greeted();
            }
            case LinkPort.Serve(var who, var answer) -> serve(who, answer);
            case LinkPort.Send(var frame) -> write(frame);
            case LinkPort.Answered(var ids) -> {
                unanswered.answered(ids);
                read();
            }
            case LinkPort.End(var why) -> part(why, "we said " + why);
        }
    }

    private void serve(UserName who, List<Frame> answer) {
        phase = Phase.SERVING;
        served = LinkStage.serves();
        contact = who;
        cancelTimer(Timer.HANDSHAKE);
        stillness.used(System.nanoTime());
        var tick = Stillness.tick(settings);
        scheduleWithFixedDelay(Timer.TICK, tick, tick);
        answer.forEach(this::write);
        read();
    }

    /** As many frames as may be read now; then asks for more bytes, if more may. */
    private void read() {
        try {
            while (phase != Phase.PARTING && !ended && listens()) {
                var frame = framer.next();
                if (frame == null) break;
                trace.heard(frame);
                if (phase == Phase.GREETING) opening(frame);
                else heard(frame);
            }
        } catch (MalformedFrame malformed) {
            part(Frame.Farewell.MALFORMED, "sent what is no frame: " + malformed.getMessage());
        }
        if (listens() && !isClosed(shape.in()) && !hasBeenPulled(shape.in())) pull(shape.in());
    }

    private boolean listens() {
        return switch (phase) {
            case GREETING, PARTING -> true;
            case JUDGED -> false;
            case SERVING -> unanswered.hasRoom();
        };
    }

    private void opening(Frame frame) {
        switch (frame) {
            case Frame.Hello first -> {
                hello = first;
                phase = Phase.JUDGED;
                greeted();
            }
            case Frame.Bye(var why) -> over(why);
            case Frame.Enveloped early -> unexpected(frame);
            case Frame.Ack early -> unexpected(frame);
            case Frame.Refused early -> unexpected(frame);
            case Frame.Ping early -> unexpected(frame);
            case Frame.Pong early -> unexpected(frame);
        }
    }

    private void greeted() {
        if (hello != null && shown != null) events.accept(new LinkStage.Greeted(hello, shown));
    }

    private void heard(Frame frame) {
        var from = contact;
        if (from == null) throw new IllegalStateException("a link that serves nobody");
        if (isUse(frame)) stillness.used(System.nanoTime());
        switch (frame) {
            case Frame.Hello second -> unexpected(frame);
            case Frame.Enveloped(var envelope) -> {
                unanswered.came(envelope);
                owner.tell(new Links.Came(from, served, envelope));
            }
            case Frame.Ack(var ids) -> owner.tell(new Links.Acked(from, ids));
            case Frame.Refused(var id, var reason) -> owner.tell(new Links.Refused(from, id, reason));
            case Frame.Ping(var ping) -> {
                if (++pongsWaiting > PONGS_WAITING_MAX) abort("pings and does not read what we answer");
                else write(new Frame.Pong(ping));
            }
            case Frame.Pong(var ping) -> {
                if (!pinged || ping != pings) unexpected(frame);
                pinged = false;
            }
            case Frame.Bye(var why) -> over(why);
        }
    }

    private void unexpected(Frame frame) {
        part(
                Frame.Farewell.MALFORMED,
                "sent %s while it was %s"
                        .formatted(FrameKind.of(frame), phase == Phase.GREETING ? "greeting" : "linked"));
    }

    /** They said goodbye. */
    private void over(Frame.Farewell why) {
        ended("said " + why);
        close();
    }

    /** We say goodbye. */
    private void part(Frame.Farewell why, String reason) {
        if (phase == Phase.PARTING) return;
        write(new Frame.Bye(why));
        ended(reason);
        close();
    }

    private void close() {
        phase = Phase.PARTING;
        cancelTimer(Timer.HANDSHAKE);
        cancelTimer(Timer.TICK);
        scheduleOnce(Timer.LINGER, LINGER);
        flush();
        if (!isClosed(shape.in()) && !hasBeenPulled(shape.in())) pull(shape.in());
    }

    private void write(Frame frame) {
        var bytes = FrameCodec.encode(frame);
        trace.said(frame);
        if (isUse(frame)) stillness.used(System.nanoTime());
        outbound.add(bytes);
        if (phase == Phase.SERVING && outbound.isOverfull()) {
            abort("does not read what we send");
            return;
        }
        flush();
    }

    private void flush() {
        if (isClosed(shape.out())) return;
        if (isAvailable(shape.out()) && !outbound.isEmpty()) {
            push(shape.out(), outbound.take());
            if (outbound.isEmpty()) pongsWaiting = 0;
        }
        if (phase == Phase.PARTING && outbound.isEmpty()) complete(shape.out());
    }

    private static boolean isUse(Frame frame) {
        return !(frame instanceof Frame.Ping || frame instanceof Frame.Pong);
    }

    @Override
    public void onTimer(Object timer) {
        switch ((Timer) timer) {
            case HANDSHAKE -> abort("did not greet in time");
            case TICK -> look();
            case LINGER -> completeStage();
        }
    }

    private void look() {
        switch (stillness.look(System.nanoTime(), listens())) {
            case FINE -> {}
            case PING -> {
                pinged = true;
                write(new Frame.Ping(++pings));
            }
            case SILENT ->
                abort("silent for %d s".formatted(settings.silenceTimeout().toSeconds()));
            case IDLE -> part(Frame.Farewell.IDLE, "idle");
        }
    }

    /** There is nobody to say goodbye to: the other side sees a reset. */
    private void abort(String why) {
        ended(why);
        failStage(new LinkAborted(why));
    }

    private void ended(String why) {
        if (ended) return;
        ended = true;
        trace.ended(why);
        events.accept(new LinkStage.Ended(why));
    }

    @Override
    public void postStop() {
        ended("stopped");
    }

    /** Not an error of ours, so it has no stack trace. */
    private static final class LinkAborted extends RuntimeException {
        private static final long serialVersionUID = 1L;

        LinkAborted(String why) {
            super(why, null, false, false);
        }
    }
}
