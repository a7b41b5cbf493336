package parley.peer.cipher.agreement;

import org.apache.pekko.util.ByteString;
import parley.messages.identity.RegistryId;
import parley.peer.cipher.primitive.Secret;

/**
 * What both sides come to. Prints without its secret.
 *
 * @param sessionId {@value #SESSION_ID_BYTES} bytes that name the session; no secret
 * @param root the ratchet's first root key
 * @param binding who the two are
 */
public record Agreed(RegistryId registry, ByteString sessionId, Secret root, ByteString binding) {
    public static final int SESSION_ID_BYTES = 16;
}
