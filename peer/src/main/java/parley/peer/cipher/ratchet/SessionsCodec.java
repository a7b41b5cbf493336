package parley.peer.cipher.ratchet;

import java.util.ArrayList;
import org.apache.pekko.util.ByteString;
import parley.messages.field.FieldReader;
import parley.messages.field.FieldWriter;
import parley.messages.field.MalformedFields;
import parley.peer.cipher.agreement.Agreed;
import parley.peer.cipher.agreement.Greeting;

/**
 * A contact's sessions as the vault keeps them; as secret as what is in them.
 *
 * <pre>
 *   version 1 | count 1, each: flag 1 [greeting 1193] | length 4 | ratchet
 *   count 2, each: id 16
 * </pre>
 */
public final class SessionsCodec {
    private static final int VERSION = 1;

    public static ByteString encode(Sessions sessions) {
        var out = new FieldWriter().u8(VERSION).u8(sessions.sessions().size());
        for (var session : sessions.sessions()) {
            var greeting = session.greeting();
            out.u8(greeting == null ? 0 : 1);
            if (greeting != null) out.bytes(greeting.encode());
            var ratchet = RatchetCodec.encode(session.ratchet());
            out.u32(ratchet.size()).bytes(ratchet);
        }
        out.u16(sessions.ended().size());
        sessions.ended().forEach(out::bytes);
        return out.toByteString();
    }

    /** @throws MalformedFields if {@code bytes} are not exactly the sessions of one contact */
    public static Sessions decode(ByteString bytes) {
        var in = FieldReader.of(bytes, VERSION);
        var sessions = new ArrayList<Session>();
        for (int count = atMost(Sessions.SESSIONS_MAX, in.u8()); count > 0; count--) {
            var greeting = in.flag() ? Greeting.read(in) : null;
            long length = in.u32();
            if (length > in.left()) throw new MalformedFields("%d bytes left of a ratchet".formatted(in.left()));
            sessions.add(new Session(RatchetCodec.decode(in.bytes((int) length)), greeting));
        }
        var ended = new ArrayList<ByteString>();
        for (int count = atMost(Sessions.ENDED_MAX, in.u16()); count > 0; count--)
            ended.add(in.bytes(Agreed.SESSION_ID_BYTES));
        in.end();
        return new Sessions(sessions, ended);
    }

    private static int atMost(int max, int found) {
        if (found > max) throw new MalformedFields("%d entries, expected at most %d".formatted(found, max));
        return found;
    }

    private SessionsCodec() {}
}
