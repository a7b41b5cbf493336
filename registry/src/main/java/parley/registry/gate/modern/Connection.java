package parley.registry.gate.modern;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.stream.FlowShape;
import org.apache.pekko.stream.Inlet;
import org.apache.pekko.stream.Outlet;
import org.apache.pekko.stream.stage.AsyncCallback;
import org.apache.pekko.stream.stage.InHandler;
import org.apache.pekko.stream.stage.OutHandler;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import parley.channel.Channel;
import parley.messages.directory.Asked;
import parley.messages.directory.Code;
import parley.messages.directory.Limits;
import parley.messages.directory.LineFramer;
import parley.messages.directory.Push;
import parley.messages.directory.Reply;
import parley.messages.directory.ReplyCodec;
import parley.messages.directory.Request;
import parley.messages.directory.RequestCodec;
import parley.messages.directory.Tag;
import parley.messages.identity.IdentityKey;
import parley.messages.name.PeerAddress;
import parley.messages.name.UserName;
import parley.registry.gate.Door;
import parley.registry.gate.relay.RelayGate;
import parley.registry.mailbox.Mailbox;
import parley.registry.user.ConnectionNotice;
import parley.registry.user.ModernUser;
import scala.runtime.BoxedUnit;

/**
 * One modern connection: its lines, its limits, and who it is.
 *
 * <pre>
 *   shaking hands --key known, for the relay--&gt; handed over
 *   shaking hands --key known--&gt; a stranger --signin, answered--&gt; a user
 *        |                          |   ^                          |
 *        |--5 s                     |   `--signin, refused         |
 *        v                          |--5 s without a request       |
 *      closed                       v                              v
 *                                leaving &lt;--exit, too long a line, superseded, forgotten, the registry stops--+
 *                                   |
 *                                   `--all that was asked is answered and read, or it takes too long--&gt; parting
 *   parting --the other side has closed, too, or lingered--&gt; closed
 * </pre>
 *
 * Requests are looked at in their order and answered in any; while a sign-in is undecided none is looked at, so that what
 * was sent behind it is asked by whoever signed in.
 *
 * <p><b>Back-pressure.</b> A request is looked at only while fewer than {@value Limits#UNANSWERED_MAX} are unanswered, and
 * while what waits to be read, with what the unanswered ones may bring, is below {@value #BUFFERED_BYTES_MAX} bytes.
 * Nothing is read before all that is there was looked at. The next envelope is asked for when the one before was read.
 *
 * <p><b>Who it is.</b> The stage's own reference is the connection that the user's actor watches; when the stage ends,
 * however it ends, the user goes offline.
 */
final class Connection extends HandingOver implements InHandler, OutHandler {
    private static final int BUFFERED_BYTES_MAX = 256 * 1024;

    /** What an answer may have, if it has no statements in it: a pair of prekeys is the longest. */
    private static final int ANSWER_BYTES_MAX = 2 * 1024;

    /** How long a connection that we end may go on sending into nothing; a channel lingers for half of it. */
    private static final Duration LINGER = Duration.ofSeconds(1);

    /** How long what was asked may take to be answered and read when the connection is to end. */
    private static final Duration LEAVING_MAX = Duration.ofMillis(2_500);

    /** Until a mailbox that forgot us is asked again. */
    private static final Duration COLLECT_AGAIN_AFTER = Duration.ofSeconds(1);

    private static final Logger log = LoggerFactory.getLogger(Connection.class);

    private enum Timer {
        HANDSHAKE,
        FIRST_REQUEST,
        SIGN_IN,
        COLLECT,
        LEAVING,
        LINGER
    }

    private record SigningIn(Tag tag, UserName as) {}

    private record Answered(Tag tag, int reserved, Reply reply) {}

