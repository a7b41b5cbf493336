package parley.messages.identity;

import org.apache.pekko.util.ByteString;
import parley.messages.field.FieldReader;
import parley.messages.field.FieldWriter;
import parley.messages.field.MalformedFields;
import parley.messages.identity.Appending.Longer;
import parley.messages.name.UserName;

/** A whole chain in a row: each statement behind its length of two bytes, to the end of the bytes. */
public final class KeyChainCodec {
    /** Of all statements of the longest chain; held against the bytes before anything is read from them. */
    public static final int BYTES_MAX = KeyChain.STATEMENTS_MAX * (2 + StatementCodec.BYTES_MAX);

    public static ByteString encode(KeyChain chain) {
        var out = new FieldWriter();
        for (var statement : chain.statements()) {
            var bytes = StatementCodec.encode(statement);
            out.u16(bytes.size()).bytes(bytes);
        }
        return out.toByteString();
    }

    /**
     * Reads and verifies.
     *
     * @throws MalformedFields if {@code bytes} are no row of statements
     */
    public static Appending decode(RegistryId registry, UserName name, ByteString bytes) {
        if (bytes.size() > BYTES_MAX)
            throw new MalformedFields("a chain of %d bytes, expected at most %d".formatted(bytes.size(), BYTES_MAX));
        var in = new FieldReader(bytes);
        var answer = KeyChain.begin(registry, name, next(in));
        while (in.left() > 0 && answer instanceof Longer(var chain)) answer = chain.append(next(in));
        return answer;
    }

    private static Statement next(FieldReader in) {
        return StatementCodec.decode(in.bytes(in.u16()));
    }

    private KeyChainCodec() {}
}
