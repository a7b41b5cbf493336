package parley.peer;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import parley.peer.command.Input;
import parley.peer.modern.ModernPeer;
import parley.peer.session.Peer;
import parley.peer.talk.Happening;
import parley.peer.talk.Screen;

/**
 * The actor system of a peer, started beside whatever its caller does meanwhile; commands wait for it.
 *
 * <pre>
 *   new --start--&gt; starting --made--&gt; running --Exit--&gt; ending --terminated--&gt; ended
 *                     |                  |                `--after 1.8 s--&gt; ended, hung
 *                     |                  `--could not listen: the reason is kept--&gt; ended
 *                     `--not made: the reason is kept--&gt; ended
 * </pre>
 */
final class Program {
    /** Whoever leaves is gone within 2 s, whatever hangs. */
    private static final Duration ENDING_MAX = Duration.ofMillis(1_800);

    private static final Logger log = LoggerFactory.getLogger(Program.class);

    // Not a future: what waits for one is told in no order.
    private final List<Input> early = new ArrayList<>();
    private @Nullable Consumer<Input> peer;
    private final AtomicReference<@Nullable String> failure = new AtomicReference<>();
    private final AtomicBoolean ending = new AtomicBoolean();
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile boolean hung;

    void start(Setup setup, Screen screen) {
        Thread.ofPlatform().name("start").start(() -> create(setup, new Observed(screen)));
    }

    private void create(Setup setup, Screen screen) {
        try {
            made(peer(setup, screen));
        } catch (RuntimeException unmade) {
            log.error("no actor system", unmade);
            failure.compareAndSet(null, "Cannot start, the log says why: " + unmade.getMessage());
            ended.countDown();
        }
    }

    /** Any thread; in the order of the calls. Exit ends the program. */
    void run(Input input) {
        if (input instanceof Input.Exit && !ending.compareAndSet(false, true)) return;
        tell(input);
        if (input instanceof Input.Exit)
            Thread.ofPlatform().name("ending").daemon().start(this::watchEnding);
    }

    private Consumer<Input> peer(Setup setup, Screen screen) {
        return switch (setup.world()) {
            case World.Classic(var settings) -> {
                var system = system(Peer.create(settings, screen), setup);
                yield input -> system.tell(new Peer.Run(input));
            }
            case World.Modern(var settings) -> {
                var system = system(ModernPeer.create(settings, screen), setup);
                yield input -> system.tell(new ModernPeer.Run(input));
            }
        };
    }

    private <T> ActorSystem<T> system(Behavior<T> peer, Setup setup) {
        var system = ActorSystem.create(peer, "parley", setup.all());
        system.getWhenTerminated().whenComplete((done, failed) -> ended.countDown());
        return system;
    }

    private synchronized void tell(Input input) {
        if (peer == null) early.add(input);
        else peer.accept(input);
    }

    private synchronized void made(Consumer<Input> made) {
        peer = made;
        early.forEach(made);
        early.clear();
    }

    private void watchEnding() {
        try {
            hung = !ended.await(ENDING_MAX.toMillis(), TimeUnit.MILLISECONDS);
            ended.countDown();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /** Runs {@code then} on a thread of its own when the program has ended, for whatever reason. */
    void whenEnded(Runnable then) {
        Thread.ofPlatform().name("ended").daemon().start(() -> {
            try {
                ended.await();
                then.run();
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
        });
    }

    /**
     * Waits for the end.
     *
     * @throws CannotStart if it never began
     */
    void awaitEnd() throws InterruptedException {
        ended.await();
        var why = failure.get();
        if (why != null) throw CannotStart.because(why);
    }

    /** Ends the process at once if the actor system would hold it up: its shutdown hook waits for what hangs. */
    int exitCode(int code) {
        if (hung) {
            log.warn("the actor system did not end in time");
            Runtime.getRuntime().halt(code);
        }
        return code;
    }

    /** The reason of a failed start is kept for the end of the program; all else is shown. */
    private final class Observed implements Screen {
        private static final String START = "start";

        private final Screen screen;

        Observed(Screen screen) {
            this.screen = screen;
        }

        @Override
        public CompletionStage<Void> show(Happening happening) {
            if (happening instanceof Happening.Failed(var command, var why) && command.equals(START)) {
                failure.compareAndSet(null, why);
                return CompletableFuture.completedFuture(null);
            }
            return screen.show(happening);
        }
    }
}
