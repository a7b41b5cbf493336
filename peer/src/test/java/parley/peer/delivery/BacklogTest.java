package parley.peer.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashSet;
import java.util.Random;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.Test;
import parley.messages.wire.Envelope;
import parley.messages.wire.MessageId;

class BacklogTest {
    private static final DeliverySettings SETTINGS =
            new DeliverySettings(Duration.ofSeconds(2), Duration.ofSeconds(1), Duration.ofMinutes(5));
    private static final long SECOND = 1_000_000_000L;

    private final Random random = new Random(7);
    private final Backlog backlog = new Backlog(SETTINGS, random);

    @Test
    void withoutALinkTheMailboxGetsItAtOnce() {
        backlog.registry(true, 0);
        var envelope = add(false, 0);
        assertThat(backlog.forLink(0)).isEmpty();
        assertThat(backlog.forMailbox(0)).contains(envelope);
        assertThat(backlog.forMailbox(0)).isEmpty();
        backlog.deposited(envelope.id(), new Paths.Kept(), 0);
        assertThat(backlog.forMailbox(SECOND * 1000)).isEmpty();
        assertThat(backlog.untilDue(0)).isEmpty();
        assertThat(backlog.size()).as("until it is acknowledged").isEqualTo(1);
        backlog.remove(envelope.id());
        assertThat(backlog.size()).isZero();
    }

    @Test
    void aLinkHasTwoSecondsBeforeTheMailboxGetsItToo() {
        backlog.registry(true, 0);
        backlog.linkUp(0);
        var envelope = add(false, SECOND);
        assertThat(backlog.forLink(SECOND)).containsExactly(envelope);
        assertThat(backlog.forMailbox(SECOND * 3 - 1)).isEmpty();
        assertThat(backlog.untilDue(SECOND)).hasValue(2 * SECOND);
        assertThat(backlog.forMailbox(SECOND * 3)).contains(envelope);
    }

    @Test
    void aLinkOnWhichAnythingIsAcknowledgedIsGivenMoreTime() {
        backlog.registry(true, 0);
        backlog.linkUp(0);
        add(false, 0);
        backlog.forLink(0);
        backlog.sign(SECOND);
        assertThat(backlog.forMailbox(SECOND * 3 - 1)).isEmpty();
        assertThat(backlog.forMailbox(SECOND * 3)).isPresent();
    }

    @Test
    void dialingIsGivenTheSameTime() {
        backlog.registry(true, 0);
        var envelope = add(true, 0);
        assertThat(backlog.forMailbox(2 * SECOND - 1)).isEmpty();
        assertThat(backlog.forMailbox(2 * SECOND)).contains(envelope);
    }

    @Test
    void whatWasDepositedGoesOverTheNextLinkAgainInOrder() {
        backlog.registry(true, 0);
        var first = add(false, 0);
        var second = add(false, 0);
        backlog.forMailbox(0);
        backlog.deposited(first.id(), new Paths.Kept(), 0);
        backlog.linkUp(1);
        assertThat(backlog.forLink(1)).containsExactly(first, second);
        backlog.linkDown();
        backlog.linkUp(2);
        assertThat(backlog.forLink(2)).containsExactly(first, second);
        assertThat(backlog.forLink(2)).isEmpty();
    }

    @Test
    void theWindowBoundsWhatIsOnALink() {
        backlog.linkUp(0);
        for (int i = 0; i < Backlog.WINDOW + 10; i++) add(false, 0);
        var sent = backlog.forLink(0);
        assertThat(sent).hasSize(Backlog.WINDOW);
        assertThat(backlog.forLink(0)).isEmpty();
        backlog.remove(sent.getFirst().id());
        assertThat(backlog.forLink(0)).hasSize(1);
    }

    @Test
    void oneLargeEnvelopeFillsTheWindowAndStillGoes() {
        backlog.linkUp(0);
        for (int i = 0; i < 10; i++) backlog.add(envelope(Envelope.MESSAGE_BYTES_MAX), false, false, 0);
        assertThat(backlog.forLink(0)).hasSize(Backlog.WINDOW_BYTES / Envelope.MESSAGE_BYTES_MAX);
    }

    @Test
    void aRegistryThatRefusesIsAskedAgainLessAndLessOften() {
        backlog.registry(true, 0);
        var envelope = add(false, 0);
        long now = 0;
        long longest = 0;
        for (int attempt = 0; attempt < 15; attempt++) {
            assertThat(backlog.forMailbox(now)).contains(envelope);
            backlog.deposited(envelope.id(), new Paths.Later("full"), now);
            long pause = backlog.untilDue(now).orElseThrow();
            assertThat(pause)
                    .isBetween(
                            Math.min(SECOND << attempt, 300 * SECOND) / 2, Math.min(SECOND << attempt, 300 * SECOND));
            assertThat(backlog.forMailbox(now + pause - 1)).isEmpty();
            now += pause;
            longest = Math.max(longest, pause);
        }
        assertThat(longest).isGreaterThan(150 * SECOND);
    }

