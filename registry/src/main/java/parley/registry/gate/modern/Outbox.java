package parley.registry.gate.modern;

import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;
import org.apache.pekko.util.ByteString;
import parley.messages.directory.Push;
import parley.messages.directory.PushCodec;
import parley.messages.name.UserName;

/**
 * What waits to be read by one peer. Of what is told about somebody only the newest waits, so that a peer that does not
 * read costs no more than its contacts are many; the number of answers is bounded by who looks at requests.
 */
final class Outbox {
    /** Lines that go out as one piece: fewer records and writes, still far from a record's size for a lone answer. */
    private static final int PIECE_BYTES_MAX = 16 * 1024;

    /** What two pushes about the same thing have in common. */
    private sealed interface Subject {
        record Presence(UserName of) implements Subject {}

        record Chain(UserName of) implements Subject {}

        record Prekeys() implements Subject {}
    }

    private final Map<Subject, ByteString> news = new LinkedHashMap<>();
    private final Queue<ByteString> lines = new ArrayDeque<>();
    private long bytes;

    void add(ByteString line) {
        lines.add(line);
        bytes += line.size();
    }

    /** Later news replace earlier ones that nobody has read. */
    void add(Push push) {
        var line = PushCodec.encode(push);
        switch (push) {
            case Push.Online(var name, var at) -> replace(new Subject.Presence(name), line);
            case Push.Offline(var name) -> replace(new Subject.Presence(name), line);
            case Push.Chain(var name, var statements) -> replace(new Subject.Chain(name), line);
            case Push.Prekeys prekeys -> replace(new Subject.Prekeys(), line);
            case Push.Hello hello -> add(line);
            case Push.Envelope envelope -> add(line);
            case Push.Superseded superseded -> {
                news.clear();
                add(line);
            }
        }
    }

    boolean isEmpty() {
        return news.isEmpty() && lines.isEmpty();
    }

    /** Of answers and envelopes. */
    long bytes() {
        return bytes;
    }

    /** The next ones, at least one line and as many as fit a piece; empty if there are none. */
    ByteString next() {
        var piece = ByteString.emptyByteString();
        while (!isEmpty()) {
            var line =
                    news.isEmpty() ? lines.element() : news.values().iterator().next();
            if (!piece.isEmpty() && piece.size() + line.size() > PIECE_BYTES_MAX) break;
            piece = piece.concat(line);
            if (news.isEmpty()) bytes -= lines.remove().size();
            else news.remove(news.keySet().iterator().next());
        }
        return piece.compact();
    }

    private void replace(Subject subject, ByteString line) {
        news.remove(subject);
        news.put(subject, line);
    }
}
