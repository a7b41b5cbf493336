package parley.messages.identity;

import org.apache.pekko.util.ByteString;
import parley.messages.field.FieldReader;
import parley.messages.field.FieldWriter;
import parley.messages.field.MalformedFields;

/**
 * A pair of prekeys that serve one first message: the registry hands each pair out once. Signed, so that the registry
 * cannot put in keys of its own.
 *
 * @param id chosen by the owner, never used twice under one identity
 */
public record OneTimePrekeys(long id, AgreementKey prekey, KemKey kem, Signature signature) {
    public static final int BYTES = 4 + AgreementKey.BYTES + KemKey.BYTES + Signature.BYTES;

    /** What the signature is over. */
    public static ByteString signed(RegistryId registry, long id, AgreementKey prekey, KemKey kem) {
        return new FieldWriter()
                .bytes(Label.of("one-time-prekeys", registry))
                .u32(id)
                .bytes(prekey.bytes())
                .bytes(kem.bytes())
                .toByteString();
    }

    public boolean isSignedBy(IdentityKey owner, RegistryId registry) {
        return owner.verifies(signed(registry, id, prekey, kem), signature);
    }

    public ByteString encode() {
        return new FieldWriter()
                .u32(id)
                .bytes(prekey.bytes())
                .bytes(kem.bytes())
                .bytes(signature.bytes())
                .toByteString();
    }

    /** @throws MalformedFields if {@code bytes} are not exactly one pair */
    public static OneTimePrekeys decode(ByteString bytes) {
        var in = new FieldReader(bytes);
        try {
            var read = new OneTimePrekeys(
                    in.u32(),
                    new AgreementKey(in.bytes(AgreementKey.BYTES)),
                    new KemKey(in.bytes(KemKey.BYTES)),
                    new Signature(in.bytes(Signature.BYTES)));
            in.end();
            return read;
        } catch (BadKey bad) {
            throw new MalformedFields(String.valueOf(bad.getMessage()));
        }
    }
}
