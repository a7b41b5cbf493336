package parley.peer.link;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import org.apache.pekko.stream.javadsl.Flow;
import org.apache.pekko.stream.javadsl.Keep;
import org.apache.pekko.stream.javadsl.Sink;
import parley.messages.classic.Sealed;

/** An inbox that keeps what it gets, sealed as it is. */
final class Collecting implements Inbox {
    final BlockingQueue<Sealed> texts = new LinkedBlockingQueue<>();
    final BlockingQueue<List<Sealed>> files = new LinkedBlockingQueue<>();
    final BlockingQueue<String> broken = new LinkedBlockingQueue<>();
    final BlockingQueue<Dropped> drops = new LinkedBlockingQueue<>();

    @Override
    public CompletionStage<Verdict> text(Conversation from, int length, Sealed text) {
        texts.add(text);
        return CompletableFuture.completedFuture(new Verdict.Kept());
    }

    @Override
    public CompletionStage<Place> file(Conversation from, String path) {
        var sink = Flow.<List<Sealed>>create()
                .toMat(
                        Sink.<List<Sealed>, List<Sealed>>fold(new ArrayList<>(), (all, batch) -> {
                            all.addAll(batch);
                            return all;
                        }),
                        Keep.right())
                .mapMaterializedValue(whole -> whole.<Verdict>handle((chunks, failure) -> {
                    if (failure != null) {
                        broken.add(String.valueOf(failure.getMessage()));
                        return new Verdict.Refused("broken");
                    }
                    files.add(chunks);
                    return new Verdict.Kept();
                }));
        return CompletableFuture.completedFuture(new Place.Into(sink));
    }

    @Override
    public void dropped(Dropped dropped) {
        drops.add(dropped);
    }
}
