package parley.peer.script;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import parley.peer.talk.Answer;
import parley.peer.talk.Happening;
import parley.peer.talk.Mail;
import parley.peer.talk.Screen;

/** Counts the commands that are under way, makes the next wait for room, and knows how it all ended. */
public final class Tally implements Screen {
    /** Commands. Enough to keep every link busy, few enough to hold them all in memory with the longest texts. */
    static final int UNDER_WAY_MAX = 64;

    /** How a program without a terminal ends. */
    public enum Outcome {
        GOOD(0),
        A_COMMAND_FAILED(1),
        REGISTRY_NEVER_REACHED(3);

        private final int exitCode;

        Outcome(int exitCode) {
            this.exitCode = exitCode;
        }

        public int exitCode() {
            return exitCode;
        }
    }

    private final Semaphore room = new Semaphore(UNDER_WAY_MAX);
    private final AtomicBoolean failed = new AtomicBoolean();
    private final AtomicBoolean unreached = new AtomicBoolean();
    private final OnTheirWay onTheirWay = new OnTheirWay();
    private final Screen screen;

    private Tally(Screen screen) {
        this.screen = screen;
    }

    public static Tally before(Screen screen) {
        return new Tally(screen);
    }

    /** Waits for room; every command begins so and ends with a happening. */
    void begin() throws InterruptedException {
        room.acquire();
    }

    /** @return false if some command is still under way after {@code patience} */
    boolean allEnded(Duration patience) throws InterruptedException {
        boolean ended = room.tryAcquire(UNDER_WAY_MAX, patience.toMillis(), TimeUnit.MILLISECONDS);
        if (ended) room.release(UNDER_WAY_MAX);
        else failed.set(true);
        return ended;
    }

    /** @return how many texts have not left, and nothing moved for {@code patience} */
    int awaitLeft(Duration patience) throws InterruptedException {
        return onTheirWay.awaitLeft(patience);
    }

    public Outcome outcome() {
        if (unreached.get()) return Outcome.REGISTRY_NEVER_REACHED;
        return failed.get() ? Outcome.A_COMMAND_FAILED : Outcome.GOOD;
    }

    @Override
    public CompletionStage<Void> show(Happening happening) {
        var shown = screen.show(happening);
        switch (happening) {
            case Happening.Done(var command, Answer.Bye(var registryReached)) -> unreached.set(!registryReached);
            case Happening.Done(var command, var answer) -> {
                onTheirWay.answered(answer);
                shown.whenComplete((written, broken) -> room.release());
            }
            case Happening.Failed failure -> {
                failed.set(true);
                shown.whenComplete((written, broken) -> room.release());
            }
            case Happening.Ready other -> {}
            case Happening.Started other -> {}
            case Mail mail -> onTheirWay.came(mail);
            case Happening.RegistryLost lost -> onTheirWay.registry(false);
            case Happening.RegistryBack back -> onTheirWay.registry(true);
            case Happening.SignedOut other -> {}
            case Happening.TextCame other -> {}
            case Happening.FileCame other -> {}
            case Happening.Progress other -> onTheirWay.moves();
            case Happening.FileFailed other -> {}
            case Happening.Notice other -> {}
        }
        return shown;
    }
}
