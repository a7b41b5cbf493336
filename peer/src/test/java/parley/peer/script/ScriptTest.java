package parley.peer.script;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import parley.messages.name.GroupName;
import parley.messages.name.UserName;
import parley.peer.command.Commands;
import parley.peer.command.Input;
import parley.peer.talk.Answer;
import parley.peer.talk.GroupAnswer;
import parley.peer.talk.Happening;
import parley.peer.talk.Mail;
import parley.peer.talk.ModernAnswer;

@Timeout(20)
class ScriptTest {
    private static final UserName BOB = new UserName("bob");

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final Outlet outlet = Outlet.to(out, () -> {});
    private final Tally tally = Tally.before(JsonScreen.to(outlet));
    private final List<Input> asked = new ArrayList<>();

    @Test
    void everyLineIsAskedAndAnsweredOnceThenExit() throws InterruptedException {
        run("list\n\n  \nSEND bob hi\r\nnonsense\nsignin bob\nsignup bob pw", this::answered);
        assertThat(asked)
                .extracting(Input::verb)
                .containsExactly("list", "send", "nonsense", "signin", "signup", "exit");
        assertThat(asked.get(1)).isEqualTo(new Input.SendText(new Input.One(new UserName("bob")), "hi"));
        assertThat(printed())
                .hasSize(6)
                .anySatisfy(line -> assertThat(line).contains("\"signin\"").contains("password is missing"))
                .allSatisfy(line -> assertThat(line).doesNotContain("pw"));
        assertThat(tally.outcome()).isEqualTo(Tally.Outcome.A_COMMAND_FAILED);
    }

    @Test
    void exitEndsTheInput() throws InterruptedException {
        run("list\nEXIT\nlist\n", this::answered);
        assertThat(asked).extracting(Input::verb).containsExactly("list", "exit");
        assertThat(tally.outcome()).isEqualTo(Tally.Outcome.GOOD);
    }

    @Test
    void aRegistryThatWasNeverReachedIsTheOutcome() throws InterruptedException {
        run("list", input -> {
            if (input instanceof Input.Exit) tally.show(new Happening.Done("exit", new Answer.Bye(false)));
            else tally.show(new Happening.Failed(input.verb(), "no registry"));
        });
        assertThat(tally.outcome()).isEqualTo(Tally.Outcome.REGISTRY_NEVER_REACHED);
        assertThat(Tally.Outcome.REGISTRY_NEVER_REACHED.exitCode()).isEqualTo(3);
    }

    @Test
    void aMillionLinesAreReadAndAnswered() throws InterruptedException {
        var ended = new AtomicInteger();
        var quiet = Tally.before(new PlainScreen(Outlet.to(OutputStream.nullOutputStream(), () -> {})));
        Script.of(repeated("list\n", 1_000_000), Commands.at(Path.of("/")), quiet, input -> {
                    ended.incrementAndGet();
                    quiet.show(new Happening.Done(input.verb(), new Answer.Groups(List.of())));
                })
                .run();
        assertThat(ended.get()).isEqualTo(1_000_001);
    }

    @Test
    void noMoreThanAWindowIsAskedBeforeAnAnswer() throws InterruptedException {
        BlockingQueue<Input> arrived = new LinkedBlockingQueue<>();
        var running = inBackground("list\n".repeat(1_000), arrived);
        for (int i = 0; i < Tally.UNDER_WAY_MAX; i++)
            assertThat(arrived.poll(5, TimeUnit.SECONDS)).isNotNull();
        assertThat(arrived.poll(200, TimeUnit.MILLISECONDS)).isNull();
        tally.show(new Happening.Done("list", new Answer.Groups(List.of())));
        assertThat(arrived.poll(5, TimeUnit.SECONDS)).isNotNull();
        running.interrupt();
    }

    @Test
    void aLineWithoutAnEndIsRefusedAndTheNextIsRead() throws InterruptedException {
        run("x".repeat(InputLines.LINE_BYTES_MAX + 1) + "\nlist", this::answered);
        assertThat(asked).hasSize(3);
        assertThat(asked.getFirst())
                .isInstanceOfSatisfying(
                        Input.Unreadable.class,
                        line -> assertThat(line.why()).contains("too long").contains("262144"));
        assertThat(asked.get(1)).isEqualTo(new Input.ListGroups());
    }

