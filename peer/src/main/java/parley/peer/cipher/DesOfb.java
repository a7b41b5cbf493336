package parley.peer.cipher;

import java.security.SecureRandom;
import java.util.List;
import org.apache.pekko.util.ByteString;
import org.bouncycastle.crypto.engines.DESedeEngine;
import org.bouncycastle.crypto.modes.OFBBlockCipher;
import org.bouncycastle.crypto.params.ParametersWithIV;
import org.jspecify.annotations.Nullable;
import parley.messages.classic.PeerCodec;
import parley.messages.classic.Sealed;

/**
 * Triple DES in output feedback mode. OFB is a key stream: sealing and opening are the same operation, any length fits
 * without padding, and two texts under one key and IV would reveal each other, hence a fresh IV each time.
 */
final class DesOfb {
    private static final int FEEDBACK_BITS = 64;

    private final DesKey key;
    private final SecureRandom random;
    private final OFBBlockCipher stream = new OFBBlockCipher(new DESedeEngine(), FEEDBACK_BITS);
    private boolean keyed;

    DesOfb(DesKey key, SecureRandom random) {
        this.key = key;
        this.random = random;
    }

    List<Sealed> seal(List<ByteString> plain) {
        return plain.stream().map(this::seal).toList();
    }

    private Sealed seal(ByteString plain) {
        var iv = new byte[PeerCodec.IV_BYTES];
        random.nextBytes(iv);
        return new Sealed(ByteString.fromArrayUnsafe(iv), Hex.encode(crypt(iv, plain.toArrayUnsafe())));
    }

    /** Null if one of them is no ciphertext: its IV has not 8 bytes, or its digits are not hex. */
    @Nullable
    List<ByteString> open(List<Sealed> sealed) {
        var plain = new ByteString[sealed.size()];
        for (int i = 0; i < plain.length; i++) {
            var one = sealed.get(i);
            var bytes = Hex.decode(one.hex());
            if (bytes == null || one.iv().size() != PeerCodec.IV_BYTES) return null;
            plain[i] = ByteString.fromArrayUnsafe(crypt(one.iv().toArray(), bytes));
        }
        return List.of(plain);
    }

    private byte[] crypt(byte[] iv, byte[] in) {
        // The key schedule is computed once; a null key keeps it.
        stream.init(true, new ParametersWithIV(keyed ? null : key.parameters(), iv));
        keyed = true;
        var out = new byte[in.length];
        stream.processBytes(in, 0, in.length, out, 0);
        return out;
    }

    @Override
    public String toString() {
        return "redacted";
    }
}
