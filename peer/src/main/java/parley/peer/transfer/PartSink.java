package parley.peer.transfer;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.stream.Attributes;
import org.apache.pekko.stream.Inlet;
import org.apache.pekko.stream.SinkShape;
import org.apache.pekko.stream.stage.AbstractGraphStageWithMaterializedValue;
import org.apache.pekko.stream.stage.AbstractInHandler;
import org.apache.pekko.stream.stage.GraphStageLogic;
import org.apache.pekko.util.ByteString;

/**
 * Writes a part and keeps it only if its last byte came. Blocks, so it runs on the disk's dispatcher.
 *
 * <pre>
 *   writing --end--> Stored          writing --failure of the input, of the disk, of the system--> NotStored
 * </pre>
 */
final class PartSink
        extends AbstractGraphStageWithMaterializedValue<
                SinkShape<List<ByteString>>, CompletionStage<Downloads.Outcome>> {
    private final Inlet<List<ByteString>> in = Inlet.create("chunks");
    private final Part part;
    private final String name;

    PartSink(Part part, String name) {
        this.part = part;
        this.name = name;
    }

    @Override
    public SinkShape<List<ByteString>> shape() {
        return SinkShape.of(in);
    }

    @Override
    public Pair<GraphStageLogic, CompletionStage<Downloads.Outcome>> createLogicAndMaterializedValuePair(
            Attributes inherited) {
        var outcome = new CompletableFuture<Downloads.Outcome>();
        return Pair.create(new Logic(outcome), outcome);
    }

    private final class Logic extends GraphStageLogic {
        private final CompletableFuture<Downloads.Outcome> outcome;

        Logic(CompletableFuture<Downloads.Outcome> outcome) {
            super(shape());
            this.outcome = outcome;
            setHandler(in, new AbstractInHandler() {
                @Override
                public void onPush() {
                    try {
                        part.write(grab(in));
                        pull(in);
                    } catch (IOException failure) {
                        giveUp(Reasons.of(failure));
                    }
                }

                @Override
                public void onUpstreamFinish() {
                    try {
                        outcome.complete(part.keep(name));
                        completeStage();
                    } catch (IOException failure) {
                        giveUp(Reasons.of(failure));
                    }
                }

                @Override
                public void onUpstreamFailure(Throwable failure) {
                    giveUp(Reasons.of(failure));
                }
            });
        }

        @Override
        public void preStart() {
            pull(in);
        }

        private void giveUp(String why) {
            part.discard();
            outcome.complete(new Downloads.NotStored(why));
            completeStage();
        }

        @Override
        public void postStop() {
            if (!outcome.isDone()) giveUp("stopped while it was being received");
        }
    }
}
