package parley.registry.gate;

import java.time.Duration;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.stream.FlowShape;
import org.apache.pekko.stream.Inlet;
import org.apache.pekko.stream.Outlet;
import org.apache.pekko.stream.stage.AsyncCallback;
import org.apache.pekko.stream.stage.InHandler;
import org.apache.pekko.stream.stage.OutHandler;
import org.apache.pekko.stream.stage.TimerGraphStageLogic;
import org.apache.pekko.util.ByteString;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import parley.messages.classic.Reply;
import parley.messages.classic.ReplyCodec;
import parley.messages.classic.Request;
import parley.messages.classic.RequestCodec;
import parley.messages.classic.RequestFramer;
import parley.registry.user.ConnectionNotice;
import parley.registry.user.UserRegistry.SignInAnswer;
import parley.registry.user.UserRegistry.SignedIn;
import parley.registry.user.UserRegistry.WhereIsAnswer;
import scala.runtime.BoxedUnit;

/**
 * One classic connection: its bytes, its limits, and who it is. One request is answered before the next is looked at,
 * in the order in which they came.
 *
 * <pre>
 *   listening --request--&gt; waiting --reply--&gt; listening
 *       |  |                  |
 *       |  +--exit, silence,  +--a sign-in is not decided,
 *       |     peer closed     |  draining takes too long--+
 *       |     --&gt; closed                                  v
 *       +--too long, drained---------------------------&gt; parting --peer closed, lingered--&gt; closed
 * </pre>
 *
 * <b>Back-pressure.</b> It reads on only when all that it holds is answered but for a piece of one request, so that a
 * connection holds one read of the socket (128 KiB) and one request (4 KiB) at most. What a client pipelines beyond
 * that waits in its own send buffer.
 *
 * <p><b>Who it is.</b> The stage's own reference is the connection that the user's actor watches; when the stage ends,
 * however it ends, the user goes offline.
 */
final class Connection extends TimerGraphStageLogic implements InHandler, OutHandler {
    /**
     * How long a connection that we end may go on sending into nothing. Closing with unread bytes would reset the
     * connection, and a reset may overtake our last reply.
     */
    private static final Duration LINGER = Duration.ofMillis(500);

    /** How long what was accepted may take to be answered when the registry stops: all of it must be gone in 5 s. */
    private static final Duration DRAIN_MAX = Duration.ofMillis(2_500);

    private static final Reply TOO_LONG =
            new Reply.Refused("Request too long, expected at most %d bytes".formatted(RequestFramer.REQUEST_BYTES_MAX));

    private static final Logger log = LoggerFactory.getLogger(Connection.class);

    private enum Timer {
        /** Nothing was asked since the connection was opened. */
        SILENCE,
        /** Nothing more has come: what is held is a request. */
        QUIET,
        LOOK_UP,
        SIGN_IN,
        NONSENSE,
        DRAIN,
        LINGER
    }

    private final Inlet<ByteString> in;
    private final Outlet<ByteString> out;
    private final Desk desk;
    private final GateLimits limits;
    private final Door.Visit visit;
    private final Identity identity;
    private final LookUps lookUps;
    private final Nonsense nonsense;
    private final RequestFramer framer = new RequestFramer();
    private final AsyncCallback<Reply> answered = createAsyncCallback(this::answered);

    private Waiting waiting = Waiting.NOTHING;
    private boolean asked;
    private boolean peerClosed;
    private boolean draining;
    private boolean parting;

    Connection(FlowShape<ByteString, ByteString> shape, Desk desk, GateLimits limits, Door.Visit visit) {
        super(shape);
        this.in = shape.in();
        this.out = shape.out();
        this.desk = desk;
        this.limits = limits;
        this.visit = visit;
        this.identity = new Identity(desk, visit);
        this.lookUps = new LookUps(desk, limits.answer(), after -> scheduleOnce(Timer.LOOK_UP, after));
        this.nonsense = new Nonsense(limits.nonsenseAllowed(), limits.nonsenseDelayMax());
        setHandler(in, this);
        setHandler(out, this);
    }

    @Override
    public void preStart() {
        getStageActor(told -> {
            told(told._2());
            return BoxedUnit.UNIT;
        });
        var drain = createAsyncCallback((Timer now) -> drain());
        visit.leaveBy(() -> drain.invoke(Timer.DRAIN));
        scheduleOnce(Timer.SILENCE, limits.firstRequest());
        pull(in);
    }

    @Override
    public void postStop() {
        visit.over();
    }

    @Override
    public void onPush() {
        var bytes = grab(in);
        if (parting) {
            pull(in);
            return;
        }
        framer.add(bytes);
        proceed();
    }

    @Override
    public void onPull() {
        proceed();
    }

    @Override
    public void onUpstreamFinish() {
        peerClosed = true;
        if (parting) completeStage();
        else proceed();
    }

    /** The connection broke; whom would a failure tell? */
    @Override
    public void onUpstreamFailure(Throwable broken) {
        completeStage();
    }

    /** Takes the next request if there is one and nothing stands before it. */
    private void proceed() {
        if (!idle() || parting || !isAvailable(out)) return;
        var request = framer.next();
        if (request == null && framer.tooLong()) {
            partWith(TOO_LONG);
            return;
        }
        if (request == null && (peerClosed || draining)) request = framer.last();
        if (request != null) receive(request);
        else if (peerClosed) completeStage();
        else if (draining) part();
        else listen();
    }

