package parley.peer.modern;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.jspecify.annotations.Nullable;
import parley.messages.directory.Invite;
import parley.messages.name.Password;
import parley.messages.name.UserName;
import parley.peer.cipher.primitive.Argon2id.Cost;
import parley.peer.command.ModernInput;
import parley.peer.store.AccountVault;
import parley.peer.store.OwnKeys;
import parley.peer.talk.Happening;
import parley.peer.talk.ModernAnswer;
import parley.peer.vault.Vault;
import parley.peer.vault.VaultRefused;

/** The accounts of this machine. Their vaults block and take a while to unlock: on threads made for that. */
final class Accounts {
    /** Threads that may block. */
    static final String DISK = "parley.peer.transfer.disk-dispatcher";

    private final Path folder;
    private final Cost cost;
    private final Executor disk;

    private Accounts(Path folder, Cost cost, Executor disk) {
        this.folder = folder;
        this.cost = cost;
        this.disk = disk;
    }

    /** @param cost of guessing a password that is chosen here */
    static Accounts in(Path folder, Cost cost, ActorSystem<?> system) {
        var disk = system.dispatchers().lookup(DispatcherSelector.fromConfig(DISK));
        return new Accounts(folder, cost, disk::execute);
    }

    /** Fails with what {@link #why} can tell. */
    CompletionStage<AccountVault> open(UserName name, @Nullable Password password) {
        return work(() -> {
            var account = AccountVault.open(folder, name, characters(password), cost);
            // A peer idles for weeks: what unlocking took, 64 MiB as a rule, goes back to the system now, not some day.
            System.gc();
            return account;
        });
    }

    /** Fails with what {@link #why} can tell; then nothing was made. */
    CompletionStage<AccountVault> create(
            UserName name,
            @Nullable Password password,
            AccountVault.Home home,
            OwnKeys.Born born,
            Optional<Invite> invite) {
        return work(() -> AccountVault.create(folder, name, characters(password), cost, home, born, invite));
    }

    /** The registry has taken the new account. */
    CompletionStage<Void> signedUp(AccountVault account) {
        return work(() -> {
            try (account) {
                account.signedUp();
            }
            return null;
        });
    }

    CompletionStage<Void> close(AccountVault account) {
        return work(() -> {
            account.close();
            return null;
        });
    }

    CompletionStage<Void> discard(AccountVault account) {
        return work(() -> {
            account.vault().discard();
            return null;
        });
    }

    CompletionStage<Happening> importFrom(ModernInput.Import input) {
        return work(() -> Vault.importFrom(
                        folder, input.file().toAbsolutePath().normalize(), characters(input.password())))
                .<Happening>thenApply(name -> new Happening.Done(input.verb(), new ModernAnswer.Imported(name)))
                .exceptionally(failure -> new Happening.Failed(input.verb(), why(failure)));
    }

    /** For the user; never a stack trace. */
    static String why(@Nullable Throwable failure) {
        var cause = failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return switch (cause) {
            case null -> "That failed for a reason that nobody knows";
            case VaultRefused refused -> said(refused);
            case Throwable other -> String.valueOf(other.getMessage());
        };
    }

    private static String said(VaultRefused refused) {
        return switch (refused.reason()) {
            case WRONG_PASSWORD -> "Wrong password";
            case ABSENT -> "There is no such account on this machine, expected signup, or import of a backup";
            case THERE_ALREADY -> "There is such an account on this machine already, expected signin";
            case IN_USE -> "Another program uses this account";
            case BAD_PASSWORD, NOT_PRIVATE, DAMAGED, TOO_NEW, DISK_FULL, FAILED -> String.valueOf(refused.getMessage());
        };
    }

    private static char[] characters(@Nullable Password password) {
        if (password == null) throw new IllegalArgumentException("A password is missing");
        return password.text().toCharArray();
    }

    private <T> CompletionStage<T> work(Supplier<T> blocking) {
        return CompletableFuture.supplyAsync(blocking, disk);
    }
}
