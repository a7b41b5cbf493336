package parley.peer.link;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.stream.Attributes;
import org.apache.pekko.stream.FlowShape;
import org.apache.pekko.stream.Inlet;
import org.apache.pekko.stream.Outlet;
import org.apache.pekko.stream.stage.AbstractGraphStageWithMaterializedValue;
import org.apache.pekko.stream.stage.GraphStageLogic;
import org.apache.pekko.util.ByteString;
import parley.messages.classic.PeerMessage;
import parley.messages.classic.PeerMessage.PublicValue;
import parley.messages.classic.Sealed;

/**
 * One text on its way to another peer.
 *
 * <pre>
 *   agreeing --their public value--> sealing --sealed--> offering --send_iv--> closing --end of stream--> Delivered
 *      ^                               ^
 *   a contact's                     a group's            any --reset, wrong answer, refusal, silence----> Broken
 * </pre>
 */
final class SendingText
        extends AbstractGraphStageWithMaterializedValue<FlowShape<ByteString, ByteString>, CompletionStage<Delivery>> {
    private final Inlet<ByteString> in = Inlet.create("fromReceiver");
    private final Outlet<ByteString> out = Outlet.create("toReceiver");
    private final LinkSettings settings;
    private final PublicValue own;
    private final Outgoing.Text text;

    SendingText(LinkSettings settings, PublicValue own, Outgoing.Text text) {
        this.settings = settings;
        this.own = own;
        this.text = text;
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
        Logic(CompletableFuture<Delivery> delivery) {
            super(shape(), settings, own, text.from(), delivery);
        }

        @Override
        void agreed(Optional<PublicValue> theirs) {
            sealing(theirs);
        }

        private void sealing(Optional<PublicValue> theirs) {
            allow(settings.silenceTimeout());
            ask("our own cipher", text.sealer().seal(theirs), sealing -> {
                switch (sealing) {
                    case Outgoing.Sealing.Done(var sealed) -> offering(sealed);
                    case Outgoing.Sealing.Refused(var why) -> broken(why);
                }
            });
        }

        private void offering(Sealed sealed) {
            allow(settings.silenceTimeout());
            write(new PeerMessage.Text(text.from(), text.length(), sealed.hex()));
            awaitWord(PeerMessage.Word.SEND_IV, () -> closing(sealed));
        }

        private void closing(Sealed sealed) {
            allow(settings.silenceTimeout());
            write(new PeerMessage.Iv(sealed.iv()));
            awaitClose();
        }
    }
}