    private final Inlet<ByteString> in;
    private final Outlet<ByteString> out;
    private final ModernDesk desk;
    private final ModernLimits limits;
    private final Push.Hello hello;
    private final Door.Visit visit;
    private final RelayGate relay;
    private final CompletionStage<Channel.Met> handshake;
    private final LineFramer framer = new LineFramer();
    private final Outbox outbox = new Outbox();
    private final Collecting collecting = new Collecting();
    private final AsyncCallback<Answered> answered = createAsyncCallback(this::answered);

    private ByteString early = ByteString.emptyByteString();
    private @Nullable IdentityKey shown;
    private @Nullable UserName user;
    private @Nullable SigningIn signingIn;
    private @Nullable Tag exit;
    private boolean asked;
    private int unanswered;
    private long reserved;
    private boolean leaving;
    private boolean parting;

    Connection(
            FlowShape<ByteString, ByteString> shape,
            ModernDesk desk,
            ModernLimits limits,
            Push.Hello hello,
            Door.Visit visit,
            RelayGate relay,
            CompletionStage<Channel.Met> handshake) {
        super(shape);
        this.in = shape.in();
        this.out = shape.out();
        this.desk = desk;
        this.limits = limits;
        this.hello = hello;
        this.visit = visit;
        this.relay = relay;
        this.handshake = handshake;
        setHandler(in, this);
        setHandler(out, this);
    }

    @Override
    public void preStart() {
        getStageActor(told -> {
            told(told._2());
            return BoxedUnit.UNIT;
        });
        var leave = createAsyncCallback((Timer now) -> leave());
        visit.leaveBy(() -> leave.invoke(Timer.LEAVING));
        scheduleOnce(Timer.HANDSHAKE, limits.handshake());
        AsyncCallback<Channel.Met> known = createAsyncCallback(this::met);
        handshake.thenAccept(known::invoke);
        // A channel shakes hands whether or not anybody listens; what comes of it, or its failure, comes this way.
        pull(in);
    }

    @Override
    public void postStop() {
        visit.over();
    }

    private void met(Channel.Met met) {
        cancelTimer(Timer.HANDSHAKE);
        if (met.purpose().equals(Channel.RELAY)) handOver(relay.served(met.key(), visit), early);
        else greet(met.key());
    }

    private void greet(IdentityKey key) {
        shown = key;
        framer.add(early);
        early = ByteString.emptyByteString();
        scheduleOnce(Timer.FIRST_REQUEST, limits.firstRequest());
        outbox.add(hello);
        proceed();
    }

    @Override
    public void onPush() {
        var bytes = grab(in);
        if (parting) {
            pull(in);
            return;
        }
        if (shown == null) {
            // Faster than the news of the handshake; nothing more is read before that.
            early = bytes;
            return;
        }
        framer.add(bytes);
        proceed();
    }

    @Override
    public void onPull() {
        proceed();
    }

    /** There is no half-close: whoever has said its last word hears no answer. */
    @Override
    public void onUpstreamFinish() {
        completeStage();
    }

    /** The handshake failed or the connection broke; whom would a failure tell? */
    @Override
    public void onUpstreamFailure(Throwable broken) {
        log.debug("{} ended: {}", visit.source(), broken.getMessage());
        completeStage();
    }

    /** Looks at what may be looked at, hands out what may be read, and asks for what is missing. */
    private void proceed() {
        while (mayLook()) {
            var line = framer.next();
            if (line == null) break;
            receive(line);
        }
        if (framer.tooLong() && !leaving) {
            var why = "expected lines of at most %d bytes".formatted(Limits.LINE_BYTES_MAX);
            reply(Tag.NONE, new Reply.Refused(Code.SYNTAX, why));
            leave();
            return;
        }
        handOut();
        if (leaving) partIfDone();
        else if (mayLook() && !hasBeenPulled(in)) pull(in);
    }

    private boolean mayLook() {
        return shown != null
                && !leaving
                && signingIn == null
                && unanswered < Limits.UNANSWERED_MAX
                && outbox.bytes() + reserved < BUFFERED_BYTES_MAX;
    }

