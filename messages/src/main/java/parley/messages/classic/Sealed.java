package parley.messages.classic;

import org.apache.pekko.util.ByteString;

/**
 * Ciphertext of a text or of one chunk of a file, as a link carries it and a cipher opens it.
 *
 * @param iv {@link PeerCodec#IV_BYTES} bytes, never used twice under one key
 * @param hex lower-case digits from us, either case from others
 */
public record Sealed(ByteString iv, ByteString hex) {}
