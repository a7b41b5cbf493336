package parley.peer.file;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/** How a part of the actor lets it know of something, now or later; for its own thread only. */
record Self(ActorContext<FilesCommand> context, TimerScheduler<FilesCommand> timers) {
    void tell(FilesCommand command) {
        context.getSelf().tell(command);
    }

    /** The same again before that counts instead. */
    void tellAfter(Duration delay, FilesCommand command) {
        timers.startSingleTimer(command, command, delay);
    }

    void cancel(FilesCommand command) {
        timers.cancel(command);
    }

    <T> void whenDone(
            CompletionStage<T> work, Function<T, FilesCommand> well, Function<Throwable, FilesCommand> failed) {
        context.pipeToSelf(work, (result, failure) -> failure == null ? well.apply(result) : failed.apply(failure));
    }
}
