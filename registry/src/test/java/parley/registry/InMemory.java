package parley.registry;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import org.apache.pekko.actor.testkit.typed.javadsl.ManualTime;
import org.apache.pekko.persistence.testkit.PersistenceTestKitPlugin;
import org.apache.pekko.persistence.testkit.PersistenceTestKitSnapshotPlugin;

/** For one actor alone: a journal in memory that still serializes what it is given, and time that the test moves. */
public final class InMemory {
    public static Config config() {
        return ConfigFactory.parseString("""
                        pekko.fail-mixed-versions = off
                        # A busy machine is no failure.
                        pekko.actor.testkit.typed.single-expect-default = 30 s
                        pekko.actor.testkit.typed.default-timeout = 30 s
                        pekko.actor.serializers.parley-journal = "parley.registry.journal.StoredSerializer"
                        pekko.actor.serialization-bindings."parley.registry.journal.Stored" = parley-journal
                        """)
                .withFallback(ManualTime.config())
                .withFallback(PersistenceTestKitPlugin.config())
                .withFallback(PersistenceTestKitSnapshotPlugin.config())
                .withFallback(ConfigFactory.load());
    }

    private InMemory() {}
}
