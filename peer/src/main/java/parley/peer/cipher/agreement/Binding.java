package parley.peer.cipher.agreement;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.apache.pekko.util.ByteString;
import parley.messages.field.FieldWriter;
import parley.messages.identity.AgreementKey;
import parley.messages.identity.IdentityKey;
import parley.messages.identity.KemKey;
import parley.messages.identity.Label;
import parley.messages.identity.RegistryId;
import parley.messages.name.UserName;

/**
 * Who two are to each other, as 32 bytes: SHA-256 over the label, the initiator, the responder and the KEM key that was
 * used. A session that was agreed with anybody else, or elsewhere, opens none of its messages.
 */
public final class Binding {
    public static final int BYTES = 32;

    /** One of the two. */
    record Side(UserName name, IdentityKey identity, AgreementKey agreement) {}

    static ByteString of(RegistryId registry, Side initiator, Side responder, KemKey kem) {
        var out = new FieldWriter().bytes(Label.of("binding", registry));
        for (var side : new Side[] {initiator, responder}) {
            out.ascii(side.name().text())
                    .bytes(side.identity().bytes())
                    .bytes(side.agreement().bytes());
        }
        return sha256(out.bytes(kem.bytes()).toBytes());
    }

    private static ByteString sha256(byte[] bytes) {
        try {
            return ByteString.fromArrayUnsafe(
                    MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException never) {
            throw new IllegalStateException("every Java has SHA-256", never);
        }
    }

    private Binding() {}
}
