package parley.peer.lookup.relay;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.stream.Attributes;
import org.apache.pekko.stream.BidiShape;
import org.apache.pekko.stream.Inlet;
import org.apache.pekko.stream.Outlet;
import org.apache.pekko.stream.stage.AbstractGraphStageWithMaterializedValue;
import org.apache.pekko.stream.stage.AbstractInHandler;
import org.apache.pekko.stream.stage.AbstractOutHandler;
import org.apache.pekko.stream.stage.AsyncCallback;
import org.apache.pekko.stream.stage.GraphStageLogic;
import org.apache.pekko.stream.stage.TimerGraphStageLogic;
import org.apache.pekko.util.ByteString;
import parley.channel.ChannelRefused;
import parley.messages.directory.Code;
import parley.messages.directory.FirstLine;
import parley.messages.directory.MalformedLine;
import parley.messages.directory.RelayAnswer;
import parley.messages.directory.RelayCall;
import parley.messages.directory.RelayLines;

/**
 * Between a channel to the registry's relay (below) and whoever will use what it relays (above).
 *
 * <pre>
 *   calling --ok--&gt; joined: every byte passes, both ways --one side ends--&gt; ended
 *      `--Error, the connection's end, no answer in time, given up--&gt; ended
 * </pre>
 *
 * While it is calling nothing of what is above is asked for.
 */
final class CallStage
        extends AbstractGraphStageWithMaterializedValue<
                BidiShape<ByteString, ByteString, ByteString, ByteString>, CallStage.Call> {
    sealed interface Answer {}

    record Joined() implements Answer {}

    /** @param code none if the registry gave none */
    record Refused(Optional<Code> code, String text) implements Answer {}

    /**
     * One that runs.
     *
     * @param answered never fails
     */
    record Call(CompletionStage<Answer> answered, AsyncCallback<String> ending) {
        void giveUp() {
            ending.invoke("was not waited for");
        }
    }

    private final Inlet<ByteString> appIn = Inlet.create("appIn");
    private final Outlet<ByteString> netOut = Outlet.create("netOut");
    private final Inlet<ByteString> netIn = Inlet.create("netIn");
    private final Outlet<ByteString> appOut = Outlet.create("appOut");
    private final BidiShape<ByteString, ByteString, ByteString, ByteString> shape =
            new BidiShape<>(appIn, netOut, netIn, appOut);
    private final String registry;
    private final RelayCall call;
    private final Duration longest;

    /** @param registry what a text about it begins with */
    CallStage(String registry, RelayCall call, RelaySettings settings) {
        this.registry = registry;
        this.call = call;
        // What is below has its own time for connecting; here it only must not be cut short.
        this.longest = settings.handshakeTimeout().multipliedBy(2).plus(settings.answerTimeout());
    }

    @Override
    public BidiShape<ByteString, ByteString, ByteString, ByteString> shape() {
        return shape;
    }

    @Override
    public Pair<GraphStageLogic, Call> createLogicAndMaterializedValuePair(Attributes inherited) {
        var logic = new Logic();
        return Pair.create(logic, new Call(logic.answered.minimalCompletionStage(), logic.ending));
    }

    private final class Logic extends TimerGraphStageLogic {
        private final CompletableFuture<Answer> answered = new CompletableFuture<>();
        private final AsyncCallback<String> ending = createAsyncCallback(this::giveUp);
        private final FirstLine first = new FirstLine(RelayLines.ANSWER_BYTES_MAX);
        private ByteString early = ByteString.emptyByteString();
        private boolean called;
        private boolean joined;

        Logic() {
            super(shape);
            setHandler(netIn, new FromNet());
            setHandler(netOut, new ToNet());
            setHandler(appIn, new FromApp());
            setHandler(appOut, new ToApp());
        }

        @Override
        public void preStart() {
            scheduleOnce("late", longest);
            pull(netIn);
        }

        @Override
        public void onTimer(Object late) {
            giveUp("did not answer in time");
        }

        @Override
        public void postStop() {
            tell(Optional.empty(), "closed the connection");
        }

        private void giveUp(String why) {
            if (joined) return;
            tell(Optional.empty(), why);
            completeStage();
        }

        private void tell(Optional<Code> code, String why) {
            answered.complete(new Refused(code, registry + " " + why));
        }

        private void heard(ByteString bytes) {
            try {
                var line = first.add(bytes);
                if (line == null) {
                    pull(netIn);
                    return;
                }
                switch (RelayLines.decodeAnswer(line)) {
                    case RelayAnswer.Spliced spliced -> join();
                    case RelayAnswer.Refused(var code, var text) -> {
                        answered.complete(new Refused(Optional.of(code), text));
                        completeStage();
                    }
                }
            } catch (MalformedLine malformed) {
                giveUp("sent a line that is none: " + malformed.why());
            }
        }

        private void join() {
            joined = true;
            cancelTimer("late");
            early = first.rest();
            answered.complete(new Joined());
            if (isAvailable(netOut) && !hasBeenPulled(appIn) && !isClosed(appIn)) pull(appIn);
            if (isAvailable(appOut)) toApp();
        }

        private void toApp() {
            if (!early.isEmpty()) {
                push(appOut, early);
                early = ByteString.emptyByteString();
                if (isClosed(netIn)) complete(appOut);
            } else if (!isClosed(netIn) && !hasBeenPulled(netIn)) {
                pull(netIn);
            }
        }

        private final class FromNet extends AbstractInHandler {
            @Override
            public void onPush() {
                if (joined) push(appOut, grab(netIn));
                else heard(grab(netIn));
            }

            @Override
            public void onUpstreamFinish() {
                if (!joined) completeStage();
                else if (early.isEmpty()) complete(appOut);
            }

            @Override
            public void onUpstreamFailure(Throwable cause) {
                if (joined) {
                    failStage(cause);
                    return;
                }
                giveUp(
                        cause instanceof ChannelRefused refused
                                ? "did not shake hands: " + refused.getMessage()
                                : "cannot be reached");
            }
        }

        private final class ToNet extends AbstractOutHandler {
            @Override
            public void onPull() {
                if (!called) {
                    called = true;
                    push(netOut, RelayLines.encode(call));
                } else if (joined && !isClosed(appIn)) {
                    pull(appIn);
                }
            }

            /** The channel's end shows in what comes from it, and why with it. */
            @Override
            public void onDownstreamFinish(Throwable cause) {
                if (!isClosed(appIn)) cancel(appIn, cause);
            }
        }

        private final class FromApp extends AbstractInHandler {
            @Override
            public void onPush() {
                push(netOut, grab(appIn));
            }

            @Override
            public void onUpstreamFinish() {
                if (joined) complete(netOut);
                else completeStage();
            }
        }

        private final class ToApp extends AbstractOutHandler {
            @Override
            public void onPull() {
                if (joined) toApp();
            }
        }
    }
}
