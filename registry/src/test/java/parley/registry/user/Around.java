package parley.registry.user;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.apache.pekko.actor.typed.RecipientRef;
import parley.messages.name.UserName;
import parley.registry.Person;
import parley.registry.journal.JournalFolder;
import parley.registry.journal.Shelf;

/** What a user's actor leans on, when it is tried alone: a real shelf, an empty mailbox, nobody else. */
final class Around {
    /** No names beside the one that is tried. */
    static final Function<UserName, RecipientRef<UserRegistry.Command>> ALONE = name -> {
        throw new AssertionError(name + " was asked for");
    };

    static Shelf shelf(Path folder) {
        try {
            return JournalFolder.shelfBeside(folder);
        } catch (IOException failed) {
            throw new AssertionError(failed);
        }
    }

    static Surroundings of(
            Shelf shelf,
            SignUpPolicy signUp,
            Clock clock,
            Function<UserName, RecipientRef<UserRegistry.Command>> others) {
        return new Surroundings(
                Person.REGISTRY,
                signUp,
                new Invitations(shelf, clock),
                new PairStock(shelf, clock),
                name -> CompletableFuture.completedStage(0),
                others);
    }

    private Around() {}
}
