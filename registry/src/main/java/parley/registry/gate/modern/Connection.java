package parley.registry.gate.modern;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.stream.FlowShape;
import org.apache.pekko.stream.Inlet;
import org.apache.pekko.stream.stage.AsyncCallback;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import parley.channel.Channel;
import parley.messages.directory.Asked;
import parley.messages.directory.Code;
import parley.messages.directory.Limits;
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
 * One modern connection: what is asked over it, by whom, and what it is told.
 *
 * <pre>
 *   shaking hands --key known, for the relay--&gt; handed over
 *   shaking hands --key known--&gt; a stranger --signin, answered--&gt; a user
 *        |                          |   ^                          |
 *        |--5 s                     |   `--signin, refused         |
 *        v                          |--5 s without a request       |
 *      closed                       v                              v
 *                                leaving &lt;--exit, too long a line, superseded, forgotten, the registry stops--+
 * </pre>
 *
 * Requests are looked at in their order and answered in any; while a sign-in is undecided none is looked at, so that what
 * was sent behind it is asked by whoever signed in.
 *
 * <p><b>Back-pressure.</b> A request is looked at only while {@link Unanswered} has room for what it may bring. The next
 * envelope is asked for when the one before was read.
 *
 * <p><b>Who it is.</b> The stage's own reference is the connection that the user's actor watches; when the stage ends,
 * however it ends, the user goes offline.
 */
final class Connection extends Lines {
    /** Until a mailbox that forgot us is asked again. */
    private static final Duration COLLECT_AGAIN_AFTER = Duration.ofSeconds(1);

    private static final Logger log = LoggerFactory.getLogger(Connection.class);

    private enum Timer {
        HANDSHAKE,
        FIRST_REQUEST,
        SIGN_IN,
        COLLECT
    }

    private record Answered(Asked question, Reply reply) {}

    private final Inlet<ByteString> in;
    private final ModernDesk desk;
    private final ModernLimits limits;
    private final Push.Hello hello;
    private final Door.Visit visit;
    private final RelayGate relay;
    private final CompletionStage<Channel.Met> handshake;
    private final Unanswered unanswered = new Unanswered();
    private final Visitor visitor;
    private final Collecting collecting = new Collecting();
    private final AsyncCallback<Answered> answered = createAsyncCallback(this::answered);

    private @Nullable Tag exit;
    private boolean asked;

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
        this.desk = desk;
        this.limits = limits;
        this.hello = hello;
        this.visit = visit;
        this.relay = relay;
        this.handshake = handshake;
        this.visitor = new Visitor(visit);
    }

    @Override
    public void preStart() {
        getStageActor(told -> {
            told(told._2());
            return BoxedUnit.UNIT;
        });
        var leave = createAsyncCallback((Ending now) -> leave());
        visit.leaveBy(() -> leave.invoke(Ending.LEAVING));
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
        if (met.purpose().equals(Channel.RELAY)) handOver(relay.served(met.key(), visit), early());
        else greet(met.key());
    }

    private void greet(IdentityKey key) {
        visitor.showed(key);
        scheduleOnce(Timer.FIRST_REQUEST, limits.firstRequest());
        outbox.add(hello);
        begin();
    }

    @Override
    boolean mayTake() {
        return !visitor.isAsking() && unanswered.hasRoom(outbox.bytes());
    }

    @Override
    boolean isAnswered() {
        return unanswered.isEmpty() && !visitor.isAsking();
    }

    @Override
    void readOut() {
        var user = visitor.user();
        if (user == null || !collecting.wants()) return;
        collecting.asked();
        desk.collect(user, collecting.after(), self());
    }

    @Override
    void receivedTooLong() {
        var why = "expected lines of at most %d bytes".formatted(Limits.LINE_BYTES_MAX);
        reply(Tag.NONE, new Reply.Refused(Code.SYNTAX, why));
    }

    @Override
    void sayLast() {
        if (exit != null) reply(exit, ModernAnswers.DONE);
        exit = null;
    }

    @Override
    String source() {
        return visit.source();
    }

    @Override
    void receive(ByteString line) {
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
                if (visitor.user() == null) {
                    reply(received.tag(), ModernAnswers.NOT_SIGNED_IN);
                } else {
                    collecting.collect(after);
                    reply(received.tag(), ModernAnswers.DONE);
                }
            }
            case Request.ChainOf chain -> ask(received);
            case Request.SignUp s -> ask(received);
            case Request.Publish p -> ask(received);
            case Request.Pairs p -> ask(received);
            case Request.PrekeysOf p -> ask(received);
            case Request.Revoke r -> ask(received);
            case Request.Allow a -> ask(received);
            case Request.Watch w -> ask(received);
            case Request.WhereIs w -> ask(received);
            case Request.Deposit d -> ask(received);
            case Request.CreateGroup c -> ask(received);
            case Request.AppendToLog a -> ask(received);
            case Request.LogOf l -> ask(received);
            case Request.ListGroups l -> ask(received);
            case Request.Ack a -> ask(received);
        }
    }

    private void ask(Asked question) {
        unanswered.asked(question.request());
        var asker = new ModernDesk.Asker(visitor.user(), visitor.key(), visit.from(), self());
        desk.answer(question.request(), asker).whenComplete((reply, failure) -> {
            if (failure != null) log.debug("{} was not answered: {}", name(question.request()), failure.toString());
            answered.invoke(new Answered(question, failure == null ? reply : ModernAnswers.BUSY));
        });
    }

    private void answered(Answered answer) {
        unanswered.answered(answer.question().request());
        reply(answer.question().tag(), answer.reply());
        proceed();
    }

    private void signIn(Tag tag, UserName as, Optional<PeerAddress> reachableAt) {
        if (visitor.user() != null) {
            reply(tag, ModernAnswers.SIGNED_IN_ALREADY);
            return;
        }
        visitor.asks(tag, as);
        scheduleOnce(Timer.SIGN_IN, limits.answer());
        var seen = reachableAt.map(at -> at.isUnspecified() ? at.at(visit.from()) : at);
        desk.signIn(as, visitor.key(), seen, self(), self());
    }

    private void decided(ModernUser.SignInAnswer answer) {
        visitor.heard(answer).ifPresent(asked -> {
            cancelTimer(Timer.SIGN_IN);
            reply(asked.tag(), ModernAnswers.toSignIn(asked.as(), answer));
        });
    }

    private void told(Object message) {
        switch (message) {
            case ModernUser.SignInAnswer answer -> decided(answer);
            case ConnectionNotice notice -> noticed(notice);
            case Mailbox.Envelope envelope -> {
                if (visitor.user() != null && collecting.takes(envelope))
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
        if (visitor.user() != null && !isLeaving()) outbox.add(push);
    }

    private boolean lose(UserName who) {
        if (!visitor.loses(who)) return false;
        collecting.ends();
        return true;
    }

    private void reply(Tag tag, Reply reply) {
        var line = ReplyCodec.encode(tag, reply);
        if (log.isTraceEnabled()) log.trace("gate >> {} {}B", visit.source(), line.size());
        outbox.add(line);
    }

    @Override
    void leave() {
        collecting.ends();
        cancelTimer(Timer.FIRST_REQUEST);
        super.leave();
    }

    @Override
    public void onTimer(Object timer) {
        switch (timer) {
            case Timer.HANDSHAKE -> completeStage();
            case Timer.FIRST_REQUEST -> leave();
            case Timer.SIGN_IN -> giveUpSigningIn();
            case Timer.COLLECT -> {
                collecting.again();
                proceed();
            }
            case Ending.LEAVING -> {
                giveUpSigningIn();
                completeStage();
            }
            case Ending.LINGER -> completeStage();
            default -> throw new IllegalArgumentException("a timer " + timer);
        }
    }

    /** Its answer may yet come, and would be taken for that of a later one: this connection signs nobody in any more. */
    private void giveUpSigningIn() {
        visitor.givesUp().ifPresent(asked -> {
            desk.signOut(asked.as(), self());
            reply(asked.tag(), ModernAnswers.BUSY);
            leave();
            // Who was leaving already has one more answer to read.
            proceed();
        });
    }

    private <T> ActorRef<T> self() {
        return Adapter.toTyped(stageActor().ref());
    }

    private static String name(Request request) {
        return request.getClass().getSimpleName();
    }
}
