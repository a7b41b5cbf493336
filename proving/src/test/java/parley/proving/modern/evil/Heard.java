package parley.proving.modern.evil;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import parley.messages.name.UserName;
import parley.peer.talk.Happening;
import parley.peer.talk.Mail;
import parley.peer.talk.Screen;

/** A screen that keeps all that it was shown, and can be waited at. */
final class Heard implements Screen {
    static final Duration SOON = Duration.ofMinutes(2);

    private final List<Happening> all = new ArrayList<>();

    @Override
    public synchronized CompletionStage<Void> show(Happening happening) {
        all.add(happening);
        notifyAll();
        return CompletableFuture.completedFuture(null);
    }

    synchronized List<Happening> all() {
        return List.copyOf(all);
    }

    synchronized int count() {
        return all.size();
    }

    /** The first one from the {@code from}th on that fits. */
    synchronized Happening await(String what, int from, Predicate<Happening> fits) throws InterruptedException {
        long end = System.nanoTime() + SOON.toNanos();
        for (int next = from; ; next++) {
            while (next >= all.size()) {
                long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
                if (left <= 0) throw new AssertionError("%s was not shown; shown was %s".formatted(what, readable()));
                wait(left);
            }
            if (fits.test(all.get(next))) return all.get(next);
        }
    }

    /** All texts of {@code from}, as they were shown. */
    synchronized List<String> texts(UserName from) {
        return all.stream()
                .map(each -> text(each, from))
                .filter(text -> text != null)
                .toList();
    }

    void awaitTexts(UserName from, int count) throws InterruptedException {
        await("text %d of %s".formatted(count, from), 0, any -> texts(from).size() >= count);
    }

    synchronized boolean isNoticed(String part) {
        return all.stream().anyMatch(notice(part));
    }

    static Predicate<Happening> notice(String part) {
        return happening -> happening instanceof Happening.Notice(var text) && text.contains(part);
    }

    private static @Nullable String text(Happening happening, UserName from) {
        return happening instanceof Mail.MessageCame came && came.from().equals(from) ? came.text() : null;
    }

    private synchronized String readable() {
        var text = new StringBuilder();
        for (var each : all) {
            text.append("\n  ").append(each);
            if (each instanceof Mail.MessageCame came)
                text.append(' ').append(came.from()).append(' ').append(came.text());
        }
        return text.toString();
    }
}
