package parley.peer.link;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.stream.Attributes;
import org.apache.pekko.stream.FlowShape;
import org.apache.pekko.stream.Inlet;
import org.apache.pekko.stream.Outlet;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.stream.stage.AbstractGraphStageWithMaterializedValue;
import org.apache.pekko.stream.stage.AbstractOutHandler;
import org.apache.pekko.stream.stage.GraphStageLogic;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;
import parley.messages.classic.Expected;
import parley.messages.classic.LateIv;
import parley.messages.classic.MalformedMessage;
import parley.messages.classic.Origin;
import parley.messages.classic.PeerCodec;
import parley.messages.classic.PeerMessage;
import parley.messages.classic.PeerMessage.PublicValue;
import parley.messages.classic.Sealed;

/**
 * One text or file on its way to us. Materializes to its end, however that came.
 *
 * <pre>
 *   opening --their public value--> agreed --a contact's header--> +-- text: hex had --IV--> judging
 *      `------------------------------------- a group's header --> +   judging --Kept--> closed
 *                                                                  +-- file: placing --Into--> storing
 *   storing: --hex--> hex had --IV--> handed on --ack--> storing
 *            --end of stream--> judging --Kept--> closed
 *   any --reset, what doesn't belong there, silence, a refusal--> aborted, and reported
 * </pre>
 *
 * A chunk is acknowledged when it is in a batch that has room; a batch is handed on when it is full. So a file that
 * comes faster than it can be stored waits on the wire, and at most one batch waits here.
 */
