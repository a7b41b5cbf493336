package parley.peer;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code parley peer}: what the command line says, over what the configuration file says. */
@Command(
        name = PeerCommand.NAME,
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        usageHelpAutoWidth = true,
        description = "Talks to others: at a terminal, from a pipe, or as JSON. HELP lists what can be typed.",
        footer = {
            "",
            "Exit codes: 0 good; 1 could not start; 2 wrong options or settings.",
            "From a pipe also: 1 a command failed; 3 the registry was never reached."
        })
final class PeerCommand implements Callable<Integer> {
    static final String NAME = "parley peer";

    @Option(
            names = "--classic",
            description = "Speak the classic protocol, which protects nothing, with classic accounts.")
    private boolean classic;

    @Option(names = "--conf", paramLabel = "FILE", description = "Settings. Default: $XDG_CONFIG_HOME/parley/peer.conf")
    private @Nullable Path conf;

    @Option(
            names = "--registry",
            paramLabel = "HOST:PORT[#FINGERPRINT]",
            description = "Where the registry is. Default: 127.0.0.1:7400, classic 127.0.0.1:7300")
    private @Nullable String registry;

    @Option(
            names = "--listen",
            paramLabel = "HOST:PORT",
            description = "Where others reach you; port 0 is any free one. Default: 0.0.0.0:0, classic 127.0.0.1:0")
    private @Nullable String listen;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Vaults, history, log. Default: $XDG_DATA_HOME/parley/peer")
    private @Nullable Path data;

    @Option(
            names = "--downloads",
            paramLabel = "DIR",
            description = "Where files go that come. Default: ~/Downloads, if there is one")
    private @Nullable Path downloads;

    @Option(names = "--json", description = "One JSON object a line on standard output; docs/EVENTS.md describes them.")
    private boolean json;

    @Option(
            names = "--since",
            paramLabel = "CURSOR",
            description =
                    "With --json: first all texts and files that came after the one with this cursor; 0 is all there are.")
    private @Nullable String since;

    private final Pipe pipe;

    PeerCommand(Pipe pipe) {
        this.pipe = pipe;
    }

    /**
     * Reads a command line that has nothing to explain, without picocli: its classes have a format too old for the cache
     * of loaded classes, so that each start would take them 150 ms.
     *
     * @return null if there is an option that picocli has to read, or complain of
     */
    static @Nullable PeerCommand plain(Pipe pipe, String... options) {
        var command = new PeerCommand(pipe);
        var left = List.of(options).iterator();
        while (left.hasNext()) {
            var option = left.next();
            int equals = option.indexOf('=');
            var name = equals < 0 ? option : option.substring(0, equals);
            if (option.equals("--classic")) command.classic = true;
            else if (option.equals("--json")) command.json = true;
            else if (equals < 0 && !left.hasNext()) return null;
            else if (!command.takes(name, equals < 0 ? left.next() : option.substring(equals + 1))) return null;
        }
        return command;
    }

    private boolean takes(String name, String value) {
        if (value.startsWith("-")) return false;
        switch (name) {
            case "--conf" -> conf = Path.of(value);
            case "--registry" -> registry = value;
            case "--listen" -> listen = value;
            case "--data" -> data = Path.of(value);
            case "--downloads" -> downloads = Path.of(value);
            case "--since" -> since = value;
            default -> {
                return false;
            }
        }
        return true;
    }

    @Override
    public Integer call() throws InterruptedException {
        var file = conf != null ? conf : Setup.usualFile();
        var setup = classic ? Setup.classic(file, options()) : Setup.modern(file, options(), cursor());
        if (!json && onTerminal()) return TerminalProgram.run(setup, List.of(), List.of());
        return PipeProgram.run(setup, pipe, json);
    }

    private @Nullable Long cursor() {
        if (since == null) return null;
        if (!json) throw CannotStart.misused("--since is for programs, expected --json with it");
        try {
            long cursor = Long.parseLong(since);
            if (cursor >= 0) return cursor;
        } catch (NumberFormatException notANumber) {
            // Answered below, with what is below zero.
        }
        throw CannotStart.misused("Bad cursor %s, expected the cursor of a message, or 0".formatted(since));
    }

    private Map<String, String> options() {
        var options = new HashMap<String, String>();
        if (registry != null)
            options.put(classic ? "parley.peer.registry" : "parley.peer.modern.registry.at", registry);
        if (listen != null) options.put(classic ? "parley.peer.listen" : "parley.peer.modern.listen", listen);
        if (data != null) options.put("parley.peer.data", data.toString());
        if (downloads != null) options.put("parley.peer.downloads", downloads.toString());
        return options;
    }

    /** Whether somebody types and sees: standard input and output both are a terminal. */
    @SuppressWarnings("SystemConsoleNull") // Not so for the one in java.base, which is null unless both are terminals.
    static boolean onTerminal() {
        System.setProperty("jdk.console", "java.base");
        return System.console() != null;
    }
}
