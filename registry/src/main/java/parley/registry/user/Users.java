package parley.registry.user;

import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityRef;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityTypeKey;
import parley.messages.name.UserName;

/** Where the users are: a reference for every name, whether or not an account exists. */
public final class Users {
    static final EntityTypeKey<UserRegistry.Command> USER = EntityTypeKey.create(UserRegistry.Command.class, "user");

    private final ClusterSharding sharding;

    private Users(ClusterSharding sharding) {
        this.sharding = sharding;
    }

    public static Users init(ActorSystem<?> system) {
        return new Users(ClusterSharding.get(system));
    }

    public EntityRef<UserRegistry.Command> of(UserName name) {
        return sharding.entityRefFor(USER, name.text());
    }
}
