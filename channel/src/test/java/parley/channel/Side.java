package parley.channel;

import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.stream.javadsl.BidiFlow;
import org.apache.pekko.stream.javadsl.Flow;
import org.apache.pekko.stream.testkit.TestPublisher;
import org.apache.pekko.stream.testkit.TestSubscriber;
import org.apache.pekko.stream.testkit.javadsl.TestSink;
import org.apache.pekko.stream.testkit.javadsl.TestSource;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;
import parley.messages.identity.IdentityKey;

/** One end of a channel with somebody at it, who speaks and hears what a test says. */
final class Side {
    final TestPublisher.Probe<ByteString> speaks;
    final TestSubscriber.Probe<ByteString> hears;
    /** Of the other side. */
    final CompletionStage<IdentityKey> key;

    private Side(
            TestPublisher.Probe<ByteString> speaks,
            TestSubscriber.Probe<ByteString> hears,
            CompletionStage<IdentityKey> key) {
        this.speaks = speaks;
        this.hears = hears;
        this.key = key;
    }

    static Flow<ByteString, ByteString, Side> of(
            BidiFlow<ByteString, ByteString, ByteString, ByteString, CompletionStage<IdentityKey>> channel,
            ActorSystem system) {
        return Flow.fromSinkAndSourceMat(
                        TestSink.<ByteString>create(system), TestSource.<ByteString>create(system), Both::new)
                .joinMat(channel, (both, key) -> new Side(both.speaks, both.hears, key));
    }

    private record Both(TestSubscriber.Probe<ByteString> hears, TestPublisher.Probe<ByteString> speaks) {}

    /** Two sides and what lies between them. */
    record Two(Side client, Side server) {
        static Two run(
                BidiFlow<ByteString, ByteString, ByteString, ByteString, CompletionStage<IdentityKey>> client,
                @Nullable BidiFlow<ByteString, ByteString, ByteString, ByteString, ?> network,
                BidiFlow<ByteString, ByteString, ByteString, ByteString, CompletionStage<IdentityKey>> server,
                ActorSystem system) {
            var near = network == null ? client : client.atop(network);
            return of(near, system)
                    .async()
                    .joinMat(of(server, system).async(), Two::new)
                    .run(system);
        }
    }
}
