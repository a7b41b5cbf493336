package parley.messages.identity;

import org.apache.pekko.util.ByteString;
import parley.messages.field.FieldReader;
import parley.messages.field.FieldWriter;
import parley.messages.field.MalformedFields;
import parley.messages.name.BadName;
import parley.messages.name.UserName;

/**
 * Statements to bytes and back; docs/PROTOCOL.md §2.2.
 *
 * <pre>
 *   0         1          5          37     45        46       48      48+n
 *   +---------+----------+----------+------+---------+--------+-- - --+-----------+
 *   | version | sequence | previous | time | purpose | length | body  | signature |
 *   +---------+----------+----------+------+---------+--------+-- - --+-----------+
 * </pre>
 */
public final class StatementCodec {
    private static final int VERSION = 1;
    private static final int HEADER_BYTES = 1 + 4 + Draft.HASH_BYTES + 8 + 1 + 2;

    /** The longest there is: a week's prekeys. Held against the bytes before anything is read from them. */
    public static final int BYTES_MAX = HEADER_BYTES + AgreementKey.BYTES + KemKey.BYTES + Signature.BYTES;

    private static final int IDENTITY = 1;
    private static final int TLS = 2;
    private static final int AGREEMENT = 3;
    private static final int SIGNED_PREKEYS = 4;
    private static final int SUCCESSOR = 5;
    private static final int REVOKE = 6;

    public static ByteString encode(Statement statement) {
        return unsigned(statement.draft()).concat(statement.signature().bytes()).compact();
    }

    /** @throws MalformedFields if {@code bytes} are not exactly one statement */
    public static Statement decode(ByteString bytes) {
        if (bytes.size() > BYTES_MAX)
            throw new MalformedFields(
                    "a statement of %d bytes, expected at most %d".formatted(bytes.size(), BYTES_MAX));
        var in = FieldReader.of(bytes, VERSION);
        try {
            long sequence = in.u32();
            var previous = in.bytes(Draft.HASH_BYTES);
            long timeMillis = in.u63();
            int purpose = in.u8();
            var body = new FieldReader(in.bytes(in.u16()));
            var claim = claim(purpose, body);
            body.end();
            var signature = new Signature(in.bytes(Signature.BYTES));
            in.end();
            return new Statement(new Draft(sequence, previous, timeMillis, claim), signature);
        } catch (BadKey | BadName bad) {
            throw new MalformedFields(String.valueOf(bad.getMessage()));
        }
    }

    static ByteString unsigned(Draft draft) {
        var body = body(draft.claim());
        return new FieldWriter()
                .u8(VERSION)
                .u32(draft.sequence())
                .bytes(draft.previous())
                .u63(draft.timeMillis())
                .u8(number(draft.claim()))
                .u16(body.length)
                .bytes(body)
                .toByteString();
    }

    private static int number(Claim claim) {
        return switch (claim) {
            case Claim.Identity identity -> IDENTITY;
            case Claim.Tls tls -> TLS;
            case Claim.Agreement agreement -> AGREEMENT;
            case Claim.SignedPrekeys prekeys -> SIGNED_PREKEYS;
            case Claim.Successor successor -> SUCCESSOR;
            case Claim.Revoke revoke -> REVOKE;
        };
    }

    private static byte[] body(Claim claim) {
        var out = new FieldWriter();
        switch (claim) {
            case Claim.Identity(var name, var identity, var recovery) ->
                out.ascii(name.text()).bytes(identity.bytes()).bytes(recovery.bytes());
            case Claim.Tls(var key) -> out.bytes(key.bytes());
            case Claim.Agreement(var key) -> out.bytes(key.bytes());
            case Claim.SignedPrekeys(var prekey, var kem) ->
                out.bytes(prekey.bytes()).bytes(kem.bytes());
            case Claim.Successor(var next, var proof) -> out.bytes(next.bytes()).bytes(proof.bytes());
            case Claim.Revoke() -> {}
        }
        return out.toBytes();
    }

    private static Claim claim(int purpose, FieldReader body) {
        return switch (purpose) {
            case IDENTITY -> new Claim.Identity(name(body), identityKey(body), identityKey(body));
            case TLS -> new Claim.Tls(identityKey(body));
            case AGREEMENT -> new Claim.Agreement(agreementKey(body));
            case SIGNED_PREKEYS -> new Claim.SignedPrekeys(agreementKey(body), new KemKey(body.bytes(KemKey.BYTES)));
            case SUCCESSOR -> new Claim.Successor(identityKey(body), new Signature(body.bytes(Signature.BYTES)));
            case REVOKE -> new Claim.Revoke();
            default -> throw new MalformedFields("purpose %d, expected 1 to 6".formatted(purpose));
        };
    }

    /** Names are folded elsewhere; here a second spelling would be a second encoding of the same statement. */
    private static UserName name(FieldReader body) {
        var text = body.ascii();
        var name = new UserName(text);
        if (!name.text().equals(text)) throw new MalformedFields("a name in upper case");
        return name;
    }

    private static IdentityKey identityKey(FieldReader body) {
        return new IdentityKey(body.bytes(IdentityKey.BYTES));
    }

    private static AgreementKey agreementKey(FieldReader body) {
        return new AgreementKey(body.bytes(AgreementKey.BYTES));
    }

    private StatementCodec() {}
}