    private void handOut() {
        if (parting || !isAvailable(out)) return;
        if (!outbox.isEmpty()) {
            push(out, outbox.next());
        } else if (collecting.wants() && user != null && !leaving) {
            collecting.asked();
            desk.collect(user, collecting.after(), self());
        }
    }

    private void receive(ByteString line) {
        var received = RequestCodec.decode(line);
        var request = received.request();
        if (log.isTraceEnabled()) log.trace("gate << {} {} {}B", visit.source(), name(request), line.size());
        if (!asked && !(request instanceof Request.Unreadable)) {
            asked = true;
            cancelTimer(Timer.FIRST_REQUEST);
        }
        switch (request) {
            case Request.Unreadable(var code, var why) -> reply(received.tag(), new Reply.Refused(code, why));
            case Request.Exit bye -> {
                exit = received.tag();
                leave();
            }
            case Request.SignIn(var name, var at) -> signIn(received.tag(), name, at);
            case Request.Collect(var after) -> {
                if (user == null) {
                    reply(received.tag(), ModernAnswers.NOT_SIGNED_IN);
                } else {
                    collecting.collect(after);
                    reply(received.tag(), ModernAnswers.DONE);
                }
            }
            case Request.ChainOf chain -> ask(received, Limits.LINE_BYTES_MAX);
            case Request.SignUp s -> ask(received, ANSWER_BYTES_MAX);
            case Request.Publish p -> ask(received, ANSWER_BYTES_MAX);
            case Request.Pairs p -> ask(received, ANSWER_BYTES_MAX);
            case Request.PrekeysOf p -> ask(received, ANSWER_BYTES_MAX);
            case Request.Revoke r -> ask(received, ANSWER_BYTES_MAX);
            case Request.Allow a -> ask(received, ANSWER_BYTES_MAX);
            case Request.Watch w -> ask(received, ANSWER_BYTES_MAX);
            case Request.WhereIs w -> ask(received, ANSWER_BYTES_MAX);
            case Request.Deposit d -> ask(received, ANSWER_BYTES_MAX);
            case Request.CreateGroup c -> ask(received, ANSWER_BYTES_MAX);
            case Request.AppendToLog a -> ask(received, ANSWER_BYTES_MAX);
            case Request.LogOf l -> ask(received, Limits.LINE_BYTES_MAX);
            case Request.ListGroups l -> ask(received, Limits.LINE_BYTES_MAX);
            case Request.Ack a -> ask(received, ANSWER_BYTES_MAX);
        }
    }

    /** @param mayBring bytes of the longest answer to it */
    private void ask(Asked question, int mayBring) {
        if (shown == null) throw new IllegalStateException("asked before the handshake");
        unanswered++;
        reserved += mayBring;
        var asker = new ModernDesk.Asker(user, shown, visit.from(), self());
        desk.answer(question.request(), asker).whenComplete((reply, failure) -> {
            if (failure != null) log.debug("{} was not answered: {}", name(question.request()), failure.toString());
            answered.invoke(new Answered(question.tag(), mayBring, failure == null ? reply : ModernAnswers.BUSY));
        });
    }

    private void answered(Answered answer) {
        unanswered--;
        reserved -= answer.reserved();
        reply(answer.tag(), answer.reply());
        proceed();
    }

    private void signIn(Tag tag, UserName as, Optional<PeerAddress> reachableAt) {
        if (shown == null) throw new IllegalStateException("asked before the handshake");
        if (user != null) {
            reply(tag, ModernAnswers.SIGNED_IN_ALREADY);
            return;
        }
        signingIn = new SigningIn(tag, as);
        scheduleOnce(Timer.SIGN_IN, limits.answer());
        var seen = reachableAt.map(at -> at.isUnspecified() ? at.at(visit.from()) : at);
        desk.signIn(as, shown, seen, self(), self());
    }

    private void decided(ModernUser.SignInAnswer answer) {
        if (signingIn == null) return;
        var attempt = signingIn;
        signingIn = null;
        cancelTimer(Timer.SIGN_IN);
        if (answer instanceof ModernUser.SignedIn) {
            user = attempt.as();
            visit.known();
        }
        reply(attempt.tag(), ModernAnswers.toSignIn(attempt.as(), answer));
    }

