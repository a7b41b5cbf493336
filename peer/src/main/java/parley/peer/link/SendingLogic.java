package parley.peer.link;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.stream.FlowShape;
import org.apache.pekko.util.ByteString;
import parley.messages.classic.Expected;
import parley.messages.classic.Origin;
import parley.messages.classic.PeerCodec;
import parley.messages.classic.PeerMessage.PublicValue;

/** How every link that we dial begins and ends. */
abstract class SendingLogic extends LinkLogic {
    private final PublicValue own;
    private final Origin from;
    private final CompletableFuture<Delivery> delivery;
    private boolean closing;

    SendingLogic(
            FlowShape<ByteString, ByteString> shape,
            LinkSettings settings,
            PublicValue own,
            Origin from,
            CompletableFuture<Delivery> delivery) {
        super(shape, settings);
        this.own = own;
        this.from = from;
        this.delivery = delivery;
    }

    /** @param theirs empty for a group, whose members have its key already */
    abstract void agreed(Optional<PublicValue> theirs);

    @Override
    final void start() {
        switch (from) {
            case Origin.Group group -> agreed(Optional.empty());
            case Origin.User user -> agreeing();
        }
    }

    private void agreeing() {
        allow(settings().handshakeTimeout());
        write(own);
        await("their public value", Expected.PUBLIC_VALUE::patience, bytes -> {
            var theirs = PeerCodec.decodePublicValue(bytes);
            heard(theirs, bytes);
            agreed(Optional.of(theirs));
        });
    }

    /** All is said; how the other side closes tells whether it has it. */
    final void awaitClose() {
        closing = true;
        await("their close", held -> Expected.Patience.TOO_LONG, bytes -> broken("bytes instead of their close"));
    }

    @Override
    final void ended() {
        if (!closing) {
            super.ended();
            return;
        }
        delivery.complete(new Delivery.Delivered());
        completeStage();
    }

    /** It goes no further; whatever feeds the link must stop too. */
    void stopping(String why) {}

    @Override
    final void broken(String why) {
        stopping(why);
        delivery.complete(isStarted() ? new Delivery.Broken(why) : new Delivery.Unreachable(why));
        abort(why);
    }

    @Override
    public void postStop() {
        // Whatever stopped us without a word of ours: the actor system, for one.
        delivery.complete(new Delivery.Broken("stopped while it was being sent"));
    }
}
