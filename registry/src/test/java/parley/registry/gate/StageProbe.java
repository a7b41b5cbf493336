package parley.registry.gate;

import java.net.InetAddress;
import java.time.Duration;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.stream.javadsl.Keep;
import org.apache.pekko.stream.testkit.TestPublisher;
import org.apache.pekko.stream.testkit.TestSubscriber;
import org.apache.pekko.stream.testkit.javadsl.TestSink;
import org.apache.pekko.stream.testkit.javadsl.TestSource;
import org.apache.pekko.util.ByteString;

/** A stage with a client's hands on both ends. */
final class StageProbe {
    /** Replies that a client reads without being asked. */
    private static final int MANY = 1_000;

    private final TestPublisher.Probe<ByteString> client;
    private final TestSubscriber.Probe<ByteString> replies;

    final OpenDesk desk = new OpenDesk();
    final Door door;

    StageProbe(ActorSystem<?> system, GateLimits limits) {
        this(system, limits, MANY);
    }

    StageProbe(ActorSystem<?> system, GateLimits limits, int read) {
        door = Limits.door(limits);
        var visit = door.admit(InetAddress.getLoopbackAddress()).orElseThrow();
        var ends = TestSource.<ByteString>create(system)
                .via(new GateStage(desk, limits, visit))
                .toMat(TestSink.create(system), Keep.both())
                .run(system);
        client = ends.first();
        replies = ends.second();
        replies.ensureSubscription();
        if (read > 0) replies.request(read);
    }

    StageProbe sends(String text) {
        client.sendNext(ByteString.fromString(text));
        return this;
    }

    StageProbe closesItsSide() {
        client.sendComplete();
        return this;
    }

    void breaks() {
        client.sendError(new IllegalStateException("Connection reset by peer"));
    }

    StageProbe reads(int replies) {
        this.replies.request(replies);
        return this;
    }

    StageProbe gets(String reply) {
        replies.expectNext(ByteString.fromString(reply));
        return this;
    }

    StageProbe getsNothingFor(Duration time) {
        replies.expectNoMessage(time);
        return this;
    }

    /** The gate has said its last word. */
    StageProbe seesTheEnd() {
        replies.expectComplete();
        return this;
    }

    /** The gate listens no longer. */
    void isGone() {
        client.expectCancellation();
    }

    StageProbe signsInAs(String user) throws InterruptedException {
        sends("signin %s secret 10.0.0.7:41233\n".formatted(user)).gets("Signin successful");
        return this;
    }
}