    private void told(Object message) {
        switch (message) {
            case ModernUser.SignInAnswer answer -> decided(answer);
            case ConnectionNotice notice -> noticed(notice);
            case Mailbox.Envelope envelope -> {
                if (user != null && collecting.takes(envelope))
                    outbox.add(new Push.Envelope(
                            envelope.serial(), envelope.from(), envelope.timeMillis(), envelope.bytes()));
            }
            case Mailbox.Interrupted interrupted -> {
                if (collecting.interrupted()) scheduleOnce(Timer.COLLECT, COLLECT_AGAIN_AFTER);
            }
            default -> throw new IllegalArgumentException("a gate was told " + message.getClass());
        }
        proceed();
    }

    private void noticed(ConnectionNotice notice) {
        switch (notice) {
            case ConnectionNotice.Superseded(var who) -> {
                if (!lose(who)) return;
                outbox.add(new Push.Superseded());
                leave();
            }
            case ConnectionNotice.Forgotten(var who) -> {
                if (lose(who)) leave();
            }
            case ConnectionNotice.CameOnline(var who, var at) -> tell(new Push.Online(who, at));
            case ConnectionNotice.WentOffline(var who) -> tell(new Push.Offline(who));
            case ConnectionNotice.ChainGrew(var who, var statements) -> tell(new Push.Chain(who, statements));
            case ConnectionNotice.PairsRunLow(var left) -> tell(new Push.Prekeys(left));
        }
    }

    private void tell(Push push) {
        if (user != null && !leaving) outbox.add(push);
    }

    /** False if it was not {@code who}. A sign-in that is undecided may be what is meant: its answer will say so. */
    private boolean lose(UserName who) {
        if (!who.equals(user)) return false;
        user = null;
        collecting.ends();
        visit.unknown();
        return true;
    }

    private void reply(Tag tag, Reply reply) {
        var line = ReplyCodec.encode(tag, reply);
        if (log.isTraceEnabled()) log.trace("gate >> {} {}B", visit.source(), line.size());
        outbox.add(line);
    }

    /** Looks at nothing more; what was asked is answered, and then it ends. */
    private void leave() {
        if (leaving) return;
        leaving = true;
        collecting.ends();
        cancelTimer(Timer.FIRST_REQUEST);
        if (shown == null) {
            completeStage();
            return;
        }
        scheduleOnce(Timer.LEAVING, LEAVING_MAX);
        proceed();
    }

    private void partIfDone() {
        if (parting || unanswered > 0 || signingIn != null) return;
        if (exit != null) {
            reply(exit, ModernAnswers.DONE);
            exit = null;
            handOut();
        }
        if (outbox.isEmpty()) part();
    }

    private void part() {
        parting = true;
        cancelTimer(Timer.LEAVING);
        complete(out);
        scheduleOnce(Timer.LINGER, LINGER);
        if (!hasBeenPulled(in)) pull(in);
    }

    @Override
    public void onTimer(Object timer) {
        switch ((Timer) timer) {
            case HANDSHAKE, LINGER -> completeStage();
            case FIRST_REQUEST -> leave();
            case SIGN_IN -> giveUpSigningIn();
            case COLLECT -> {
                collecting.again();
                proceed();
            }
            case LEAVING -> {
                giveUpSigningIn();
                completeStage();
            }
        }
    }

    /** Its answer may yet come, and would be taken for that of a later one: this connection signs nobody in any more. */
    private void giveUpSigningIn() {
        if (signingIn == null) return;
        var attempt = signingIn;
        signingIn = null;
        desk.signOut(attempt.as(), self());
        reply(attempt.tag(), ModernAnswers.BUSY);
        leave();
    }

    private <T> ActorRef<T> self() {
        return Adapter.toTyped(stageActor().ref());
    }

    private static String name(Request request) {
        return request.getClass().getSimpleName();
    }
}
