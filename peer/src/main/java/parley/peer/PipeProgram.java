package parley.peer;

import java.io.BufferedOutputStream;
import parley.peer.command.Commands;
import parley.peer.command.Input;
import parley.peer.script.JsonScreen;
import parley.peer.script.Outlet;
import parley.peer.script.PlainScreen;
import parley.peer.script.Script;
import parley.peer.script.Tally;

/** A peer without a terminal, from its start to its end. */
final class PipeProgram {
    /** @return what to exit with */
    static int run(Setup setup, Pipe pipe, boolean json) throws InterruptedException {
        if (json) Logs.toStandardError(setup.settings());
        else Logs.toFile(setup.settings(), setup.data().resolve("peer.log"));
        var program = new Program();
        var out = new BufferedOutputStream(pipe.out());
        int code;
        try (var outlet = Outlet.to(out, () -> program.run(new Input.Exit()))) {
            if (!json) setup.world().warning().forEach(outlet::line);
            var tally = Tally.before(json ? JsonScreen.to(outlet) : new PlainScreen(outlet));
            program.start(setup, tally);
            var script = Script.of(pipe.in(), Commands.at(setup.home()), tally, program::run);
            Thread.ofPlatform().name("script").daemon().start(() -> read(script));
            program.awaitEnd();
            code = tally.outcome().exitCode();
        }
        return program.exitCode(code);
    }

    private static void read(Script script) {
        try {
            script.run();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private PipeProgram() {}
}
