package parley.peer.session;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import parley.peer.talk.Party;

/** A text or a file on its way to one party. */
sealed interface Parcel {
    /** Prints without its content. */
    record Text(String text) implements Parcel {
        @Override
        public String toString() {
            return "Text[redacted]";
        }
    }

    record File(Path path) implements Parcel {
        @Override
        public String toString() {
            return "File[redacted]";
        }
    }

    /**
     * How far it came.
     *
     * @param delivered how many received it
     * @param missed who did not, by name or else by address
     */
    record Reached(int delivered, List<String> missed) {
        Reached and(Reached other) {
            var all = new ArrayList<>(missed);
            all.addAll(other.missed);
            return new Reached(delivered + other.delivered, List.copyOf(all));
        }
    }

    /** Where parcels to one party go one after the other: texts don't wait behind a file. */
    record Lane(Party to, boolean files) {
        static Lane of(Party to, Parcel parcel) {
            return new Lane(to, parcel instanceof File);
        }
    }
}
