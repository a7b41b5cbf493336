package parley.peer;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import parley.messages.name.Password;
import parley.messages.name.UserName;
import parley.peer.command.Input;
import picocli.CommandLine.Command;

/**
 * {@code parley demo}: a registry and an echo as real processes of this program, and you.
 *
 * <pre>
 *   terminal:  you are left at the prompt, signed in
 *   no terminal:  a scripted conversation is shown, and checked
 * </pre>
 */
@Command(
        name = "parley demo",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        usageHelpAutoWidth = true,
        description = "A registry, an echo, and you; on this machine, for as long as you look, and without a trace.")
final class DemoCommand implements Callable<Integer> {
    static final UserName YOU = new UserName("you");

    /** Known to all who read this, and good for accounts that live in a temporary folder. */
    static final Password PASSWORD = new Password("open-sesame");

    private static final List<String> TRY = List.of(
            "Try:  send echo hello      and it comes back;  two ticks: it is on echo's disk",
            "      verify echo          to see that nobody is in between;  history echo, search, status",
            "      HELP shows all;  EXIT ends, and nothing stays behind");

    @Override
    public Integer call() throws InterruptedException {
        var launcher = System.getProperty("parley.launcher");
        if (launcher == null) throw CannotStart.misused("The demo has to be started as: parley demo");
        System.err.println("Starting a registry and an echo...");
        try (var stage = DemoStage.set(Path.of(launcher))) {
            var setup = Setup.modern(
                    null,
                    Map.of(
                            "parley.peer.modern.registry.at", stage.registry(),
                            "parley.peer.modern.listen", "127.0.0.1:0",
                            "parley.peer.data", stage.folder().resolve("you").toString(),
                            "parley.peer.downloads",
                                    stage.folder().resolve("files").toString()),
                    null);
            if (!PeerCommand.onTerminal()) return DemoConversation.run(setup, stage);
            return TerminalProgram.run(
                    setup, TRY, List.of(new Input.SignUp(YOU, PASSWORD), new Input.SignIn(YOU, PASSWORD)));
        } catch (IOException impossible) {
            throw CannotStart.because("The demo cannot be set up: " + impossible.getMessage());
        }
    }
}
