package parley.peer.store;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Optional;
import org.apache.pekko.util.ByteString;
import parley.messages.directory.Invite;
import parley.messages.directory.MalformedLine;
import parley.messages.field.FieldReader;
import parley.messages.field.FieldWriter;
import parley.messages.field.MalformedFields;
import parley.peer.cipher.primitive.Secret;

/**
 * What a sign-up needs of which nobody knows yet whether the registry took it: in the vault until it was answered, by
 * itself or by the first sign-in that the registry lets in. The words that it shows are then kept by nobody but the user.
 *
 * <pre>
 *   version 1 | recovery key 32 | invitation, ascii, to the end; empty for none
 * </pre>
 */
public record PendingSignUp(Secret recovery, Optional<Invite> invite) {
    static final String TABLE = "account";
    static final ByteString KEY = ByteString.fromString("sign-up");
    private static final int VERSION = 1;

    /** It was answered, and the words were shown. */
    public static Change over() {
        return new Change.Delete(TABLE, KEY);
    }

    ByteString encode() {
        return new FieldWriter()
                .u8(VERSION)
                .bytes(recovery.toByteString())
                .bytes(invite.map(Invite::code).orElse("").getBytes(US_ASCII))
                .toByteString();
    }

    static PendingSignUp decode(ByteString bytes) {
        var in = FieldReader.of(bytes, VERSION);
        var recovery = Secret.of(in.array(Secret.BYTES));
        var code = new String(in.array(in.left()), US_ASCII);
        try {
            return new PendingSignUp(recovery, code.isEmpty() ? Optional.empty() : Optional.of(new Invite(code)));
        } catch (MalformedLine bad) {
            throw new MalformedFields(String.valueOf(bad.getMessage()));
        }
    }

    @Override
    public String toString() {
        return "redacted";
    }
}
