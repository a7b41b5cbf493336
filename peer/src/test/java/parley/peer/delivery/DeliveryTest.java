package parley.peer.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.ManualTime;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import parley.messages.name.PeerAddress;
import parley.messages.wire.Envelope;
import parley.messages.wire.MessageId;

class DeliveryTest {
    private static final PeerAddress THERE = PeerAddress.of(new InetSocketAddress("127.0.0.1", 4711));
    private static final Duration MAILBOX_AFTER = Duration.ofSeconds(2);

    private final ActorTestKit kit = ActorTestKit.create(ManualTime.config());
    private final ManualTime time = ManualTime.get(kit.system());
    private final TestProbe<Object> paths = kit.createTestProbe(Object.class);
    private final TestProbe<Delivery.Outcome> outcomes = kit.createTestProbe(Delivery.Outcome.class);
    private final List<CompletableFuture<Paths.Deposit>> deposits = new ArrayList<>();
    private final Random random = new Random(3);
    private long nanos;

    private record Dialled(PeerAddress at) {}

    private record OnLink(int link, Envelope envelope) {}

    private record ToMailbox(Envelope envelope) {}

    private final ActorRef<Delivery.Command> delivery = kit.spawn(Delivery.create(
            new Paths() {
                @Override
                public void dial(PeerAddress address) {
                    paths.ref().tell(new Dialled(address));
                }

                @Override
                public void send(int link, Envelope envelope) {
                    paths.ref().tell(new OnLink(link, envelope));
                }

                @Override
                public CompletionStage<Deposit> deposit(Envelope envelope) {
                    var answer = new CompletableFuture<Deposit>();
                    deposits.add(answer);
                    paths.ref().tell(new ToMailbox(envelope));
                    return answer;
                }
            },
            new DeliverySettings(MAILBOX_AFTER, Duration.ofSeconds(1), Duration.ofMinutes(5)),
            random,
            () -> nanos,
            outcomes.ref()));

    @AfterEach
    void stop() {
        kit.shutdownTestKit();
    }

    @Test
    void whoCannotBeCalledGetsItByTheMailbox() {
        delivery.tell(new Delivery.Registry(true));
        var envelope = transmit();
        assertThat(paths.expectMessageClass(ToMailbox.class).envelope()).isEqualTo(envelope);
        deposits.getFirst().complete(new Paths.Kept());
        outcomes.expectMessage(new Delivery.InMailbox(envelope.id()));
        paths.expectNoMessage();
    }

    @Test
    void whoCanBeCalledIsCalledFirst() {
        delivery.tell(new Delivery.Registry(true));
        delivery.tell(new Delivery.Online(Optional.of(THERE)));
        var envelope = transmit();
        paths.expectMessage(new Dialled(THERE));
        delivery.tell(new Delivery.LinkUp(7));
        paths.expectMessage(new OnLink(7, envelope));
        delivery.tell(new Delivery.Withdraw(List.of(envelope.id())));
        pass(MAILBOX_AFTER.multipliedBy(2));
        paths.expectNoMessage();
    }

    @Test
    void whatTheLinkBeforeMayHaveLostGoesOnTheNextInItsOrder() {
        delivery.tell(new Delivery.LinkUp(1));
        var first = transmit();
        var second = transmit();
        paths.expectMessage(new OnLink(1, first));
        paths.expectMessage(new OnLink(1, second));
        delivery.tell(new Delivery.LinkDown());
        delivery.tell(new Delivery.LinkUp(2));
        var third = transmit();
        for (var envelope : List.of(first, second, third)) paths.expectMessage(new OnLink(2, envelope));
    }

    @Test
    void whoDoesNotAnswerGetsItByTheMailboxToo() {
        delivery.tell(new Delivery.Registry(true));
        delivery.tell(new Delivery.LinkUp(7));
        var envelope = transmit();
        paths.expectMessage(new OnLink(7, envelope));
        pass(MAILBOX_AFTER);
        paths.expectMessage(new ToMailbox(envelope));
        deposits.getFirst().complete(new Paths.Kept());
        outcomes.expectMessage(new Delivery.InMailbox(envelope.id()));
    }

    @Test
    void aFullMailboxIsSaidOnceAndTriedAgain() {
        delivery.tell(new Delivery.Registry(true));
        var envelope = transmit();
        paths.expectMessageClass(ToMailbox.class);
        deposits.getFirst().complete(new Paths.Later("full"));
        outcomes.expectMessage(new Delivery.Refused("full"));
        pass(Duration.ofSeconds(2));
        paths.expectMessage(new ToMailbox(envelope));
        deposits.get(1).complete(new Paths.Later("full"));
        outcomes.expectNoMessage();
        pass(Duration.ofSeconds(4));
        paths.expectMessage(new ToMailbox(envelope));
        deposits.get(2).complete(new Paths.Kept());
        outcomes.expectMessage(new Delivery.InMailbox(envelope.id()));
    }

    @Test
    void withoutARegistryItWaitsForOne() {
        var envelope = transmit();
        paths.expectNoMessage();
        delivery.tell(new Delivery.Registry(true));
        paths.expectMessage(new ToMailbox(envelope));
    }

    @Test
    void whatNobodyWillEverTakeComesBack() {
        delivery.tell(new Delivery.Registry(true));
        var envelope = transmit();
        paths.expectMessageClass(ToMailbox.class);
        deposits.getFirst().complete(new Paths.Never("no such account"));
        outcomes.expectMessage(new Delivery.Undeliverable(envelope.id(), "no such account"));
    }

    @Test
    void whatAnEarlierRunDepositedWaitsForALink() {
        delivery.tell(new Delivery.Registry(true));
        var envelope = envelope();
        delivery.tell(new Delivery.Transmit(envelope, true));
        pass(Duration.ofMinutes(10));
        paths.expectNoMessage();
        delivery.tell(new Delivery.LinkUp(7));
        paths.expectMessage(new OnLink(7, envelope));
        var counted = kit.createTestProbe(Delivery.Counted.class);
        delivery.tell(new Delivery.Count(counted.ref()));
        counted.expectMessage(new Delivery.Counted(1, true));
    }

    private void pass(Duration duration) {
        // What was told before has been dealt with, and its timers are set.
        var counted = kit.createTestProbe(Delivery.Counted.class);
        delivery.tell(new Delivery.Count(counted.ref()));
        counted.expectMessageClass(Delivery.Counted.class);
        nanos += duration.toNanos();
        time.timePasses(duration);
    }

    private Envelope transmit() {
        var envelope = envelope();
        delivery.tell(new Delivery.Transmit(envelope, false));
        return envelope;
    }

    private Envelope envelope() {
        var id = new byte[16];
        random.nextBytes(id);
        return new Envelope(new MessageId(ByteString.fromArray(id)), ByteString.fromArray(new byte[300]));
    }
}
