package parley.peer;

import java.util.List;
import parley.peer.modern.ModernSettings;
import parley.peer.session.PeerSettings;
import parley.peer.talk.Lines;

/** Which of the two protocols a program speaks, for as long as it runs. */
sealed interface World {
    /** What this world can't give; said once, at the start. */
    List<String> warning();

    record Classic(PeerSettings settings) implements World {
        @Override
        public List<String> warning() {
            return Lines.CLASSIC_WARNING;
        }
    }

    record Modern(ModernSettings settings) implements World {
        @Override
        public List<String> warning() {
            return List.of();
        }
    }
}
