package parley.peer;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import parley.messages.name.UserName;
import parley.peer.command.Commands;
import parley.peer.command.Input;
import parley.peer.script.Outlet;
import parley.peer.script.PlainScreen;
import parley.peer.talk.Happening;
import parley.peer.talk.Mail;
import parley.peer.talk.Screen;

/** A conversation with echo, played and shown as people would see it, in which every answer is waited for. */
final class DemoConversation implements Screen {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int GOOD = 0;
    private static final UserName ECHO = new UserName("echo");

    private final BlockingQueue<Happening> happened = new LinkedBlockingQueue<>();
    /** An echo may be quicker than the end of what it answers. */
    private final List<Happening> unawaited = new ArrayList<>();

    private final Program program = new Program();
    private final Commands commands;
    private final Outlet out;
    private final Screen shown;

    private DemoConversation(Commands commands, Outlet out) {
        this.commands = commands;
        this.out = out;
        this.shown = new PlainScreen(out);
    }

    /** @return what to exit with */
    static int run(Setup setup, DemoStage stage) throws IOException, InterruptedException {
        try (var out = Outlet.to(new FileOutputStream(FileDescriptor.out), () -> {})) {
            Logs.toFile(setup.settings(), setup.data().resolve("peer.log"));
            var conversation = new DemoConversation(Commands.at(setup.home()), out);
            conversation.program.start(setup, conversation);
            conversation.play(stage);
            conversation.program.run(new Input.Exit());
            conversation.program.awaitEnd();
        }
        return GOOD;
    }

    @Override
    public CompletionStage<Void> show(Happening happening) {
        var line = shown.show(happening);
        happened.add(happening);
        return line;
    }

    private void play(DemoStage stage) throws IOException, InterruptedException {
        await(Happening.Started.class::isInstance);
        var password = DemoCommand.PASSWORD.text();
        type("signup %s %s".formatted(DemoCommand.YOU, password));
        type("signin %s %s".formatted(DemoCommand.YOU, password));
        type("SEND echo Hello, is anybody there?");
        awaitText("Hello, is anybody there?");
        type("VERIFY echo");
        out.line("* Echo's machine is switched off.");
        stage.sleep();
        type("SEND echo Good night! Call me when you are back.");
        await(happening -> happening instanceof Mail.Moved moved && moved.stage() == Mail.Stage.SENT);
        out.line("* One tick: it waits in echo's mailbox, sealed. The registry cannot read it. Echo comes back.");
        stage.wake();
        awaitText("Good night! Call me when you are back.");
        type("SEARCH good NIGHT in echo");
        type("HISTORY echo");
        type("STATUS");
    }

    /** Shows the line as typed, without a password, and waits until it has ended well. */
    private void type(String line) throws InterruptedException {
        var input = commands.read(line).orElseThrow();
        out.line("> " + line.replace(DemoCommand.PASSWORD.text(), "********"));
        program.run(input);
        var end = await(happening -> happening instanceof Happening.Done || happening instanceof Happening.Failed);
        if (end instanceof Happening.Failed failed) throw CannotStart.because("The demo failed: " + failed.why());
    }

    private void awaitText(String text) throws InterruptedException {
        await(happening -> happening instanceof Mail.MessageCame came
                && came.from().equals(ECHO)
                && came.text().equals(text));
    }

    private Happening await(Predicate<Happening> awaited) throws InterruptedException {
        var early = unawaited.stream().filter(awaited).findFirst();
        if (early.isPresent()) {
            unawaited.remove(early.get());
            return early.get();
        }
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            var next = happened.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (next == null) throw CannotStart.because("The demo failed: no answer within 30 s");
            if (awaited.test(next)) return next;
            unawaited.add(next);
        }
    }
}
