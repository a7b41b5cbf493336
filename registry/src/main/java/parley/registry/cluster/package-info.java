/**
 * One node that forms a cluster by itself, and that no other can reach.
 *
 * <p><b>Flow.</b> {@code RegistryMain} puts {@link parley.registry.cluster.ClusterOfOne#config()} beneath the
 * operator's configuration, starts the actor system and lets it join itself; Pekko makes a {@link
 * parley.registry.cluster.RefusesEveryHandshake} for the port that its remoting insists on.
 *
 * <p><b>Leans on</b> Pekko Cluster; on nothing of ours. Its settings are in {@code registry-pekko.conf}.
 *
 * <p><b>To run several nodes:</b> a configuration file with seed nodes, certificates for remoting, a downing strategy
 * and a database that they share; none of it is in the code.
 */
@org.jspecify.annotations.NullMarked
package parley.registry.cluster;
