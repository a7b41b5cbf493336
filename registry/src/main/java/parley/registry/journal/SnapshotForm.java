package parley.registry.journal;

import java.util.function.Function;
import org.apache.pekko.persistence.typed.SnapshotAdapter;

/** An entity's state to the record that is written, and back: the one may change, the other may not. */
public final class SnapshotForm<S, J extends Snapshot> implements SnapshotAdapter<S> {
    private final Class<J> written;
    private final Function<S, J> write;
    private final Function<J, S> read;

    private SnapshotForm(Class<J> written, Function<S, J> write, Function<J, S> read) {
        this.written = written;
        this.write = write;
        this.read = read;
    }

    public static <S, J extends Snapshot> SnapshotAdapter<S> of(
            Class<J> written, Function<S, J> write, Function<J, S> read) {
        return new SnapshotForm<>(written, write, read);
    }

    @Override
    public Object toJournal(S state) {
        return write.apply(state);
    }

    @Override
    public S fromJournal(Object from) {
        return read.apply(written.cast(from));
    }
}
