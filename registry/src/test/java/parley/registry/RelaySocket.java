package parley.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.stream.javadsl.Keep;
import org.apache.pekko.stream.javadsl.Tcp;
import org.apache.pekko.stream.testkit.TestPublisher;
import org.apache.pekko.stream.testkit.TestSubscriber;
import org.apache.pekko.stream.testkit.javadsl.TestSink;
import org.apache.pekko.stream.testkit.javadsl.TestSource;
import org.apache.pekko.util.ByteString;
import parley.channel.Channel;
import parley.channel.Credentials;
import parley.channel.Expected;
import parley.messages.directory.FirstLine;
import parley.messages.directory.RelayAnswer;
import parley.messages.directory.RelayCall;
import parley.messages.directory.RelayLines;
import parley.messages.directory.RelayToken;
import parley.messages.name.UserName;
import parley.messages.settings.Endpoint;

/** One side of a relay, over real TLS and TCP. What it does not read waits in the connection. */
final class RelaySocket {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    final TestPublisher.Probe<ByteString> says;
    final TestSubscriber.Probe<ByteString> hears;
    private ByteString rest = ByteString.emptyByteString();

    RelaySocket(ActorSystem system, Endpoint registry, ByteString tlsSeed) {
        var channel = Channel.client(Credentials.of(tlsSeed.toArray()), new Expected.Anybody(), Channel.RELAY);
        var ends = TestSource.<ByteString>create(system)
                .via(channel.join(Tcp.get(system).outgoingConnection(registry.host(), registry.port())))
                .toMat(TestSink.create(system), Keep.both())
                .run(system);
        says = ends.first();
        hears = ends.second();
        hears.ensureSubscription();
    }

    RelaySocket calls(UserName own, UserName with, RelayToken token) {
        says.sendNext(RelayLines.encode(new RelayCall(own, with, token)));
        return this;
    }

    RelayAnswer answer() {
        var first = new FirstLine(RelayLines.ANSWER_BYTES_MAX);
        for (; ; ) {
            var line = first.add(hears.request(1).expectNext(PATIENCE));
            if (line == null) continue;
            rest = first.rest();
            return RelayLines.decodeAnswer(line);
        }
    }

    void isJoined() {
        assertThat(answer()).isEqualTo(new RelayAnswer.Spliced());
    }

    /** As many as that, and no more than one element behind them. */
    ByteString read(int bytes) {
        var heard = ByteString.createBuilder().append(rest);
        while (heard.length() < bytes) heard.append(hears.request(1).expectNext(PATIENCE));
        rest = ByteString.emptyByteString();
        return heard.result();
    }

    /** How many bytes come until it breaks, or is cut. */
    int bytesUntilCut() {
        int heard = rest.length();
        while (hears.request(1).expectEvent(PATIENCE) instanceof TestSubscriber.OnNext<?> next)
            heard += ((ByteString) next.element()).length();
        return heard;
    }

    /** False if it broke, or was cut: without a last word. */
    boolean endsInOrder() {
        var end = hears.request(1).expectEvent(PATIENCE);
        if (end instanceof TestSubscriber.OnNext) throw new AssertionError("expected the end, heard " + end);
        return !(end instanceof TestSubscriber.OnError);
    }
}
