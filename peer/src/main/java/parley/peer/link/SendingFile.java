package parley.peer.link;

import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.stream.Attributes;
import org.apache.pekko.stream.FlowShape;
import org.apache.pekko.stream.Inlet;
import org.apache.pekko.stream.Outlet;
import org.apache.pekko.stream.stage.AbstractGraphStageWithMaterializedValue;
import org.apache.pekko.stream.stage.AbstractInHandler;
import org.apache.pekko.stream.stage.GraphStageLogic;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;
import parley.messages.classic.PeerMessage;
import parley.messages.classic.PeerMessage.PublicValue;
import parley.messages.classic.Sealed;

/**
 * One file on its way to another peer, in lock-step as the classic protocol wants it: two round trips for each KiB.
 *
 * <pre>
 *   agreeing --their public value--> offering --confirm--> sending
 *                                       ^
 *   a group's begins here --------------´
 *   sending: ready --a chunk is sealed--> hex sent --send_iv--> iv sent --ack--> ready
 *            ready --none is left--> closing --end of stream--> Delivered
 *   any --reset, wrong answer, silence, a file that changed--> Broken
 * </pre>
 *
 * The next batch is read and sealed while this one waits for the wire.
 */
final class SendingFile
        extends AbstractGraphStageWithMaterializedValue<FlowShape<ByteString, ByteString>, CompletionStage<Delivery>> {
    private final Inlet<ByteString> in = Inlet.create("fromReceiver");
    private final Outlet<ByteString> out = Outlet.create("toReceiver");
    private final LinkSettings settings;
    private final PublicValue own;
    private final Outgoing.File file;

    SendingFile(LinkSettings settings, PublicValue own, Outgoing.File file) {
        this.settings = settings;
        this.own = own;
        this.file = file;
    }

    @Override
    public FlowShape<ByteString, ByteString> shape() {
        return FlowShape.of(in, out);
    }

    @Override
    public Pair<GraphStageLogic, CompletionStage<Delivery>> createLogicAndMaterializedValuePair(Attributes inherited) {
        var delivery = new CompletableFuture<Delivery>();
        return Pair.create(new Logic(delivery), delivery);
    }

    private final class Logic extends SendingLogic {
        private final SubSinkInlet<List<Sealed>> sealed = new SubSinkInlet<>("sealed");
        private Iterator<Sealed> batch = List.<Sealed>of().iterator();
        private @Nullable List<Sealed> next;
        /** Nothing is on the wire: the next chunk may go as soon as it is sealed. */
        private boolean ready;

        Logic(CompletableFuture<Delivery> delivery) {
            super(shape(), settings, own, file.from(), delivery);
        }

        @Override
        void agreed(Optional<PublicValue> theirs) {
            allow(settings.silenceTimeout());
            write(new PeerMessage.FileOffer(file.from(), file.path()));
            awaitWord(PeerMessage.Word.CONFIRM, () -> sending(theirs));
        }

        private void sending(Optional<PublicValue> theirs) {
            sealed.setHandler(new AbstractInHandler() {
                @Override
                public void onPush() {
                    next = sealed.grab();
                    if (ready) ready();
                }

                @Override
                public void onUpstreamFinish() {
                    if (ready) ready();
                }

                @Override
                public void onUpstreamFailure(Throwable failure) {
                    broken(reason(failure));
                }
            });
            file.sealer().seal(theirs).runWith(sealed.sink(), subFusingMaterializer());
            sealed.pull();
            ready();
        }

        private void ready() {
            while (!batch.hasNext() && next != null) {
                batch = next.iterator();
                next = null;
                if (!sealed.isClosed()) sealed.pull();
            }
            allow(settings.silenceTimeout());
            ready = !batch.hasNext();
            if (!ready) hexSent(batch.next());
            else if (sealed.isClosed()) closing();
            else pending("the next part of the file");
        }

        private void hexSent(Sealed chunk) {
            write(new PeerMessage.Chunk(chunk.hex()));
            awaitWord(PeerMessage.Word.SEND_IV, () -> ivSent(chunk));
        }

        private void ivSent(Sealed chunk) {
            write(new PeerMessage.Iv(chunk.iv()));
            awaitWord(PeerMessage.Word.ACK, this::ready);
        }

        private void closing() {
            halfClose();
            awaitClose();
        }

        @Override
        void stopping(String why) {
            if (!sealed.isClosed()) sealed.cancel(new LinkAborted(why));
        }
    }
}
