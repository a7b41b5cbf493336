package parley.peer.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class CourierTest {
    static final ActorTestKit kit = ActorTestKit.create();
    static final Parcel.Reached ONE = new Parcel.Reached(1, List.of());

    private record Away(Parcel parcel, CompletableFuture<Parcel.Reached> back) {}

    private final BlockingQueue<Away> away = new LinkedBlockingQueue<>();
    final TestProbe<Courier.Outcome> sender = kit.createTestProbe();
    final ActorRef<Courier.Command> courier = kit.spawn(Courier.create(parcel -> {
        var back = new CompletableFuture<Parcel.Reached>();
        away.add(new Away(parcel, back));
        return back;
    }));

    @AfterAll
    static void close() {
        kit.shutdownTestKit();
    }

    @Test
    void oneParcelIsAwayAtATimeAndTheirOrderIsKept() throws InterruptedException {
        for (int i = 0; i < 50; i++) courier.tell(take(i));
        for (int i = 0; i < 50; i++) {
            var now = next();
            assertThat(now.parcel()).isEqualTo(new Parcel.Text("text " + i));
            assertThat(away).isEmpty();
            now.back().complete(ONE);
            assertThat(sender.receiveMessage()).isEqualTo(new Courier.Carried(i, ONE));
        }
    }

    @Test
    void aParcelThatFailsDoesNotHoldUpTheNext() throws InterruptedException {
        courier.tell(take(1));
        courier.tell(take(2));
        next().back().completeExceptionally(new NotDelivered("bob: not there"));
        assertThat(sender.receiveMessage()).isEqualTo(new Courier.Failed(1, "bob: not there"));
        next().back().complete(ONE);
        assertThat(sender.receiveMessage()).isEqualTo(new Courier.Carried(2, ONE));
    }

    @Test
    void moreThanItCanHoldIsRefusedAtOnce() throws InterruptedException {
        for (int i = 0; i <= Courier.WAITING_MAX; i++) courier.tell(take(i));
        courier.tell(take(-1));
        assertThat(sender.receiveMessage())
                .isEqualTo(new Courier.Failed(-1, "Too many wait already, expected at most 1024"));
        next().back().complete(ONE);
        assertThat(sender.receiveMessage()).isEqualTo(new Courier.Carried(0, ONE));
        assertThat(next().parcel()).isEqualTo(new Parcel.Text("text 1"));
    }

    private Courier.Take take(long id) {
        return new Courier.Take(id, new Parcel.Text("text " + id), sender.ref());
    }

    private Away next() throws InterruptedException {
        var next = away.poll(5, TimeUnit.SECONDS);
        if (next == null) throw new AssertionError("nothing is carried");
        return next;
    }
}
