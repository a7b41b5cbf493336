package parley.peer;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.OutputStream;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.concurrent.Callable;
import org.slf4j.LoggerFactory;
import parley.messages.name.Printable;
import parley.messages.settings.BadSettings;
import parley.messages.settings.Nearest;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** {@code parley}: reads the command line and hands over to a command. */
@Command(
        name = "parley",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        usageHelpAutoWidth = true,
        synopsisSubcommandLabel = "COMMAND",
        description = "An end-to-end encrypted, peer-to-peer messenger.",
        footer = {"", "And parley registry, which knows who exists and where: parley registry --help."})
public final class PeerMain implements Callable<Integer> {
    private static final int FAILED = 1;
    private static final int MISUSED = 2;
    private static final String PEER = "peer";
    private static final String TRAIN = "--train";

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before anything is called.
    private CommandSpec spec;

    public static void main(String... arguments) {
        // Nothing but our own lines may reach standard output, whatever a library thinks of it.
        var out = System.out;
        System.setOut(System.err);
        System.exit(execute(out, System.err, arguments));
    }

    static int execute(OutputStream out, OutputStream err, String... arguments) {
        // The start of a peer is worth saving the other commands' parsing.
        boolean peer = arguments.length > 0 && arguments[0].equals(PEER);
        var line = peer ? new CommandLine(new PeerCommand()) : all();
        return line.setOut(new PrintWriter(out, true, UTF_8))
                .setErr(new PrintWriter(err, true, UTF_8))
                .setParameterExceptionHandler(PeerMain::misused)
                .setExecutionExceptionHandler(PeerMain::failed)
                .execute(peer ? Arrays.copyOfRange(arguments, 1, arguments.length) : arguments);
    }

    private static CommandLine all() {
        return new CommandLine(new PeerMain())
                .addSubcommand(PEER, new PeerCommand())
                .addSubcommand("demo", new DemoCommand())
                .addSubcommand(TRAIN, new Training());
    }

    @Override
    public Integer call() {
        throw new ParameterException(spec.commandLine(), "Which command? Expected registry, peer or demo");
    }

    private static int misused(ParameterException wrong, String... arguments) {
        var command = wrong.getCommandLine();
        var message = String.valueOf(wrong.getMessage());
        if (wrong instanceof UnmatchedArgumentException unmatched) {
            message += Nearest.to(
                            unmatched.getUnmatched().getFirst(),
                            command.getCommandSpec().optionsMap().keySet())
                    .map(", did you mean %s?"::formatted)
                    .orElse("");
        }
        say(command, message + " (%s --help says more)".formatted(command.getCommandName()));
        return MISUSED;
    }

    private static int failed(Exception failure, CommandLine command, CommandLine.ParseResult parsed) {
        return switch (failure) {
            case CannotStart cannot -> {
                say(command, cannot.why());
                yield cannot.exitCode();
            }
            case BadSettings bad -> {
                say(command, bad.why());
                yield MISUSED;
            }
            default -> {
                LoggerFactory.getLogger(PeerMain.class).error("unexpected", failure);
                say(
                        command,
                        "Failed unexpectedly, the log says why (%s)"
                                .formatted(failure.getClass().getSimpleName()));
                yield FAILED;
            }
        };
    }

    private static void say(CommandLine command, String message) {
        command.getErr().println(Printable.of(command.getCommandName() + ": " + message));
    }
}
