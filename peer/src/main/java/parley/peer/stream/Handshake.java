package parley.peer.stream;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Optional;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;
import parley.peer.cipher.stream.BoxOpener;
import parley.peer.cipher.stream.BoxSealer;
import parley.peer.cipher.stream.StreamKeys;

/**
 * The two greetings of a stream, and the keys that follow from them. Mutable; for one stream.
 *
 * <pre>
 *   called:   their greeting, of a lane that is free --&gt; ours --&gt; done          calling:   ours --&gt; their greeting --&gt; done
 * </pre>
 */
final class Handshake {
    /**
     * Both have greeted. Who has not costs no buffers.
     *
     * @param plain gets what is opened
     */
    record Done(Lane lane, End end, BoxSealer sealer, BoxOpener opener, BoxCutter cutter, ByteBuffer plain) {}

    private final Lanes lanes;
    private final @Nullable Lane calling;
    private final SecureRandom random;
    private @Nullable Greeting ours;
    private ByteString heard = ByteString.emptyByteString();

    /** @param calling what we call for; null if we are called */
    Handshake(Lanes lanes, @Nullable Lane calling, SecureRandom random) {
        this.lanes = lanes;
        this.calling = calling;
        this.random = random;
    }

    @Nullable
    Lane calling() {
        return calling;
    }

    /** What a caller says first. */
    Optional<ByteString> call() {
        if (calling == null) return Optional.empty();
        ours = greeting(calling);
        return Optional.of(ours.encode());
    }

    /** What the other side sent so far, until it is a greeting. */
    boolean isComplete(ByteString more) {
        heard = heard.concat(more);
        return heard.size() >= Greeting.BYTES;
    }

    /** What came behind the greeting. */
    ByteString rest() {
        return heard.drop(Greeting.BYTES);
    }

    /**
     * @return empty if it is none, of no file that we know, or one that has a stream
     */
    Optional<Done> complete(StreamPort port) {
        return Greeting.decode(heard.take(Greeting.BYTES).compact())
                .flatMap(theirs -> calling == null
                        ? lanes.called(theirs, port).map(claim -> answer(claim, theirs))
                        : lanes.answered(calling, port)
                                .filter(claim -> ours != null && ours.isAnsweredBy(theirs))
                                .map(claim -> done(claim, ours, theirs)));
    }

    /** What one who was called says first, once it is complete. */
    ByteString answer() {
        if (ours == null) throw new IllegalStateException("not complete");
        return ours.encode();
    }

    private Done answer(Lanes.Claim claim, Greeting theirs) {
        var greeting = greeting(claim.lane());
        ours = greeting;
        return done(claim, greeting, theirs);
    }

    private Greeting greeting(Lane lane) {
        var salt = new byte[StreamKeys.SALT_BYTES];
        random.nextBytes(salt);
        return new Greeting(lane.weSend(), lane.tag(), ByteString.fromArrayUnsafe(salt));
    }

    private static Done done(Lanes.Claim claim, @Nullable Greeting ours, Greeting theirs) {
        if (ours == null) throw new IllegalStateException("not greeted");
        var lane = claim.lane();
        var sender = lane.weSend() ? ours : theirs;
        var receiver = lane.weSend() ? theirs : ours;
        var keys = lane.keys().directions(sender.salt(), receiver.salt());
        return new Done(
                lane,
                claim.end(),
                BoxSealer.of(lane.weSend() ? keys.fromSender() : keys.fromReceiver(), lane.file(), lane.size()),
                BoxOpener.of(lane.weSend() ? keys.fromReceiver() : keys.fromSender(), lane.file(), lane.size()),
                new BoxCutter(),
                ByteBuffer.allocate(FrameCodec.PLAIN_BYTES_MAX));
    }
}
