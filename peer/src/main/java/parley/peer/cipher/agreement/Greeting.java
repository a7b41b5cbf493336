package parley.peer.cipher.agreement;

import java.util.OptionalLong;
import org.apache.pekko.util.ByteString;
import parley.messages.field.FieldReader;
import parley.messages.field.FieldWriter;
import parley.messages.field.MalformedFields;
import parley.messages.identity.AgreementKey;
import parley.peer.cipher.primitive.KemPair;

/**
 * What the responder needs to come to the same secret; docs/PROTOCOL.md §3.3. It travels in front of every message of a
 * session until the responder has answered in it.
 *
 * <pre>
 *   0          32          64          96      100    101          105
 *   +----------+-----------+-----------+-------+------+------------+----------------+
 *   | identity | agreement | ephemeral | offer | flag | one-time   | KEM ciphertext |
 *   +----------+-----------+-----------+-------+------+------------+----------------+
 * </pre>
 *
 * @param identity the initiator's identity key; bytes only, because it is compared and never used
 * @param agreement the initiator's agreement key
 * @param offer the sequence of the responder's statement that named the prekeys
 * @param oneTime the id of the one-time prekeys, if there were any; else the field is zero
 */
public record Greeting(
        ByteString identity,
        AgreementKey agreement,
        AgreementKey ephemeral,
        long offer,
        OptionalLong oneTime,
        ByteString ciphertext) {
    private static final int IDENTITY_BYTES = 32;
    public static final int BYTES = IDENTITY_BYTES + 2 * AgreementKey.BYTES + 4 + 1 + 4 + KemPair.CIPHERTEXT_BYTES;

    public ByteString encode() {
        return new FieldWriter()
                .bytes(identity)
                .bytes(agreement.bytes())
                .bytes(ephemeral.bytes())
                .u32(offer)
                .u8(oneTime.isPresent() ? 1 : 0)
                .u32(oneTime.orElse(0))
                .bytes(ciphertext)
                .toByteString();
    }

    /** @throws MalformedFields if the next {@value #BYTES} bytes are none */
    public static Greeting read(FieldReader in) {
        return new Greeting(
                in.bytes(IDENTITY_BYTES),
                new AgreementKey(in.bytes(AgreementKey.BYTES)),
                new AgreementKey(in.bytes(AgreementKey.BYTES)),
                in.u32(),
                oneTime(in.flag(), in.u32()),
                in.bytes(KemPair.CIPHERTEXT_BYTES));
    }

    private static OptionalLong oneTime(boolean present, long id) {
        if (!present && id != 0) throw new MalformedFields("an id of prekeys that are not there");
        return present ? OptionalLong.of(id) : OptionalLong.empty();
    }

    @Override
    public String toString() {
        return "Greeting[offer %d]".formatted(offer);
    }
}
