package parley.channel;

import java.util.List;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.stream.javadsl.BidiFlow;
import org.apache.pekko.util.ByteString;
import parley.messages.identity.IdentityKey;

/**
 * Mutual TLS 1.3 as a stage between plain bytes (above) and a connection (below). It materialises to the key that the
 * other side has shown and proved, once its handshake is done, and fails with {@link ChannelRefused} if that never is.
 * No plain byte passes before.
 *
 * <p><b>Mind:</b> a client's handshake is done before the server has looked at the client's key (RFC 8446 §4.4): that
 * the server takes it shows in its first answer. And there is no half-close: whoever completes its plain side has said
 * its last word and hears no more; protocols in a channel say goodbye before they close.
 *
 * <p>A blueprint may be run any number of times. It keeps the credentials, so run those of one contact from one.
 */
public final class Channel {
    /** The purposes there are. */
    public static final String TO_REGISTRY = "parley-registry/1";

    public static final String LINK = "parley-link/1";

    public static final String RELAY = "parley-relay/1";

    /** Who the other side is, and which of the purposes that were offered it has chosen. */
    public record Met(IdentityKey key, String purpose) {}

    public static BidiFlow<ByteString, ByteString, ByteString, ByteString, CompletionStage<IdentityKey>> client(
            Credentials own, Expected theirs, String purpose) {
        return channel(own, theirs, true, purpose);
    }

    public static BidiFlow<ByteString, ByteString, ByteString, ByteString, CompletionStage<IdentityKey>> server(
            Credentials own, Expected theirs, String purpose) {
        return channel(own, theirs, false, purpose);
    }

    /** For several purposes on one port. Of those that a client offers the first of ours is taken. */
    public static BidiFlow<ByteString, ByteString, ByteString, ByteString, CompletionStage<Met>> server(
            Credentials own, Expected theirs, List<String> purposes) {
        return BidiFlow.fromGraph(new ChannelStage<>(Tls.create(own, theirs, false, purposes), Met::new));
    }

    private static BidiFlow<ByteString, ByteString, ByteString, ByteString, CompletionStage<IdentityKey>> channel(
            Credentials own, Expected theirs, boolean client, String purpose) {
        var tls = Tls.create(own, theirs, client, List.of(purpose));
        return BidiFlow.fromGraph(new ChannelStage<>(tls, (key, agreed) -> key));
    }

    private Channel() {}
}
