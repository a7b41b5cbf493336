package parley.peer;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
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
import parley.peer.talk.Lines;
import parley.peer.talk.Party;
import parley.peer.talk.Screen;

/** A conversation with echo, played and shown as people would see it, in which every answer is waited for. */
final class DemoConversation implements Screen {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int FILE_BYTES = 200_000;
    private static final int GOOD = 0;
    private static final Party ECHO = new Party.User(new UserName("echo"));

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
            Lines.CLASSIC_WARNING.forEach(out::line);
            var conversation = new DemoConversation(Commands.at(setup.home()), out);
            conversation.program.start(setup, conversation);
            conversation.play(stage.folder());
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

    private void play(Path folder) throws IOException, InterruptedException {
        await(Happening.Ready.class::isInstance);
        var password = DemoCommand.PASSWORD.text();
        type("signup %s %s".formatted(DemoCommand.YOU, password));
        type("signin %s %s".formatted(DemoCommand.YOU, password));
        type("LIST");
        type("JOIN " + DemoCommand.GARDEN);
        type("MEMBERS");
        type("SEND echo Hello, is anybody there?");
        awaitText(ECHO, "Hello, is anybody there?");
        type("SEND GROUP %s Good morning, all of you".formatted(DemoCommand.GARDEN));
        awaitText(new Party.Group(DemoCommand.GARDEN), "Good morning");
        var bytes = new byte[FILE_BYTES];
        new SecureRandom().nextBytes(bytes);
        var file = Files.write(folder.resolve("flowers.bin"), bytes);
        type("SEND echo FILE " + file);
        awaitText(ECHO, sha256(bytes));
        out.line("The hash is that of the file sent: it arrived byte for byte.");
    }

    /** Shows the line as typed, without a password, and waits until it has ended well. */
    private void type(String line) throws InterruptedException {
        var input = commands.read(line).orElseThrow();
        out.line("> " + line.replace(DemoCommand.PASSWORD.text(), "********"));
        program.run(input);
        var end = await(happening -> happening instanceof Happening.Done || happening instanceof Happening.Failed);
        if (end instanceof Happening.Failed failed) throw CannotStart.because("The demo failed: " + failed.why());
    }

    private void awaitText(Party from, String part) throws InterruptedException {
        await(happening ->
                happening instanceof Happening.TextCame(var who, var text) && who.equals(from) && text.contains(part));
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

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException never) {
            throw new AssertionError("every Java has SHA-256", never);
        }
    }
}