    @Test
    void bytesThatAreNoTextAreNoCommandAndTheNextIsRead() throws InterruptedException {
        Script.of(
                        new ByteArrayInputStream(new byte[] {(byte) 0xff, 0, 27, '\n', 'l', 'i', 's', 't'}),
                        Commands.at(Path.of("/")),
                        tally,
                        this::answered)
                .run();
        assertThat(asked).hasSize(3);
        assertThat(asked.getFirst())
                .isInstanceOfSatisfying(
                        Input.Unreadable.class, line -> assertThat(line.why()).contains("UTF-8"));
    }

    @Test
    void whatWasWrittenLeavesBeforeExit() throws Exception {
        BlockingQueue<Input> arrived = new LinkedBlockingQueue<>();
        var running = inBackground("send bob hi\n", arrived);
        assertThat(arrived.poll(5, TimeUnit.SECONDS)).isInstanceOf(Input.SendText.class);
        tally.show(new Happening.Done("send", new ModernAnswer.Queued("01", BOB)));
        assertThat(arrived.poll(200, TimeUnit.MILLISECONDS)).isNull();
        tally.show(new Mail.Moved("02", BOB, Mail.Stage.SENT));
        assertThat(arrived.poll(200, TimeUnit.MILLISECONDS)).isNull();
        tally.show(new Mail.Moved("01", BOB, Mail.Stage.SENT));
        assertThat(arrived.poll(5, TimeUnit.SECONDS)).isInstanceOf(Input.Exit.class);
        running.join();
        assertThat(tally.outcome()).isEqualTo(Tally.Outcome.GOOD);
    }

    @Test
    void whatIsForAGroupLeavesForEachMemberBeforeExit() throws Exception {
        BlockingQueue<Input> arrived = new LinkedBlockingQueue<>();
        var running = inBackground("send group team hi\n", arrived);
        assertThat(arrived.poll(5, TimeUnit.SECONDS)).isInstanceOf(Input.SendText.class);
        var team = new GroupName("team");
        tally.show(new Happening.Done("send", new GroupAnswer.Queued("01", team, 2)));
        tally.show(new Mail.Moved("01", BOB, Mail.Stage.SENT));
        tally.show(new Mail.Moved("01", BOB, Mail.Stage.DELIVERED));
        assertThat(arrived.poll(200, TimeUnit.MILLISECONDS)).isNull();
        tally.show(new Mail.NotSent("01", new UserName("carol"), "blocked"));
        assertThat(arrived.poll(5, TimeUnit.SECONDS)).isInstanceOf(Input.Exit.class);
        running.join();
    }

    @Test
    void whereTheRegistryIsAwayNobodyWaits() throws InterruptedException {
        run("send bob hi\n", input -> {
            if (input instanceof Input.Exit) answered(input);
            else {
                tally.show(new Happening.RegistryLost("away"));
                tally.show(new Happening.Done("send", new ModernAnswer.Queued("01", BOB)));
            }
        });
        assertThat(printed()).anySatisfy(line -> assertThat(line).contains("1 text or file waits in the outbox"));
    }

    private Thread inBackground(String typed, BlockingQueue<Input> arrived) {
        var script = Script.of(input(typed), Commands.at(Path.of("/")), tally, arrived::add);
        return Thread.ofPlatform().daemon().start(() -> {
            try {
                script.run();
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private void run(String typed, Consumer<Input> session) throws InterruptedException {
        Script.of(input(typed), Commands.at(Path.of("/home/alice")), tally, session)
                .run();
    }

    private void answered(Input input) {
        asked.add(input);
        tally.show(
                switch (input) {
                    case Input.Unreadable(var verb, var why) -> new Happening.Failed(verb, why);
                    case Input.Exit exit -> new Happening.Done("exit", new Answer.Bye(true));
                    default -> new Happening.Done(input.verb(), new Answer.Groups(List.of()));
                });
    }

    private List<String> printed() {
        outlet.close();
        return out.toString(StandardCharsets.UTF_8).lines().toList();
    }

    private static InputStream input(String typed) {
        return new ByteArrayInputStream(typed.getBytes(StandardCharsets.UTF_8));
    }

    /** Lines that are never all in memory. */
    private static InputStream repeated(String line, int times) {
        var bytes = line.getBytes(StandardCharsets.UTF_8);
        return new InputStream() {
            private long left = (long) times * bytes.length;

            @Override
            public int read() {
                return left == 0 ? -1 : bytes[(int) ((bytes.length - left-- % bytes.length) % bytes.length)];
            }

            @Override
            public int read(byte[] into, int from, int most) {
                int count = (int) Math.min(most, left);
                for (int i = 0; i < count; i++) into[from + i] = (byte) read();
                return count == 0 ? -1 : count;
            }
        };
    }
}
