package parley.peer.cipher.stream;

import org.apache.pekko.util.ByteString;
import parley.messages.field.FieldWriter;
import parley.messages.identity.Label;
import parley.messages.identity.RegistryId;
import parley.messages.name.UserName;
import parley.messages.wire.MessageId;
import parley.peer.cipher.primitive.Hkdf;
import parley.peer.cipher.primitive.Secret;

/**
 * What follows from a file's key for two people; docs/PROTOCOL.md §13.3. A group's file has one key for all its members:
 * so whatever follows from it names the two.
 *
 * @param key 32 bytes
 */
public record StreamKeys(RegistryId registry, ByteString key, MessageId file, UserName sender, UserName receiver) {
    public static final int SALT_BYTES = 32;
    public static final int TAG_BYTES = 16;

    /** For both directions of one stream. */
    public record Directions(Secret fromSender, Secret fromReceiver) {}

    /** What a stream's greeting names the file by. */
    public ByteString tag() {
        return ByteString.fromArrayUnsafe(derive(new byte[0], "file-tag", TAG_BYTES));
    }

    /** What the two meet by at the relay. */
    public ByteString relayToken() {
        return ByteString.fromArrayUnsafe(derive(new byte[0], "relay", TAG_BYTES));
    }

    /** New ones for each stream: both salts are random, and each side has chosen one. */
    public Directions directions(ByteString senderSalt, ByteString receiverSalt) {
        var derived = derive(senderSalt.concat(receiverSalt).toArray(), "file", 2 * Secret.BYTES);
        var both = new Directions(Hkdf.part(derived, 0), Hkdf.part(derived, 1));
        Secret.wipe(derived);
        return both;
    }

    private byte[] derive(byte[] salt, String purpose, int length) {
        var info = new FieldWriter()
                .bytes(Label.of(purpose, registry))
                .bytes(file.bytes())
                .ascii(sender.text())
                .ascii(receiver.text())
                .toByteString();
        var material = key.toArray();
        try {
            return Hkdf.derive(salt, material, info, length);
        } finally {
            Secret.wipe(material);
        }
    }

    @Override
    public String toString() {
        return "redacted";
    }
}
