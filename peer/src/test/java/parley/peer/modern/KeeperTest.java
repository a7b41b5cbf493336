package parley.peer.modern;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.ManualTime;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import parley.messages.name.GroupName;
import parley.messages.name.UserName;
import parley.messages.wire.Content;
import parley.messages.wire.Envelope;
import parley.messages.wire.MessageId;
import parley.messages.wire.Place;
import parley.peer.cipher.identity.SigningKey;
import parley.peer.contact.ContactCommand;
import parley.peer.contact.Path;

class KeeperTest {
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private enum Told {
        STOPPED,
        BEGUN
    }

    private final ActorTestKit kit = ActorTestKit.create(ManualTime.config());
    private final ManualTime time = ManualTime.get(kit.system());
    private final TestProbe<ContactCommand> opened = kit.createTestProbe(ContactCommand.class);
    private final TestProbe<Told> owner = kit.createTestProbe(Told.class);
    private volatile boolean diskFollows;
    private volatile boolean mayGoOn = true;
    private volatile Runnable goOn = () -> {};

    private final ActorRef<ContactCommand> keeper = kit.spawn(Keeper.create(
            new UserName("bob"), this::cipher, new Keeper.Pauses(PAUSE, PAUSE.multipliedBy(4)), new Keeper.Owner() {
                @Override
                public void stopped() {
                    owner.ref().tell(Told.STOPPED);
                }

                @Override
                public void begun(Runnable on) {
                    // Before the test hears of it, and says more.
                    if (mayGoOn) on.run();
                    else goOn = on;
                    owner.ref().tell(Told.BEGUN);
                }
            }));

    @AfterEach
    void stop() {
        kit.shutdownTestKit();
    }

    @Test
    void whatCameBehindAnEnvelopeThatWasLostIsNotOpenedBeforeIt() {
        var first = envelope();
        var second = envelope();
        keeper.tell(first);
        owner.expectMessage(Told.STOPPED);
        keeper.tell(second);
        diskFollows = true;
        time.timePasses(PAUSE);
        owner.expectMessage(Told.BEGUN);
        // The other side says both again, in their order, as nobody has acknowledged them.
        keeper.tell(first);
        keeper.tell(second);
        opened.expectMessage(first);
        opened.expectMessage(second);
        opened.expectNoMessage();
    }

    @Test
    void whatIsStillOnItsWayOnAnOldLinkIsNotOpenedBeforeAllBeginsAnew() {
        mayGoOn = false;
        var first = envelope();
        keeper.tell(first);
        owner.expectMessage(Told.STOPPED);
        diskFollows = true;
        time.timePasses(PAUSE);
        owner.expectMessage(Told.BEGUN);
        keeper.tell(envelope());
        goOn.run();
        keeper.tell(first);
        opened.expectMessage(first);
        opened.expectNoMessage();
    }

    @Test
    void whatIsNotSaidAgainIsKeptUntilTheDiskFollows() {
        keeper.tell(envelope());
        owner.expectMessage(Told.STOPPED);
        var acknowledged = new ContactCommand.Acked(List.of(id()));
        keeper.tell(acknowledged);
        diskFollows = true;
        time.timePasses(PAUSE);
        opened.expectMessage(acknowledged);
    }

    @Test
    void aDiskThatRefusesAgainIsLeftAloneTwiceAsLong() {
        keeper.tell(envelope());
        owner.expectMessage(Told.STOPPED);
        time.timePasses(PAUSE);
        owner.expectMessage(Told.BEGUN);
        keeper.tell(envelope());
        owner.expectMessage(Told.STOPPED);
        time.timePasses(PAUSE);
        owner.expectNoMessage();
        time.timePasses(PAUSE);
        owner.expectMessage(Told.BEGUN);
    }

    @Test
    void whatWasToBeEnqueuedIsAnsweredWhateverTheDiskDoes() {
        var asker = kit.createTestProbe(ContactCommand.Enqueuing.class);
        var lost = enqueue(asker.ref());
        keeper.tell(lost);
        assertThat(asker.receiveMessage().id()).isEqualTo(lost.content().id());
        owner.expectMessage(Told.STOPPED);
        var refused = enqueue(asker.ref());
        keeper.tell(refused);
        assertThat(((ContactCommand.NotEnqueued) asker.receiveMessage()).why())
                .isEqualTo(ContactCommand.WhyNot.STORE_FAILED);
        diskFollows = true;
        time.timePasses(PAUSE);
        owner.expectMessage(Told.BEGUN);
        var taken = enqueue(asker.ref());
        keeper.tell(taken);
        var passed = (ContactCommand.Enqueue) opened.receiveMessage();
        var answer =
                new ContactCommand.Enqueued(new UserName("bob"), taken.content().id());
        passed.replyTo().tell(answer);
        asker.expectMessage(answer);
        opened.expectNoMessage();
    }

    @Test
    void whoIsLetGoHearsAllThatWasSaidBefore() {
        diskFollows = true;
        var before = new ContactCommand.Acked(List.of(id()));
        keeper.tell(before);
        keeper.tell(new ContactCommand.Leave());
        opened.expectMessage(before);
        opened.expectMessage(new ContactCommand.Leave());
        owner.expectTerminated(keeper);
        owner.expectNoMessage();
    }

    private static ContactCommand.Enqueue enqueue(ActorRef<ContactCommand.Enqueuing> replyTo) {
        var none = ByteString.fromArray(new byte[Content.Text.HASH_BYTES]);
        var place = new Place(new GroupName("team"), none, 0, none);
        var identity = SigningKey.create(new SecureRandom()).key();
        return new ContactCommand.Enqueue(new Content.GroupNews(id(), place), identity, List.of(), replyTo);
    }

    /** One that stops at what it cannot commit. */
    private Behavior<ContactCommand> cipher() {
        return Behaviors.receiveMessage(command -> {
            if (!diskFollows) return Behaviors.stopped();
            opened.ref().tell(command);
            return command instanceof ContactCommand.Leave ? Behaviors.stopped() : Behaviors.same();
        });
    }

    private static ContactCommand envelope() {
        return new ContactCommand.Open(new Envelope(id(), ByteString.fromString("sealed")), new Path.Link());
    }

    private static MessageId id() {
        var bytes = new byte[MessageId.BYTES];
        new Random().nextBytes(bytes);
        return new MessageId(ByteString.fromArray(bytes));
    }
}