final class Receiving
        extends AbstractGraphStageWithMaterializedValue<FlowShape<ByteString, ByteString>, CompletionStage<Done>> {
    private final Inlet<ByteString> in = Inlet.create("fromSender");
    private final Outlet<ByteString> out = Outlet.create("toSender");
    private final LinkSettings settings;
    private final InetSocketAddress remote;
    private final PublicValue own;
    private final Inbox inbox;

    Receiving(LinkSettings settings, InetSocketAddress remote, PublicValue own, Inbox inbox) {
        this.settings = settings;
        this.remote = remote;
        this.own = own;
        this.inbox = inbox;
    }

    @Override
    public FlowShape<ByteString, ByteString> shape() {
        return FlowShape.of(in, out);
    }

    @Override
    public Pair<GraphStageLogic, CompletionStage<Done>> createLogicAndMaterializedValuePair(Attributes inherited) {
        var end = new CompletableFuture<Done>();
        return Pair.create(new Logic(end), end);
    }

    private final class Logic extends LinkLogic {
        private final CompletableFuture<Done> end;
        private Optional<Origin> claimed = Optional.empty();
        private @Nullable Storing storing;

        Logic(CompletableFuture<Done> end) {
            super(shape(), settings);
            this.end = end;
        }

        @Override
        void start() {
            allow(settings.handshakeTimeout());
            await("their first message", Expected.OPENING::patience, this::opening);
        }

        private void opening(ByteString bytes) {
            if (!PeerCodec.isPublicValue(bytes)) {
                header(bytes, Optional.empty());
                return;
            }
            var theirs = PeerCodec.decodePublicValue(bytes);
            heard(theirs, bytes);
            write(own);
            await("their header", Expected.HEADER::patience, next -> header(next, Optional.of(theirs)));
        }

        private void header(ByteString bytes, Optional<PublicValue> theirs) {
            var header = PeerCodec.decodeHeader(bytes);
            heard(header, bytes);
            allow(settings.silenceTimeout());
            switch (header) {
                case PeerMessage.Text text -> textHad(conversation(text.from(), theirs), text);
                case PeerMessage.FileOffer(var from, var path) -> placing(conversation(from, theirs), path);
                case PublicValue other -> throw new IllegalStateException("no header");
                case PeerMessage.Chunk other -> throw new IllegalStateException("no header");
                case PeerMessage.Iv other -> throw new IllegalStateException("no header");
                case PeerMessage.Word other -> throw new IllegalStateException("no header");
            }
        }

        private Conversation conversation(Origin from, Optional<PublicValue> theirs) {
            claimed = Optional.of(from);
            return switch (from) {
                case Origin.User(var name) ->
                    new Conversation.WithContact(
                            name, theirs.orElseThrow(() -> new MalformedMessage("a contact without a public value")));
                case Origin.Group(var name) -> {
                    if (theirs.isPresent()) throw new MalformedMessage("a group with a public value");
                    yield new Conversation.WithGroup(name);
                }
            };
        }

        private void textHad(Conversation from, PeerMessage.Text text) {
            write(PeerMessage.Word.SEND_IV);
            awaitIv(text, from);
        }

        private void awaitIv(PeerMessage.Text text, Conversation from) {
            await("the text's IV", LateIv::patience, bytes -> {
                if (LateIv.stillToCome(bytes) && !hungUpAlready()) {
                    unread(bytes);
                    awaitIv(text, from);
                    return;
                }
                var whole = LateIv.complete(text, bytes);
                var iv = LateIv.iv(bytes);
                heard(iv, bytes);
                allow(settings.silenceTimeout());
                var sealed = new Sealed(iv.bytes().compact(), whole.hex().compact());
                ask("our own screen", inbox.text(from, whole.length(), sealed), this::judged);
            });
        }

        private void judged(Inbox.Verdict verdict) {
            switch (verdict) {
                case Inbox.Verdict.Kept kept -> completeStage();
                case Inbox.Verdict.Refused(var why) -> broken(why);
            }
        }

        private void placing(Conversation from, String path) {
            var outside = materializer();
            ask("a place for the file", inbox.file(from, path), this::placed, late -> {
                // The place is open and must be told that nothing will come.
                if (late instanceof Inbox.Place.Into(var sink)) {
                    Source.<List<Sealed>>failed(new LinkAborted("the connection broke"))
                            .runWith(sink, outside);
                }
            });
        }

        private void placed(Inbox.Place place) {
            switch (place) {
                case Inbox.Place.Into(var sink) -> {
                    storing = new Storing(sink);
                    write(PeerMessage.Word.CONFIRM);
                    storing.next();
                }
                case Inbox.Place.Refused(var why) -> broken(why);
            }
        }

        @Override
        void ended() {
            if (storing == null || !storing.mayEnd()) super.ended();
            else storing.end();
        }

        @Override
        void broken(String why) {
            inbox.dropped(new Inbox.Dropped(remote, claimed, why, storing != null));
            if (storing != null) storing.fail(why);
            abort(why);
        }

        @Override
        public void postStop() {
            end.complete(Done.getInstance());
        }

        /** The part of a link that takes a file. */
        private final class Storing {
            private final SubSourceOutlet<List<Sealed>> batches = new SubSourceOutlet<>("batches");
            private List<Sealed> batch = newBatch();
            private boolean betweenChunks;
            private boolean ackWithheld;
            private boolean atEnd;

            Storing(Sink<List<Sealed>, ? extends CompletionStage<Inbox.Verdict>> sink) {
                batches.setHandler(new AbstractOutHandler() {
                    @Override
                    public void onPull() {
                        handOn();
                    }

                    @Override
                    public void onDownstreamFinish(Throwable cause) {
                        // It wants no more. Its verdict follows, and is the reason.
                    }
                });
                var verdict = Source.fromGraph(batches.source()).runWith(sink, subFusingMaterializer());
                ask("the end of the file", verdict, this::stored);
            }

            private void stored(Inbox.Verdict verdict) {
                if (verdict instanceof Inbox.Verdict.Kept && !batches.isClosed()) broken("its end was not awaited");
                else judged(verdict);
            }

            void next() {
                allow(settings.silenceTimeout());
                betweenChunks = true;
                await("a chunk or the end of the file", Expected.CHUNK::patience, this::chunkHad);
            }

            private void chunkHad(ByteString bytes) {
                if (bytes.size() % 2 != 0 && !hungUpAlready()) {
                    // Half a byte cannot be all, however quiet it is.
                    unread(bytes);
                    next();
                    return;
                }
                betweenChunks = false;
                var chunk = PeerCodec.decodeChunk(bytes.compact());
                heard(chunk, bytes);
                write(PeerMessage.Word.SEND_IV);
                awaitIv(chunk);
            }

            private void awaitIv(PeerMessage.Chunk chunk) {
                if (chunk.hex().size() == 2 * PeerCodec.CHUNK_BYTES_MAX) {
                    await("the chunk's IV", Expected.IV::patience, iv -> ivHad(chunk, iv));
                } else {
                    // A short chunk may be the beginning of a full one whose rest was long in coming.
                    await("the chunk's IV", LateIv::patience, iv -> {
                        if (LateIv.stillToCome(iv) && !hungUpAlready()) {
                            unread(iv);
                            awaitIv(chunk);
                        } else {
                            ivHad(LateIv.complete(chunk, iv), iv.takeRight(PeerCodec.IV_BYTES));
                        }
                    });
                }
            }

            private void ivHad(PeerMessage.Chunk chunk, ByteString iv) {
                heard(new PeerMessage.Iv(iv), iv);
                batch.add(new Sealed(iv.compact(), chunk.hex()));
                ackWithheld = batch.size() == Inbox.BATCH_CHUNKS;
                if (!ackWithheld) ack();
                else if (batches.isAvailable()) handOn();
                else pending("our own disk");
            }

            private void ack() {
                write(PeerMessage.Word.ACK);
                next();
            }

            /** Whoever stores the file wants more of it. */
            private void handOn() {
                if (!atEnd && !ackWithheld) return;
                if (!batch.isEmpty()) {
                    batches.push(batch);
                    batch = newBatch();
                }
                if (atEnd) {
                    batches.complete();
                } else {
                    ackWithheld = false;
                    ack();
                }
            }

            /** Between two chunks the end of the stream is the end of the file; anywhere else it is a fault. */
            boolean mayEnd() {
                return betweenChunks;
            }

            void end() {
                atEnd = true;
                allow(settings.silenceTimeout());
                pending("our own disk");
                if (batch.isEmpty()) batches.complete();
                else if (batches.isAvailable()) handOn();
            }

            void fail(String why) {
                if (!batches.isClosed()) batches.fail(new LinkAborted(why));
            }

            private static List<Sealed> newBatch() {
                return new ArrayList<>(Inbox.BATCH_CHUNKS);
            }
        }
    }
}
