package parley.peer.cipher.ratchet;

import java.util.ArrayList;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;
import parley.messages.field.FieldReader;
import parley.messages.field.FieldWriter;
import parley.messages.field.MalformedFields;
import parley.messages.identity.AgreementKey;
import parley.messages.identity.RegistryId;
import parley.peer.cipher.agreement.Agreed;
import parley.peer.cipher.agreement.Binding;
import parley.peer.cipher.primitive.AgreementPair;
import parley.peer.cipher.primitive.Secret;

/**
 * A ratchet as the vault keeps it. Everything in it is secret: these bytes leave this machine sealed or not at all.
 *
 * <pre>
 *   version 1 | registry 16 | session id 16 | binding 32 | root 32 | own private 32
 *   flag 1 [theirs 32] | flag 1 [sending key 32, next 4] | previous length 4 | flag 1 [receiving key 32, next 4]
 *   count 2, each: ratchet key 32 | number 4 | key 32 | since 8
 * </pre>
 */
final class RatchetCodec {
    private static final int VERSION = 1;

    static ByteString encode(Ratchet ratchet) {
        var out = new FieldWriter()
                .u8(VERSION)
                .bytes(ratchet.derive().registry().bytes())
                .bytes(ratchet.sessionId())
                .bytes(ratchet.binding())
                .bytes(ratchet.root().unsafeBytes())
                .bytes(ratchet.own().secret().unsafeBytes());
        var theirs = ratchet.theirs();
        out.u8(theirs == null ? 0 : 1);
        if (theirs != null) out.bytes(theirs.bytes());
        write(ratchet.sending(), out);
        out.u32(ratchet.previousLength());
        write(ratchet.receiving(), out);
        out.u16(ratchet.skipped().keys().size());
        for (var key : ratchet.skipped().keys())
            out.bytes(key.ratchet().bytes())
                    .u32(key.number())
                    .bytes(key.key().unsafeBytes())
                    .u63(key.sinceMillis());
        return out.toByteString();
    }

    /** @throws MalformedFields if {@code bytes} are not exactly one ratchet */
    static Ratchet decode(ByteString bytes) {
        var in = FieldReader.of(bytes, VERSION);
        var ratchet = new Ratchet(
                Derivation.at(new RegistryId(in.bytes(RegistryId.BYTES))),
                in.bytes(Agreed.SESSION_ID_BYTES),
                in.bytes(Binding.BYTES),
                secret(in),
                AgreementPair.of(secret(in)),
                in.flag() ? key(in) : null,
                chain(in),
                in.u32(),
                chain(in),
                skipped(in));
        in.end();
        return ratchet;
    }

    private static void write(@Nullable Chain chain, FieldWriter out) {
        out.u8(chain == null ? 0 : 1);
        if (chain != null) out.bytes(chain.key().unsafeBytes()).u32(chain.next());
    }

    private static @Nullable Chain chain(FieldReader in) {
        return in.flag() ? new Chain(secret(in), in.u32()) : null;
    }

    private static Skipped skipped(FieldReader in) {
        int count = in.u16();
        if (count > Skipped.KEYS_MAX)
            throw new MalformedFields("%d skipped keys, expected at most %d".formatted(count, Skipped.KEYS_MAX));
        var keys = new ArrayList<Skipped.Key>(count);
        for (int i = 0; i < count; i++) keys.add(new Skipped.Key(key(in), in.u32(), secret(in), in.u63()));
        return new Skipped(keys);
    }

    private static AgreementKey key(FieldReader in) {
        return new AgreementKey(in.bytes(AgreementKey.BYTES));
    }

    private static Secret secret(FieldReader in) {
        return Secret.of(in.array(Secret.BYTES));
    }

    private RatchetCodec() {}
}
