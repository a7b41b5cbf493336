package parley.registry.gate.relay;

import java.time.Duration;
import org.apache.pekko.NotUsed;
import org.apache.pekko.stream.javadsl.Flow;
import org.apache.pekko.util.ByteString;
import parley.messages.identity.IdentityKey;
import parley.registry.gate.Door;
import parley.registry.relay.RelayLimits;
import parley.registry.relay.Relays;

/** What serves connections that are for the relay. */
public final class RelayGate {
    private final RelayDesk desk;
    private final RelayLimits limits;
    private final Duration firstLine;
    private final Relays relays;

    /** @param firstLine how long it may take to come */
    public RelayGate(RelayDesk desk, RelayLimits limits, Duration firstLine) {
        this.desk = desk;
        this.limits = limits;
        this.firstLine = firstLine;
        this.relays = new Relays(limits, System::nanoTime);
    }

    /** @param shown the key of the connection, whose handshake is done */
    public Flow<ByteString, ByteString, NotUsed> served(IdentityKey shown, Door.Visit visit) {
        return Flow.fromGraph(
                new RelayStage(new RelayConnection.Around(desk, relays, limits, firstLine, shown, visit)));
    }
}
