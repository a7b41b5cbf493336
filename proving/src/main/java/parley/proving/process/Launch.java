package parley.proving.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/**
 * What is to be started: a value; nothing runs before {@link #start}.
 *
 * @param verb {@code registry}, {@code peer} or {@code demo}
 * @param options in the order of the command line; a flag has an empty value
 * @param home the working directory, and what the program takes for the user's folders
 * @param javaOptions further JVM options, as in {@code PARLEY_JAVA_OPTS}
 * @param settings its configuration file
 * @param variables further variables of its environment
 */
public record Launch(
        String verb,
        SequencedMap<String, String> options,
        Path home,
        String javaOptions,
        String settings,
        Map<String, String> variables) {
    /** Any port that is free. */
    private static final String ANYWHERE = "127.0.0.1:0";

    private static final String JSON = "--json";

    /** A registry on free ports that keeps its journal in {@code data} and reports in JSON. */
    public static Launch registry(Path data) {
        // Nothing else may lie in its data folder.
        return bare("registry", data.resolveSibling(data.getFileName() + "-home"))
                .flag(JSON)
                .with("--data", data.toString())
                .with("--listen", ANYWHERE)
                .with("--classic-listen", ANYWHERE);
    }

    /**
     * A modern peer on a free port whose vaults lie in {@code home}, reporting in JSON.
     *
     * @param registry {@code IP:PORT}, with {@code #FINGERPRINT} behind it or without
     */
    public static Launch modern(String registry, Path home) {
        return bare("peer", home)
                .flag(JSON)
                .with("--registry", registry)
                .with("--listen", ANYWHERE)
                .with("--data", home.resolve("data").toString())
                .with("--downloads", downloads(home).toString());
    }

    /** A classic peer on a free port whose data and downloads lie in {@code home}, reporting in JSON. */
    public static Launch peer(String registry, Path home) {
        return bare("peer", home)
                .flag("--classic")
                .flag(JSON)
                .with("--registry", registry)
                .with("--listen", ANYWHERE)
                .with("--data", home.resolve("data").toString())
                .with("--downloads", downloads(home).toString());
    }

    /** Without any option: it prints lines for people. */
    public static Launch bare(String verb, Path home) {
        return new Launch(verb, new LinkedHashMap<>(), home, "", "", Map.of());
    }

    /** Where a {@link #peer} with this home puts received files. */
    public static Path downloads(Path home) {
        return home.resolve("downloads");
    }

    /** The option with this value instead of any that it had. */
    public Launch with(String option, String value) {
        var more = new LinkedHashMap<>(options);
        more.put(option, value);
        return new Launch(verb, more, home, javaOptions, settings, variables);
    }

    public Launch flag(String option) {
        return with(option, "");
    }

    public Launch without(String option) {
        var fewer = new LinkedHashMap<>(options);
        fewer.remove(option);
        return new Launch(verb, fewer, home, javaOptions, settings, variables);
    }

    /** For instance {@code -Xmx64m}. */
    public Launch onJvm(String moreJavaOptions) {
        return new Launch(verb, options, home, (javaOptions + " " + moreJavaOptions).strip(), settings, variables);
    }

    /** With this line in its configuration, as {@code parley.peer.files.retry-max = 1 s}. */
    public Launch configured(String line) {
        return new Launch(verb, options, home, javaOptions, settings + line + "\n", variables);
    }

    /** Without the second compiler, whose work would be half of what a program does that lives for seconds. */
    public Launch shortLived() {
        return onJvm("-XX:TieredStopAtLevel=1");
    }

    /** With these variables in its environment. */
    public Launch under(Map<String, String> moreVariables) {
        var more = new HashMap<>(variables);
        more.putAll(moreVariables);
        return new Launch(verb, options, home, javaOptions, settings, more);
    }

    /** The command line, launcher first. */
    public List<String> command() {
        var words = new ArrayList<String>();
        words.add(Launcher.find().toString());
        words.add(verb);
        options.forEach((option, value) -> {
            words.add(option);
            if (!value.isEmpty()) words.add(value);
        });
        return words;
    }

    /** Variables that differ from ours. No configuration or data of whoever runs the tests may matter. */
    public Map<String, String> environment() {
        var all = new HashMap<>(variables);
        all.put("PARLEY_JAVA_OPTS", javaOptions);
        all.put("XDG_CONFIG_HOME", configuration().toString());
        all.put("XDG_DATA_HOME", home.resolve("xdg-data").toString());
        all.put("XDG_STATE_HOME", home.resolve("xdg-state").toString());
        return all;
    }

    boolean json() {
        return options.containsKey(JSON);
    }

    private Path configuration() {
        return home.resolve("xdg-config");
    }

    public Running start() throws IOException {
        Files.createDirectories(home);
        if (!settings.isEmpty())
            Files.writeString(
                    Files.createDirectories(configuration().resolve("parley")).resolve(verb + ".conf"), settings);
        var builder = new ProcessBuilder(command()).directory(home.toFile());
        builder.environment().putAll(environment());
        return Running.watch(builder.start(), String.join(" ", command()), json());
    }
}
