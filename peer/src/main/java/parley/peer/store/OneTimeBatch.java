package parley.peer.store;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.pekko.util.ByteString;
import parley.messages.field.FieldReader;
import parley.messages.field.FieldWriter;
import parley.messages.identity.OneTimePrekeys;
import parley.messages.identity.RegistryId;
import parley.peer.cipher.agreement.PrivateKeys.OneTimePairs;
import parley.peer.cipher.identity.SigningKey;
import parley.peer.cipher.primitive.AgreementPair;
import parley.peer.cipher.primitive.KemPair;
import parley.peer.cipher.primitive.Secret;

/**
 * New one-time prekeys: what is published, and the private halves by id. Prints as {@code redacted}.
 *
 * <pre>
 *   stored: version 1 | agreement secret 32 | KEM seed 64 | made 8
 * </pre>
 */
public record OneTimeBatch(List<OneTimePrekeys> published, Map<Long, ByteString> stored) {
    /** Pairs: what the registry is given at once. */
    public static final int SIZE = 100;

    private static final int VERSION = 1;
    private static final int MADE_AT = 1 + Secret.BYTES + KemPair.SEED_BYTES;

    /**
     * Takes some tens of milliseconds for {@value #SIZE}.
     *
     * <p>The ids are random. Counted ones would come again in a vault that was put back from an older copy, with other
     * keys behind them, and the registry passes over an id that it has seen.
     */
    static OneTimeBatch create(
            SigningKey identity, RegistryId registry, int count, long nowMillis, SecureRandom random) {
        var published = new ArrayList<OneTimePrekeys>(count);
        var stored = new LinkedHashMap<Long, ByteString>();
        while (stored.size() < count) {
            long id = random.nextInt() & 0xffff_ffffL;
            if (stored.containsKey(id)) continue;
            var pair = new OneTimePairs(AgreementPair.create(random), KemPair.create(random));
            published.add(
                    identity.sign(registry, id, pair.prekey().key(), pair.kem().key()));
            stored.put(id, encode(pair, nowMillis));
        }
        return new OneTimeBatch(published, stored);
    }

    static ByteString encode(OneTimePairs pair, long madeMillis) {
        return new FieldWriter()
                .u8(VERSION)
                .bytes(pair.prekey().secret().unsafeBytes())
                .bytes(pair.kem().seed())
                .u63(madeMillis)
                .toByteString();
    }

    static OneTimePairs decode(ByteString bytes) {
        var in = FieldReader.of(bytes, VERSION);
        var pair = new OneTimePairs(
                AgreementPair.of(Secret.of(in.array(Secret.BYTES))), KemPair.of(in.bytes(KemPair.SEED_BYTES)));
        in.u63();
        in.end();
        return pair;
    }

    static long madeMillis(ByteString bytes) {
        return new FieldReader(bytes.drop(MADE_AT)).u63();
    }

    @Override
    public String toString() {
        return "redacted";
    }
}
