package parley.proving.modern.evil;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.pekko.util.ByteString;
import parley.messages.wire.EnvelopeCodec;

/**
 * What is open of sealed messages, docs/PROTOCOL.md §4.4: which key sealed them, with which nonce. It is read from the
 * bytes here and not by the program's own codec, for that is what is tested.
 *
 * <pre>
 *   kind 1 | greeting 1193, kind 2 only | session 16, ratchet 32, previous length 4, number 4 | nonce 12 | box
 * </pre>
 */
final class NonceRecorder {
    private static final int GREETING = 1_193;
    private static final int NONCE = 12;

    /** The session, the ratchet key and the number decide the message key. */
    record Key(ByteString session, ByteString ratchet, ByteString number) {}

    private record Use(Key key, ByteString nonce) {}

    /** @param broken keys that sealed two things with one nonce: the end of all secrecy */
    record Findings(int messages, int keys, int keysUsedAgain, Set<Key> broken) {}

    static Findings read(List<ByteString> envelopes) {
        Map<Use, ByteString> boxes = new HashMap<>();
        Map<Key, Set<ByteString>> nonces = new HashMap<>();
        var broken = new HashSet<Key>();
        for (var envelope : envelopes) {
            var message = EnvelopeCodec.decode(envelope).message();
            var header = message.drop(message.head() == 2 ? 1 + GREETING : 1);
            var key = new Key(header.take(16), header.slice(16, 48), header.slice(52, 56));
            var nonce = header.slice(56, 56 + NONCE);
            var box = header.drop(56 + NONCE);
            nonces.computeIfAbsent(key, none -> new HashSet<>()).add(nonce);
            var before = boxes.putIfAbsent(new Use(key, nonce), box);
            // The same bytes once more are the same envelope at another attempt.
            if (before != null && !before.equals(box)) broken.add(key);
        }
        int again = (int) nonces.values().stream().filter(all -> all.size() > 1).count();
        return new Findings(boxes.size(), nonces.size(), again, broken);
    }

    private NonceRecorder() {}
}
