package parley.peer.cipher.agreement;

import java.util.Arrays;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;
import parley.messages.identity.AgreementKey;
import parley.messages.identity.Label;
import parley.messages.identity.RegistryId;
import parley.peer.cipher.primitive.AgreementPair;
import parley.peer.cipher.primitive.Hkdf;
import parley.peer.cipher.primitive.Secret;

/**
 * What goes into the first secret, in its order: F, DH1, DH2, DH3, DH4 if there is a one-time prekey, SS. Mutable and
 * wiped by {@link #agree}, which ends it.
 */
final class KeyMaterial {
    /** Signal's F: it keeps what is derived here apart from what an XEdDSA signature hashes. */
    private static final byte F = (byte) 0xff;

    private static final int PARTS_MAX = 6;

    private final byte[] bytes = new byte[PARTS_MAX * Secret.BYTES];
    private int length = Secret.BYTES;
    private boolean weak;

    KeyMaterial() {
        Arrays.fill(bytes, 0, length, F);
    }

    KeyMaterial dh(AgreementPair ours, AgreementKey theirs) {
        var agreed = ours.with(theirs);
        if (agreed == null) weak = true;
        else add(agreed);
        return this;
    }

    KeyMaterial encapsulated(Secret secret) {
        add(secret.unsafeBytes());
        return this;
    }

    /** Null if one of the keys was weak. */
    @Nullable
    Agreed agree(RegistryId registry, ByteString binding) {
        var material = Arrays.copyOf(bytes, length);
        Secret.wipe(bytes);
        try {
            if (weak) return null;
            var derived = Hkdf.derive(
                    new byte[Secret.BYTES],
                    material,
                    Label.of("pqxdh", registry),
                    Secret.BYTES + Agreed.SESSION_ID_BYTES);
            var sessionId = ByteString.fromArray(derived, Secret.BYTES, Agreed.SESSION_ID_BYTES);
            var agreed = new Agreed(registry, sessionId, Hkdf.part(derived, 0), binding);
            Secret.wipe(derived);
            return agreed;
        } finally {
            Secret.wipe(material);
        }
    }

    private void add(byte[] secret) {
        System.arraycopy(secret, 0, bytes, length, Secret.BYTES);
        length += Secret.BYTES;
        Secret.wipe(secret);
    }
}
