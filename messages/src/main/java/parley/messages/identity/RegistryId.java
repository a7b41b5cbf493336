package parley.messages.identity;

import java.util.HexFormat;
import org.apache.pekko.util.ByteString;

/**
 * Which registry an account belongs to: {@value #BYTES} bytes, random, made at its first start. It is part of
 * everything that is signed or derived, so that nothing made for one registry means anything at another.
 */
public record RegistryId(ByteString bytes) {
    public static final int BYTES = 16;

    /** @throws BadKey unless there are {@value #BYTES} */
    public RegistryId {
        bytes = Octets.sized("a registry's id", BYTES, bytes);
    }

    @Override
    public String toString() {
        return HexFormat.of().formatHex(bytes.toArrayUnsafe());
    }
}
