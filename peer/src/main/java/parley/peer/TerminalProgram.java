package parley.peer;

import java.io.IOException;
import java.util.List;
import parley.peer.command.Commands;
import parley.peer.command.Input;
import parley.peer.terminal.PeerTerminal;
import parley.peer.terminal.TerminalScreen;

/** A peer on a terminal, from its start to its end. */
final class TerminalProgram {
    private static final int GOOD = 0;

    /**
     * @param said once, before anything is typed
     * @param asked at once, before anything is typed
     * @return what to exit with
     */
    static int run(Setup setup, List<String> said, List<Input> asked) throws InterruptedException {
        Logs.toFile(setup.settings(), setup.data().resolve("peer.log"));
        // Where JLine unpacks its native library at each start. Not for others to write.
        System.setProperty("jline.tmpdir", setup.data().toString());
        var screen = TerminalScreen.dark();
        var program = new Program();
        program.start(setup, screen);
        asked.forEach(program::run);
        try (var terminal = PeerTerminal.on(
                PeerTerminal.system(), screen, setup.data().resolve("history"), setup.home(), System.getenv())) {
            terminal.warn(setup.world().warning());
            terminal.warn(said);
            var keyboard = terminal.keyboard(Commands.at(setup.home()), program::run);
            program.whenEnded(keyboard::stop);
            keyboard.run();
            program.run(new Input.Exit());
            program.awaitEnd();
        } catch (IOException unusable) {
            throw CannotStart.because("The terminal cannot be used: " + unusable.getMessage());
        }
        return program.exitCode(GOOD);
    }

    private TerminalProgram() {}
}
