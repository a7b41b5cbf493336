package parley.messages.identity;

import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.util.ByteString;
import parley.messages.field.FieldReader;
import parley.messages.field.FieldWriter;
import parley.messages.field.MalformedFields;

/** Statements in a row: each behind its length of two bytes, to the end of the bytes. Nothing here was verified. */
public final class StatementRow {
    private static final int LENGTH_BYTES = 2;

    public static ByteString encode(List<Statement> statements) {
        var out = new FieldWriter();
        for (var statement : statements) {
            var bytes = StatementCodec.encode(statement);
            out.u16(bytes.size()).bytes(bytes);
        }
        return out.toByteString();
    }

    /** @throws MalformedFields if {@code bytes} are anything else; no bytes are no statements */
    public static List<Statement> decode(ByteString bytes) {
        var in = new FieldReader(bytes);
        var statements = new ArrayList<Statement>();
        while (in.left() > 0) statements.add(StatementCodec.decode(in.bytes(in.u16())));
        return List.copyOf(statements);
    }

    /** As many of the first ones as have no more than {@code bytesMax} in a row. */
    public static List<Statement> fitting(List<Statement> statements, int bytesMax) {
        int bytes = 0;
        int count = 0;
        for (var statement : statements) {
            bytes += LENGTH_BYTES + StatementCodec.encode(statement).size();
            if (bytes > bytesMax) break;
            count++;
        }
        return statements.subList(0, count);
    }

    private StatementRow() {}
}
