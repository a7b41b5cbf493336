package parley.registry.cluster;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Join;

public final class ClusterOfOne {
    /**
     * What Pekko is told in a registry, to be put beneath everything else: {@code
     * ConfigFactory.load(folder.config().withFallback(operators).withFallback(ClusterOfOne.config()))}. Not in
     * reference.conf, where a peer on the same class path would take it for its own.
     */
    public static Config config() {
        return ConfigFactory.parseResources(ClusterOfOne.class.getClassLoader(), "registry-pekko.conf");
    }

    /** Forms the cluster; sharded entities answer a little later, so ask the list of groups to learn when. */
    public static void join(ActorSystem<?> system) {
        var cluster = Cluster.get(system);
        cluster.manager().tell(Join.create(cluster.selfMember().address()));
    }

    private ClusterOfOne() {}
}
