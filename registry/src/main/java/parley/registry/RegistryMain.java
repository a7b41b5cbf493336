package parley.registry;

import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import parley.messages.settings.BadSettings;
import parley.messages.settings.Endpoint;
import parley.messages.settings.Folders;
import parley.messages.settings.Settings;
import parley.registry.cluster.ClusterOfOne;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code parley registry}: what the command line says, over what the configuration file says. */
@Command(
        name = "parley registry",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        subcommands = InviteCommand.class,
        sortOptions = false,
        usageHelpAutoWidth = true,
        description = "Knows who exists, where they are, and which groups there are.",
        footer = {
            "",
            "Stops on SIGTERM and Ctrl-C, after answering what it accepted.",
            "Exit codes: 0 stopped at the end of input, 1 could not start, 2 wrong options or settings,",
            "130 and 143 stopped by Ctrl-C and SIGTERM."
        })
public final class RegistryMain implements Callable<Integer> {
    private static final int STARTED = 0;
    static final int FAILED = 1;
    static final int MISUSED = 2;

    @Option(
            names = "--conf",
            paramLabel = "FILE",
            description = "Settings. Default: $XDG_CONFIG_HOME/parley/registry.conf")
    private @Nullable Path conf;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "The journal's folder. Default: $XDG_DATA_HOME/parley/registry")
    private @Nullable Path data;

    @Option(
            names = "--listen",
            paramLabel = "HOST:PORT",
            description = "Where peers connect; port 0 is any free one. Default: 0.0.0.0:7400")
    private @Nullable String listen;

    @Option(
            names = "--classic-listen",
            paramLabel = "HOST:PORT",
            description = "Where classic clients connect; port 0 is any free one. Default: 127.0.0.1:7300")
    private @Nullable String classicListen;

    @Option(names = "--json", description = "Print one JSON object when ready, and nothing else, on standard output.")
    private boolean json;

    @Option(names = "--until-eof", description = "Stop when standard input is closed, as under a supervisor or a test.")
    private boolean untilEof;

    @Option(names = "--train", hidden = true, description = "What the launcher starts once, for a quicker start later.")
    private boolean train;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli before call()
    private CommandSpec spec;

    public static void main(String... arguments) {
        int code = new CommandLine(new RegistryMain()).execute(arguments);
        // Started, it ends with its actor system's threads.
        if (code != STARTED) System.exit(code);
    }

    @Override
    public Integer call() {
        // Nothing but our own lines may reach standard output, whatever a library thinks of it.
        var out = System.out;
        System.setOut(System.err);
        try {
            if (train) {
                Training.start();
                return STARTED;
            }
            var folders = Folders.of(System.getenv(), Path.of(System.getProperty("user.home")));
            var settings = settings(null, null, folders);
            Logs.start(settings);
            var registry = Registry.start(settings, folder(settings, folders));
            if (untilEof) registry.stopAtEndOf(System.in);
            registry.ready().whenComplete((ready, failure) -> {
                if (failure == null) announce(out, ready);
                else registry.giveUp(CannotStart.why(failure));
            });
            return STARTED;
        } catch (BadSettings bad) {
            return refuse(bad.why(), MISUSED);
        } catch (CannotStart cannot) {
            return refuse(String.valueOf(cannot.getMessage()), FAILED);
        }
    }

    private int refuse(String why, int code) {
        spec.commandLine().getErr().println("parley registry: " + why);
        return code;
    }

    /** What was said behind a command counts more than what was said before it. */
    Settings settings(@Nullable Path nearerConf, @Nullable Path nearerData, Folders folders) {
        var file = nearerConf == null ? conf : nearerConf;
        var options = options();
        if (nearerData != null) options.put("parley.registry.data", nearerData.toString());
        return Settings.load(ClusterOfOne.config(), file == null ? usual(folders) : file, options);
    }

    private static @Nullable Path usual(Folders folders) {
        var usual = folders.config().resolve("registry.conf");
        return Files.exists(usual) ? usual : null;
    }

    private Map<String, String> options() {
        var options = new HashMap<String, String>();
        if (data != null) options.put("parley.registry.data", data.toString());
        if (listen != null) options.put("parley.registry.listen", listen);
        if (classicListen != null) options.put("parley.registry.classic.listen", classicListen);
        return options;
    }

    static Path folder(Settings settings, Folders folders) {
        var given = settings.text("parley.registry.data");
        return given.isEmpty() ? folders.data().resolve("registry") : Path.of(given);
    }

    /** As people can type it: nobody connects to all addresses. */
    private static String told(Endpoint listen) {
        boolean all = listen.host().equals("0.0.0.0") || listen.host().equals("0:0:0:0:0:0:0:0");
        return all ? "THIS-MACHINE:" + listen.port() : listen.toString();
    }

    private void announce(PrintStream out, Registry.Ready ready) {
        out.println(
                json
                        ? "{\"event\":\"ready\",\"classic\":\"%s\",\"listen\":\"%s\",\"fingerprint\":\"%s\"}"
                                .formatted(ready.classic(), ready.listen(), ready.fingerprint())
                        : "Registry ready, peers connect to %s#%s, classic clients to %s, data in %s"
                                .formatted(told(ready.listen()), ready.fingerprint(), ready.classic(), ready.data()));
        out.flush();
    }
}
