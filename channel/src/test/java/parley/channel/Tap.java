package parley.channel;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.pekko.NotUsed;
import org.apache.pekko.stream.KillSwitches;
import org.apache.pekko.stream.SharedKillSwitch;
import org.apache.pekko.stream.javadsl.BidiFlow;
import org.apache.pekko.stream.javadsl.Flow;
import org.apache.pekko.util.ByteString;

/** A wire that somebody sits at: reads all of it, alters a bit, cuts it. */
final class Tap {
    private final AtomicBoolean flip = new AtomicBoolean();
    private final SharedKillSwitch cut = KillSwitches.shared("cut");
    private final AtomicReference<ByteString> fromServer = new AtomicReference<>(ByteString.emptyByteString());

    BidiFlow<ByteString, ByteString, ByteString, ByteString, NotUsed> network() {
        return BidiFlow.fromFlows(
                Flow.<ByteString>create()
                        .map(bytes -> {
                            return flip.getAndSet(false) ? flipped(bytes) : bytes;
                        })
                        .via(cut.flow()),
                Flow.<ByteString>create()
                        .map(bytes -> {
                            fromServer.accumulateAndGet(bytes, ByteString::concat);
                            return bytes;
                        })
                        .via(cut.flow()));
    }

    ByteString fromServer() {
        return Objects.requireNonNull(fromServer.get());
    }

    void flipNext() {
        flip.set(true);
    }

    /** Both directions end in order, as if both kernels had said so. */
    void cut() {
        cut.shutdown();
    }

    private static ByteString flipped(ByteString bytes) {
        var altered = bytes.toArray();
        altered[altered.length - 1] ^= 1;
        return ByteString.fromArray(altered);
    }
}