    private void listen() {
        if (framer.awaitsQuiet()) scheduleOnce(Timer.QUIET, limits.quietPeriod());
        if (!hasBeenPulled(in)) pull(in);
    }

    private void receive(ByteString bytes) {
        cancelTimer(Timer.QUIET);
        if (!asked) cancelTimer(Timer.SILENCE);
        asked = true;
        var request = RequestCodec.decode(bytes);
        if (log.isTraceEnabled()) log.trace("gate << {} {} {}B", visit.source(), name(request), bytes.size());
        if (!(request instanceof Request.Unreadable)) nonsense.forgive();
        switch (request) {
            case Request.Exit bye -> completeStage();
            case Request.Unreadable(var why) -> refuse(new Reply.Refused(why));
            case Request.SignIn signIn -> signIn(signIn);
            case Request.SignUp signUp -> ask(signUp);
            case Request.ListGroups list -> ask(list);
            case Request.Create create -> ask(create);
            case Request.Join join -> ask(join);
            case Request.KeyOf key -> ask(key);
            case Request.WhereIs where -> {
                if (lookUps.oneWasLate()) ask(where);
                else waiting = lookUps.begin(where.user(), self());
            }
            case Request.WhereAre where -> ask(where);
            case Request.Members members -> ask(members);
        }
    }

    private void ask(Request request) {
        waiting = Waiting.ANSWER;
        desk.answer(request, identity.user()).whenComplete((reply, failure) -> {
            if (failure != null) log.debug("{} was not answered: {}", name(request), failure.toString());
            answered.invoke(failure == null ? reply : Answers.BUSY);
        });
    }

    private void answered(Reply reply) {
        if (waiting instanceof Waiting.Answer) reply(reply);
    }

    private void signIn(Request.SignIn request) {
        waiting = new Waiting.SignIn(request.user());
        scheduleOnce(Timer.SIGN_IN, limits.answer());
        desk.signIn(request, visit.source(), self(), self());
    }

    private void becomeOrStay(SignInAnswer answer) {
        if (!(waiting instanceof Waiting.SignIn(var next))) return;
        cancelTimer(Timer.SIGN_IN);
        if (answer instanceof SignedIn) identity.become(next, self());
        reply(Answers.toSignIn(answer));
    }

    private void refuse(Reply refusal) {
        var delay = nonsense.next();
        if (delay.isZero()) {
            reply(refusal);
            return;
        }
        waiting = new Waiting.Pause(refusal);
        scheduleOnce(Timer.NONSENSE, delay);
    }

    /** Whatever was waited for, {@code out} was available when it began and has been left alone since. */
    private void reply(Reply reply) {
        waiting = Waiting.NOTHING;
        var bytes = ReplyCodec.encode(reply);
        if (log.isTraceEnabled()) log.trace("gate >> {} {}B", visit.source(), bytes.size());
        push(out, bytes);
    }

    private void told(Object message) {
        switch (message) {
            case WhereIsAnswer answer -> {
                if (waiting instanceof Waiting.LookUp(var user, var until)) reply(Answers.toWhereIs(user, answer));
            }
            case SignInAnswer answer -> becomeOrStay(answer);
            case ConnectionNotice.Superseded(var who) -> identity.lose(who);
            case ConnectionNotice.Forgotten(var who) -> {
                if (identity.lose(who)) drain();
            }
            default -> throw new IllegalArgumentException("a gate was told " + message.getClass());
        }
    }

    /** Answers what was received, then closes. */
    private void drain() {
        if (draining) return;
        draining = true;
        scheduleOnce(Timer.DRAIN, DRAIN_MAX);
        proceed();
    }

    /** What is waited for may yet come. A sign-in must not, or its user would be online where nobody is told so. */
    private void giveUp() {
        if (waiting instanceof Waiting.SignIn(var as)) desk.signOut(as, self());
        partWith(Answers.BUSY);
    }

    private void partWith(Reply last) {
        reply(last);
        part();
    }

    private void part() {
        parting = true;
        cancelTimer(Timer.SILENCE);
        cancelTimer(Timer.QUIET);
        complete(out);
        scheduleOnce(Timer.LINGER, LINGER);
        if (!isClosed(in) && !hasBeenPulled(in)) pull(in);
    }

    @Override
    public void onTimer(Object timer) {
        switch ((Timer) timer) {
            case SILENCE, LINGER -> completeStage();
            case QUIET -> {
                if (idle() && isAvailable(out) && framer.awaitsQuiet()) receive(framer.quiet());
            }
            case LOOK_UP -> {
                if (lookUps.isLate(waiting)) reply(Answers.BUSY);
            }
            case SIGN_IN -> {
                if (waiting instanceof Waiting.SignIn) giveUp();
            }
            case NONSENSE -> {
                if (waiting instanceof Waiting.Pause(var then)) reply(then);
            }
            case DRAIN -> {
                if (!idle()) giveUp();
                else if (!parting) completeStage();
            }
        }
    }

    private boolean idle() {
        return waiting instanceof Waiting.Nothing;
    }

    private <T> ActorRef<T> self() {
        return Adapter.toTyped(stageActor().ref());
    }

    private static String name(Request request) {
        return request.getClass().getSimpleName();
    }
}
