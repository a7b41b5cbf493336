package parley.registry.journal;

import com.typesafe.config.Config;
import org.apache.pekko.persistence.typed.javadsl.RetentionCriteria;

/**
 * When a snapshot replaces events, which are then deleted.
 *
 * @param every events from one snapshot to the next
 * @param kept snapshots that stay, should the newest be unreadable
 */
public record Retention(int every, int kept) {
    public static Retention of(Config config) {
        var journal = config.getConfig("parley.registry.journal");
        return new Retention(journal.getInt("snapshot-every"), journal.getInt("snapshots-kept"));
    }

    public RetentionCriteria criteria() {
        return RetentionCriteria.snapshotEvery(every, kept).withDeleteEventsOnSnapshot();
    }
}
