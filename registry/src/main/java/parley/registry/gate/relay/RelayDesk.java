package parley.registry.gate.relay;

import java.util.concurrent.CompletionStage;
import parley.messages.identity.IdentityKey;
import parley.messages.name.UserName;
import parley.registry.user.ModernUser;

/** Says whether whoever shows this key could sign in as {@code name}; fails if that cannot be said now. */
@FunctionalInterface
public interface RelayDesk {
    CompletionStage<ModernUser.Recognition> recognise(UserName name, IdentityKey shown);
}
