package parley.peer.modern;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import parley.messages.name.UserName;
import parley.messages.wire.MessageId;
import parley.peer.store.HistoryEntry;
import parley.peer.store.HistoryFile;
import parley.peer.store.HistoryLine;
import parley.peer.store.Store;
import parley.peer.talk.FileMail;
import parley.peer.talk.Happening;
import parley.peer.talk.Mail;

class ReaderTest {
    private final ActorTestKit kit = ActorTestKit.create();
    private final TestProbe<Store.Command> store = kit.createTestProbe(Store.Command.class);
    private final BlockingQueue<Happening> shown = new LinkedBlockingQueue<>();

    private final ActorRef<Reader.Command> reader = kit.spawn(Reader.create(
            store.ref(),
            happening -> {
                shown.add(happening);
                return CompletableFuture.completedFuture(null);
            },
            null));

    @BeforeEach
    void begin() {
        reader.tell(new Reader.Begin());
    }

    @AfterEach
    void stop() {
        kit.shutdownTestKit();
    }

    @Test
    void whatCameBeforeIsNotShownAgain() throws Exception {
        end().tell(new Store.Lines(List.of(line(7)), true));
        after(7).tell(new Store.Lines(List.of(line(8)), true));
        assertThat(next())
                .isInstanceOfSatisfying(
                        Mail.MessageCame.class,
                        came -> assertThat(came.cursor()).isEqualTo(8));
    }

    @Test
    void whereTheEndCannotBeFoundTheWholeHistoryIsNotShown() throws Exception {
        end().tell(new Store.NoLines("the disk says no"));
        assertThat(next()).isInstanceOf(Happening.Notice.class);
        reader.tell(new Reader.More());
        end().tell(new Store.Lines(List.of(line(7)), true));
        after(7);
    }

    @Test
    void aFileIsShownInItsPlaceAmongTexts() throws Exception {
        end().tell(new Store.Lines(List.of(line(7)), true));
        after(7).tell(new Store.Lines(List.of(line(8), file(9), line(10)), true));
        assertThat(next()).isInstanceOf(Mail.MessageCame.class);
        assertThat(next()).isInstanceOfSatisfying(FileMail.Came.class, came -> {
            assertThat(came.cursor()).isEqualTo(9);
            assertThat(came.name()).isEqualTo("a.bin");
            assertThat(came.path()).isEqualTo(Path.of("/d/a.bin"));
            assertThat(came.bytes()).isEqualTo(7);
        });
        assertThat(next()).isInstanceOf(Mail.MessageCame.class);
    }

    private ActorRef<? super Store.Looked> end() {
        return store.expectMessageClass(Store.History.class).replyTo();
    }

    private ActorRef<? super Store.Looked> after(long cursor) {
        var since = store.expectMessageClass(Store.Since.class);
        assertThat(since.cursor()).isEqualTo(cursor);
        return since.replyTo();
    }

    private Happening next() throws InterruptedException {
        return shown.poll(10, TimeUnit.SECONDS);
    }

    private static HistoryLine line(long serial) {
        var entry = new HistoryEntry(
                new UserName("bob"),
                Optional.empty(),
                false,
                MessageId.random(new SecureRandom()),
                serial,
                0,
                0,
                "text");
        return new HistoryLine(serial, entry, Optional.empty(), Optional.empty());
    }

    private static HistoryLine file(long serial) {
        var entry = new HistoryEntry(
                new UserName("bob"),
                Optional.empty(),
                false,
                MessageId.random(new SecureRandom()),
                serial,
                0,
                0,
                "a.bin",
                Optional.of(new HistoryFile(7, "00ff", "image/png", "/d/a.bin")));
        return new HistoryLine(serial, entry, Optional.empty(), Optional.empty());
    }
}
