/**
 * The registry: who exists, where they are, which groups there are.
 *
 * <p><b>Flow.</b> {@link parley.registry.RegistryMain} reads the command line and the settings; {@link
 * parley.registry.Registry} claims the data folder, starts the actor system, the cluster of one, the shards, and last
 * the gate: whoever can connect is answered.
 *
 * <p><b>Leans on</b> everything below it; nothing leans on it.
 *
 * <p><b>To add a setting:</b> {@code reference.conf}, with its unit and reason; then read it where it is used.
 */
@org.jspecify.annotations.NullMarked
package parley.registry;
