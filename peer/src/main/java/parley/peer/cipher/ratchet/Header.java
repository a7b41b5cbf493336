package parley.peer.cipher.ratchet;

import org.apache.pekko.util.ByteString;
import parley.messages.field.FieldReader;
import parley.messages.field.FieldWriter;
import parley.messages.identity.AgreementKey;
import parley.peer.cipher.agreement.Agreed;

/**
 * Which key opens a message.
 *
 * @param ratchet the sender's, of the turn
 * @param previousLength how many messages the sender's chain before this turn had
 * @param number of this message in its chain, from 0
 */
record Header(ByteString sessionId, AgreementKey ratchet, long previousLength, long number) {
    static final int BYTES = Agreed.SESSION_ID_BYTES + AgreementKey.BYTES + 4 + 4;

    static Header read(FieldReader in) {
        return new Header(
                in.bytes(Agreed.SESSION_ID_BYTES), new AgreementKey(in.bytes(AgreementKey.BYTES)), in.u32(), in.u32());
    }

    void write(FieldWriter out) {
        out.bytes(sessionId).bytes(ratchet.bytes()).u32(previousLength).u32(number);
    }
}
