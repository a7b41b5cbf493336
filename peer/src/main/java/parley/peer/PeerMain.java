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
        System.setOut(System.err);
        System.exit(execute(Pipe.standard(), System.err, arguments));
    }

    static int execute(Pipe pipe, OutputStream err, String... arguments) {
        var errors = new PrintWriter(err, true, UTF_8);
        boolean peer = arguments.length > 0 && arguments[0].equals(PEER);
        if (!peer) return execute(all(pipe), pipe, errors, arguments);
        var options = Arrays.copyOfRange(arguments, 1, arguments.length);
        var plain = PeerCommand.plain(pipe, options);
        if (plain == null) return execute(new CommandLine(new PeerCommand(pipe)), pipe, errors, options);
        try {
            return plain.call();
        } catch (InterruptedException | RuntimeException failure) {
            return failed(failure, PeerCommand.NAME, errors);
        }
    }

    private static int execute(CommandLine line, Pipe pipe, PrintWriter errors, String... arguments) {
        return line.setOut(new PrintWriter(pipe.out(), true, UTF_8))
                .setErr(errors)
                .setParameterExceptionHandler(PeerMain::misused)
                .setExecutionExceptionHandler(
                        (failure, command, parsed) -> failed(failure, command.getCommandName(), errors))
                .execute(arguments);
    }

    private static CommandLine all(Pipe pipe) {
        return new CommandLine(new PeerMain())
                .addSubcommand(PEER, new PeerCommand(pipe))
                .addSubcommand("demo", new DemoCommand())
                .addSubcommand(TRAIN, new Training(null));
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
        var name = command.getCommandName();
        say(command.getErr(), name, "%s (%s --help says more)".formatted(message, name));
        return MISUSED;
    }

    private static int failed(Exception failure, String name, PrintWriter errors) {
        return switch (failure) {
            case CannotStart cannot -> {
                say(errors, name, cannot.why());
                yield cannot.exitCode();
            }
            case BadSettings bad -> {
                say(errors, name, bad.why());
                yield MISUSED;
            }
            default -> {
                LoggerFactory.getLogger(PeerMain.class).error("unexpected", failure);
                var what = failure.getClass().getSimpleName();
                say(errors, name, "Failed unexpectedly, the log says why (%s)".formatted(what));
                yield FAILED;
            }
        };
    }

    private static void say(PrintWriter errors, String name, String message) {
        errors.println(Printable.of(name + ": " + message));
    }
}
