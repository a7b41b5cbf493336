package parley.peer.stream;

import org.apache.pekko.util.ByteString;
import parley.messages.identity.RegistryId;
import parley.messages.name.UserName;
import parley.messages.wire.FileOffer;
import parley.messages.wire.MessageId;
import parley.peer.cipher.stream.StreamKeys;

/**
 * A file between two, as both know it. Prints without its key.
 *
 * @param weSend whether it goes from {@code own} to {@code with}
 * @param size bytes
 */
public record Lane(
        RegistryId registry, UserName own, UserName with, boolean weSend, MessageId file, ByteString key, long size) {
    /** Bytes. The last chunk of a file has fewer, the only one of an empty file none. */
    static final int CHUNK_BYTES = 64 << 10;

    public Lane {
        if (key.size() != FileOffer.KEY_BYTES) throw new IllegalArgumentException("a key of %d".formatted(key.size()));
    }

    /** What the two meet by at the relay. */
    public ByteString relayToken() {
        return keys().relayToken();
    }

    /** What its streams are known by. */
    ByteString tag() {
        return keys().tag();
    }

    StreamKeys keys() {
        return new StreamKeys(registry, key, file, sender(), receiver());
    }

    UserName sender() {
        return weSend ? own : with;
    }

    UserName receiver() {
        return weSend ? with : own;
    }

    /** At least one. */
    long chunks() {
        return Math.max(1, (size + CHUNK_BYTES - 1) / CHUNK_BYTES);
    }

    int chunkBytes(long index) {
        return (int) Math.min(CHUNK_BYTES, size - index * CHUNK_BYTES);
    }

    @Override
    public String toString() {
        return "Lane[%s, %s, %s]".formatted(weSend ? "to" : "from", with, file);
    }
}