    @Test
    void whatComesBehindOneThatHasToWaitWaitsToo() {
        backlog.registry(true, 0);
        var first = add(false, 0);
        assertThat(backlog.forMailbox(0)).contains(first);
        backlog.deposited(first.id(), new Paths.Later("away"), 0);
        var second = add(false, 0);
        assertThat(backlog.forMailbox(0)).isEmpty();
        backlog.registry(false, 0);
        backlog.registry(true, 0);
        assertThat(backlog.forMailbox(0)).as("at once").contains(first);
        backlog.deposited(first.id(), new Paths.Kept(), 0);
        assertThat(backlog.forMailbox(0)).as("in order").contains(second);
    }

    @Test
    void oneThatIsOnItsWayIsNotOvertaken() {
        backlog.registry(true, 0);
        var first = add(false, 0);
        add(false, 0);
        assertThat(backlog.forMailbox(0)).contains(first);
        assertThat(backlog.forMailbox(0)).as("while the first is not answered").isEmpty();
        backlog.deposited(first.id(), new Paths.Later("full"), 0);
        assertThat(backlog.forMailbox(SECOND * 2)).contains(first);
    }

    @Test
    void whatNobodyWillTakeIsGone() {
        backlog.registry(true, 0);
        var envelope = add(false, 0);
        backlog.forMailbox(0);
        backlog.deposited(envelope.id(), new Paths.Never("no such account"), 0);
        assertThat(backlog.size()).isZero();
    }

    @Test
    void anAnswerThatComesAfterTheAcknowledgementChangesNothing() {
        backlog.registry(true, 0);
        var envelope = add(false, 0);
        backlog.forMailbox(0);
        backlog.remove(envelope.id());
        backlog.deposited(envelope.id(), new Paths.Later("late"), 0);
        var next = add(false, 0);
        assertThat(backlog.forMailbox(0)).as("it is the next one's turn").contains(next);
    }

    /** Whatever happens in whatever order: nothing is lost, and with link or registry at hand all gets somewhere. */
    @Test
    void anyOrderOfEventsLeavesNothingBehind() {
        for (int seed = 0; seed < 500; seed++) {
            var chance = new Random(seed);
            var chaos = new Backlog(SETTINGS, chance);
            var open = new HashSet<MessageId>();
            var deposited = new HashSet<MessageId>();
            var onLink = new java.util.ArrayList<Envelope>();
            var atRegistry = new java.util.ArrayList<Envelope>();
            long now = 0;
            for (int step = 0; step < 300; step++) {
                now += chance.nextLong(SECOND);
                switch (chance.nextInt(8)) {
                    case 0, 1 -> {
                        var envelope = envelope(100 + chance.nextInt(5000));
                        chaos.add(envelope, false, chance.nextBoolean(), now);
                        open.add(envelope.id());
                    }
                    case 2 -> chaos.linkUp(now);
                    case 3 -> {
                        chaos.linkDown();
                        onLink.clear();
                    }
                    case 4 -> chaos.registry(chance.nextBoolean(), now);
                    case 5 -> onLink.addAll(chaos.forLink(now));
                    case 6 -> chaos.forMailbox(now).ifPresent(atRegistry::add);
                    default -> {
                        if (!onLink.isEmpty()) {
                            var id = onLink.removeFirst().id();
                            chaos.remove(id);
                            open.remove(id);
                        }
                        if (!atRegistry.isEmpty()) {
                            var id = atRegistry.removeFirst().id();
                            boolean kept = chance.nextBoolean();
                            chaos.deposited(id, kept ? new Paths.Kept() : new Paths.Later("busy"), now);
                            if (kept) deposited.add(id);
                        }
                    }
                }
            }
            for (var envelope : atRegistry) chaos.deposited(envelope.id(), new Paths.Kept(), now);
            for (var envelope : atRegistry) deposited.add(envelope.id());
            chaos.linkDown();
            chaos.registry(true, now);
            while (true) {
                now += 600 * SECOND;
                var due = chaos.forMailbox(now);
                if (due.isEmpty()) break;
                chaos.deposited(due.get().id(), new Paths.Kept(), now);
                deposited.add(due.get().id());
            }
            assertThat(deposited).as("seed %d", seed).containsAll(open);
            assertThat(chaos.size()).as("seed %d", seed).isEqualTo(open.size());
        }
    }

    private Envelope add(boolean dialled, long now) {
        var envelope = envelope(300);
        backlog.add(envelope, false, dialled, now);
        return envelope;
    }

    private Envelope envelope(int bytes) {
        var id = new byte[16];
        random.nextBytes(id);
        return new Envelope(new MessageId(ByteString.fromArray(id)), ByteString.fromArray(new byte[bytes]));
    }
}
