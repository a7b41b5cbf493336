package parley.peer.store;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.pekko.util.ByteString;
import parley.messages.field.FieldReader;
import parley.messages.field.FieldWriter;
import parley.peer.cipher.identity.SigningKey;
import parley.peer.cipher.primitive.AgreementPair;
import parley.peer.cipher.primitive.KemPair;
import parley.peer.cipher.primitive.Secret;

/**
 * The private halves of what our chain states, but for the recovery key, which is nowhere. Prints as {@code redacted}.
 *
 * <pre>
 *   version 1 | identity 32 | tls 32
 *   count 2, each: agreement secret 32, until 8 | count 2, each: KEM seed 64, until 8
 * </pre>
 *
 * @param pairs agreement keys, and the prekeys of offers
 * @param kems the last resorts of offers
 */
record OwnSecrets(SigningKey identity, SigningKey tls, List<Kept<AgreementPair>> pairs, List<Kept<KemPair>> kems) {
    private static final int VERSION = 1;

    /**
     * @param untilMillis of our own clock, when it is forgotten; {@link #PRESENT} as long as it is offered
     */
    record Kept<T>(T key, long untilMillis) {
        static final long PRESENT = Long.MAX_VALUE;

        Kept<T> until(long millis) {
            return untilMillis == PRESENT ? new Kept<>(key, millis) : this;
        }
    }

    OwnSecrets {
        pairs = List.copyOf(pairs);
        kems = List.copyOf(kems);
    }

    /** A new offer; the one before it is kept for first messages that are still on their way. */
    OwnSecrets offering(AgreementPair agreement, AgreementPair prekey, KemPair kem, long nowMillis, long keptMillis) {
        long until = nowMillis + keptMillis;
        var before = pairs.stream().map(pair -> pair.key().equals(agreement) ? pair : pair.until(until));
        return new OwnSecrets(
                identity,
                tls,
                Stream.concat(before, Stream.of(new Kept<>(prekey, Kept.PRESENT)))
                        .filter(kept -> kept.untilMillis > nowMillis)
                        .toList(),
                Stream.concat(kems.stream().map(kept -> kept.until(until)), Stream.of(new Kept<>(kem, Kept.PRESENT)))
                        .filter(kept -> kept.untilMillis > nowMillis)
                        .toList());
    }

    ByteString encode() {
        var out = new FieldWriter()
                .u8(VERSION)
                .bytes(identity.secret().unsafeBytes())
                .bytes(tls.secret().unsafeBytes())
                .u16(pairs.size());
        pairs.forEach(kept -> out.bytes(kept.key().secret().unsafeBytes()).u63(kept.untilMillis()));
        out.u16(kems.size());
        kems.forEach(kept -> out.bytes(kept.key().seed()).u63(kept.untilMillis()));
        return out.toByteString();
    }

    static OwnSecrets decode(ByteString bytes) {
        var in = FieldReader.of(bytes, VERSION);
        var secrets = new OwnSecrets(
                SigningKey.of(secret(in)),
                SigningKey.of(secret(in)),
                each(in, from -> AgreementPair.of(secret(from))),
                each(in, from -> KemPair.of(from.bytes(KemPair.SEED_BYTES))));
        in.end();
        return secrets;
    }

    private static <T> List<Kept<T>> each(FieldReader in, Function<FieldReader, T> read) {
        var all = new ArrayList<Kept<T>>();
        for (int count = in.u16(); count > 0; count--) all.add(new Kept<>(read.apply(in), in.u63()));
        return all;
    }

    private static Secret secret(FieldReader in) {
        return Secret.of(in.array(Secret.BYTES));
    }

    @Override
    public String toString() {
        return "redacted";
    }
}
