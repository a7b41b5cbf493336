package parley.registry;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import parley.messages.settings.BadSettings;
import parley.messages.settings.Folders;
import parley.registry.journal.JournalFolder;
import parley.registry.user.Invitations;
import parley.registry.user.SignUpPolicy;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code parley registry invite}: makes an invitation, whether or not the registry runs meanwhile. */
@Command(
        name = "invite",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        usageHelpAutoWidth = true,
        description = "Prints a code with which one person can sign up, once. The registry may run meanwhile.")
final class InviteCommand implements Callable<Integer> {
    /** A registry that writes all the time lets us in between long before that. */
    private static final long WRITE_SECONDS_MAX = 30;

    @Option(
            names = "--conf",
            paramLabel = "FILE",
            description = "Settings. Default: $XDG_CONFIG_HOME/parley/registry.conf")
    private @Nullable Path conf;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "The registry's folder. Default: $XDG_DATA_HOME/parley/registry")
    private @Nullable Path data;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    /** Whose options may stand before the word {@code invite}. */
    @ParentCommand
    @SuppressWarnings("NullAway.Init") // set by picocli before call()
    private RegistryMain registry;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli before call()
    private CommandSpec spec;

    @Override
    public Integer call() {
        try {
            var folders = Folders.of(System.getenv(), Path.of(System.getProperty("user.home")));
            var settings = registry.settings(conf, data, folders);
            Logs.start(settings);
            var code = make(RegistryMain.folder(settings, folders));
            if (SignUpPolicy.of(settings.config()) != SignUpPolicy.INVITE)
                spec.commandLine()
                        .getErr()
                        .println("parley registry: nobody needs it as long as parley.registry.sign-up is not invite");
            spec.commandLine()
                    .getOut()
                    .println(json ? "{\"event\":\"invitation\",\"code\":\"%s\"}".formatted(code) : code);
            return 0;
        } catch (BadSettings bad) {
            return refuse(bad.why(), RegistryMain.MISUSED);
        } catch (CannotStart cannot) {
            return refuse(String.valueOf(cannot.getMessage()), RegistryMain.FAILED);
        }
    }

    private static String make(Path folder) {
        // Otherwise the first typo would make a folder of its own, with an invitation for nobody.
        if (!JournalFolder.isIn(folder))
            throw new CannotStart("no registry in %s, expected one that was started before".formatted(folder));
        try (var shelf = JournalFolder.shelfBeside(folder)) {
            return new Invitations(shelf, Clock.systemUTC())
                    .make(new SecureRandom()::nextBytes)
                    .toCompletableFuture()
                    .get(WRITE_SECONDS_MAX, TimeUnit.SECONDS);
        } catch (IOException unusable) {
            throw new CannotStart("data folder %s cannot be used: %s".formatted(folder, unusable.getMessage()));
        } catch (ExecutionException | TimeoutException failed) {
            throw new CannotStart(
                    "the invitation could not be written in %s: %s".formatted(folder, failed.getMessage()));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new CannotStart("interrupted");
        }
    }

    private int refuse(String why, int code) {
        spec.commandLine().getErr().println("parley registry: " + why);
        return code;
    }
}
