package parley.registry.user;

import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.apache.pekko.actor.typed.RecipientRef;
import parley.messages.identity.RegistryId;
import parley.messages.name.UserName;

/**
 * What a modern account leans on beside its own journal; the same for all of them.
 *
 * @param envelopes how many wait for a name
 * @param others the entities of other names
 */
record Surroundings(
        RegistryId registry,
        SignUpPolicy signUp,
        Invitations invitations,
        PairStock pairs,
        Function<UserName, CompletionStage<Integer>> envelopes,
        Function<UserName, RecipientRef<UserRegistry.Command>> others) {}
