package parley.peer;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import parley.messages.name.UserName;
import parley.peer.command.Commands;
import parley.peer.command.Input;
import parley.peer.script.JsonScreen;
import parley.peer.script.Outlet;
import parley.peer.talk.Happening;
import parley.peer.talk.Party;
import parley.peer.terminal.PeerTerminal;
import parley.peer.terminal.TerminalScreen;
import picocli.CommandLine.Command;

/**
 * Goes once through what a peer does at its start, so that the JVM can write down what it loaded for the next time. In a
 * temporary folder, without a registry, on a terminal that nobody sees.
 */
@Command(name = "--train", hidden = true)
final class Training implements Callable<Integer> {
    private static final int GOOD = 0;
    private static final String TYPED = "help\rsnd\rsend bob hello\rlist\rsig\t\u0015exit\r";

    /** Ready, and the ends of the four commands typed. */
    private static final int MODERN = 5;

    /** Ready, and that there is no registry. */
    private static final int CLASSIC = 2;

    private static final Duration HAPPENING_MAX = Duration.ofSeconds(30);
    private static final Party BOB = new Party.User(new UserName("bob"));

    private final @Nullable Path conf;

    /** @param conf settings, or null for none; the user's own have no say in it */
    Training(@Nullable Path conf) {
        this.conf = conf;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        var folder = Files.createTempDirectory("parley-train");
        try {
            PeerCommand.plain(Pipe.standard(), "--classic", "--data", folder.toString());
            PeerCommand.onTerminal();
            Setup.usualFile();
            var options = Map.of(
                    // Nobody listens there.
                    "parley.peer.registry",
                    "127.0.0.1:1",
                    "parley.peer.modern.registry.at",
                    "127.0.0.1:1",
                    "parley.peer.data",
                    folder.toString(),
                    "parley.peer.downloads",
                    folder.resolve("downloads").toString());
            train(Setup.modern(conf, options, null));
            start(Setup.classic(conf, options));
        } finally {
            remove(folder);
        }
        return GOOD;
    }

    private static void train(Setup setup) throws IOException, InterruptedException {
        Logs.toFile(setup.settings(), setup.data().resolve("peer.log"));
        System.setProperty("jline.tmpdir", setup.data().toString());
        var screen = TerminalScreen.dark();
        var happened = new CountDownLatch(MODERN);
        var program = new Program();
        program.start(setup, happening -> {
            happened.countDown();
            return screen.show(happening);
        });
        var seen = new ByteArrayOutputStream();
        var keys = new PipedOutputStream();
        var system = PeerTerminal.builder()
                .system(false)
                .provider("jni")
                .streams(new PipedInputStream(keys), seen)
                .type("xterm-256color")
                .build();
        try (var terminal = PeerTerminal.on(system, screen, setup.data().resolve("history"), setup.home(), Map.of());
                var json = Outlet.to(seen, () -> {})) {
            terminal.warn(setup.world().warning());
            for (var happening : List.of(
                    new Happening.TextCame(BOB, "hello"),
                    new Happening.Progress(1, Happening.Way.IN, BOB, "x", 1, 2),
                    new Happening.Failed("send", "no"))) {
                screen.show(happening);
                JsonScreen.to(json).show(happening);
            }
            keys.write(TYPED.getBytes(StandardCharsets.UTF_8));
            terminal.keyboard(Commands.at(setup.home()), program::run).run();
            end(program, happened);
        }
    }

    /** What differs in the other world. */
    private static void start(Setup setup) throws InterruptedException {
        var happened = new CountDownLatch(CLASSIC);
        var program = new Program();
        program.start(setup, happening -> {
            happened.countDown();
            return CompletableFuture.completedFuture(null);
        });
        end(program, happened);
    }

    private static void end(Program program, CountDownLatch happened) throws InterruptedException {
        // Only what has happened is remembered.
        if (!happened.await(HAPPENING_MAX.toMillis(), TimeUnit.MILLISECONDS)) {
            throw CannotStart.because("The start took too long to learn from");
        }
        program.run(new Input.Exit());
        program.awaitEnd();
    }

    private static void remove(Path folder) throws IOException {
        try (var all = Files.walk(folder)) {
            for (var path : all.sorted(Comparator.reverseOrder()).toList()) Files.deleteIfExists(path);
        }
    }
}
