package parley.peer.file;

import static org.apache.pekko.actor.typed.javadsl.Behaviors.same;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingDeque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.ManualTime;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.stream.javadsl.Flow;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import parley.messages.identity.RegistryId;
import parley.messages.name.PeerAddress;
import parley.messages.name.UserName;
import parley.messages.wire.Content.FileState.State;
import parley.messages.wire.FileOffer;
import parley.messages.wire.MessageId;
import parley.peer.store.Store;
import parley.peer.stream.Streams;
import parley.peer.stream.Streams.Why;
import parley.peer.transfer.SourceStamp;

/** Who calls whom for a file, and when again. */
class StreamingTest {
    private static final UserName BOB = new UserName("bob");
    private static final MessageId ID = new MessageId(ByteString.fromArray(new byte[MessageId.BYTES]));
    private static final Ref REF = new Ref(BOB, ID);
    private static final Optional<PeerAddress> HERE = Optional.of(PeerAddress.parse("192.0.2.1:7000"));
    private static final FileOffer OFFER =
            new FileOffer(1, false, 1 << 20, ByteString.fromArray(new byte[FileOffer.KEY_BYTES]), "a.bin");
    private static final Duration RETRY_MIN = Duration.ofSeconds(5);
    private static final Duration QUIET = Duration.ofMillis(50);

    /** What the actor is told by a test. */
    private static final String OPEN = "open";

    private static final String MEET = "meet";

    private static final Transfers SENT = new Transfers(
            Map.of(
                    ID,
                    new SentFile(
                            ID, OFFER, Path.of("/a"), new SourceStamp(1 << 20, "", ""), Optional.empty(), 1, 0, false)),
            Map.of(REF, new Receiver(Optional.empty(), true)),
            Map.of());
    private static final Transfers CAME = new Transfers(
            Map.of(),
            Map.of(),
            Map.of(REF, new CameFile(REF, Optional.empty(), Optional.empty(), OFFER, new CameFile.Wanted(), Set.of())));

    private final ActorTestKit kit = ActorTestKit.create(ManualTime.config());
    private final ManualTime time = ManualTime.get(kit.system());
    private final TestProbe<Streams.Command> streams = kit.createTestProbe();
    private final TestProbe<Happened> told = kit.createTestProbe();
    private final TestProbe<Happened> heardOut = kit.createTestProbe();
    private final BlockingDeque<CompletableFuture<FilesSurroundings.Relay.Outcome>> relayCalls =
            new LinkedBlockingDeque<>();

    @AfterEach
    void stop() {
        kit.shutdownTestKit();
    }

    @Test
    void theSenderCallsAtOnce() {
        var files = files(SENT);
        online(files, HERE);
        opened(files);
        assertThat(streams.expectMessageClass(Streams.Call.class)).isEqualTo(new Streams.Call(BOB, ID, HERE.get()));
    }

    @Test
    void theReceiverCallsThreeSecondsLaterUnlessSomethingRunsByThen() {
        var files = files(CAME);
        online(files, HERE);
        opened(files);
        time.timePasses(Duration.ofMillis(2_900));
        streams.expectNoMessage(QUIET);
        time.timePasses(Duration.ofMillis(200));
        streams.expectMessageClass(Streams.Call.class);
        heard(files, new Streams.Began(BOB, ID));
        online(files, HERE);
        time.timePasses(Duration.ofSeconds(4));
        streams.expectNoMessage(QUIET);
    }

    @Test
    void whatWasCutIsCalledForAgainAfterAPauseOrAtOnceWhenHeComes() {
        var files = files(SENT);
        online(files, HERE);
        opened(files);
        streams.expectMessageClass(Streams.Call.class);
        heard(files, new Streams.Began(BOB, ID));
        heard(files, new Streams.Ended(BOB, ID, Why.CUT, "cut"));
        time.timePasses(RETRY_MIN);
        streams.expectMessageClass(Streams.Call.class);
        heard(files, new Streams.Ended(BOB, ID, Why.NOT_REACHED, "nobody"));
        online(files, HERE);
        time.timePasses(Duration.ofMillis(1));
        streams.expectMessageClass(Streams.Call.class);
    }

    @Test
    void aReceiverWhoCanCallNobodySaysOnceThatHeWaits() {
        var files = files(CAME);
        online(files, Optional.empty());
        opened(files);
        time.timePasses(Duration.ofSeconds(3));
        assertThat(told.expectMessageClass(Happened.Say.class)).isEqualTo(new Happened.Say(REF, State.READY));
        online(files, Optional.empty());
        time.timePasses(Duration.ofSeconds(3));
        told.expectNoMessage(QUIET);
    }

    @Test
    void aReceiverSaysNothingToAnEmptyHouse() {
        opened(files(CAME));
        time.timePasses(Duration.ofMinutes(1));
        told.expectNoMessage(QUIET);
    }

    @Test
    void aSenderWhoIsWaitedForGoesToTheRelayAndSaysSoEachTimeHeIsAsked() {
        var files = files(SENT);
        online(files, Optional.empty());
        opened(files);
        for (int asked = 0; asked < 3; asked++) {
            met(files);
            assertThat(told.expectMessageClass(Happened.Say.class)).isEqualTo(new Happened.Say(REF, State.RELAYED));
        }
        assertThat(relayCalls).hasSize(1);
        relayCalls.remove().complete(new FilesSurroundings.Relay.Connected(Flow.create(), () -> {}));
        assertThat(streams.expectMessageClass(Streams.ByRelay.class).with()).isEqualTo(BOB);
    }

    @Test
    void whatTheRelayGivesIsClosedWhereAStreamRunsByThen() {
        var files = files(CAME);
        opened(files);
        met(files);
        heard(files, new Streams.Began(BOB, ID));
        var aborted = new AtomicBoolean();
        relayCalls.remove().complete(new FilesSurroundings.Relay.Connected(Flow.create(), () -> aborted.set(true)));
        streams.expectNoMessage(QUIET);
        assertThat(aborted).isTrue();
    }

    @Test
    void whatComesOtherwiseThanItWasSentIsTriedThreeTimes() {
        var files = files(CAME);
        opened(files);
        for (int wrong = 0; wrong < 2; wrong++) {
            heard(files, new Streams.Ended(BOB, ID, Why.WRONG, "another root"));
            told.expectNoMessage(QUIET);
        }
        heard(files, new Streams.Ended(BOB, ID, Why.WRONG, "another root"));
        told.expectMessageClass(Happened.Broken.class);
    }

    @Test
    void whatOurDiskDoesNotTakeIsTriedEightTimesMore() {
        var files = files(CAME);
        opened(files);
        for (int failure = 0; failure < 8; failure++) {
            heard(files, new Streams.Ended(BOB, ID, Why.DISK, "Input/output error"));
            told.expectNoMessage(QUIET);
        }
        heard(files, new Streams.Ended(BOB, ID, Why.DISK, "Input/output error"));
        assertThat(told.expectMessageClass(Happened.Broken.class))
                .isEqualTo(new Happened.Broken(REF, "Input/output error"));
    }

    @Test
    void whatBeginsAndGetsNoFurtherIsCalledForLaterEachTime() {
        var files = files(CAME);
        online(files, HERE);
        opened(files);
        time.timePasses(Duration.ofSeconds(3));
        streams.expectMessageClass(Streams.Call.class);
        for (int failure = 0; failure < 2; failure++) {
            heard(files, new Streams.Began(BOB, ID));
            heard(files, new Streams.Progress(BOB, ID, 0));
            heard(files, new Streams.Ended(BOB, ID, Why.DISK, "Not a directory"));
            time.timePasses(
                    failure == 0
                            ? Duration.ofMillis(200)
                            : RETRY_MIN.dividedBy(2).minusMillis(1));
            if (failure == 0) streams.expectMessageClass(Streams.Call.class);
        }
        streams.expectNoMessage(QUIET);
        time.timePasses(RETRY_MIN);
        streams.expectMessageClass(Streams.Call.class);
    }

    @Test
    void aDiskWithoutRoomAndAWholeFileEndTheLane() {
        var files = files(CAME);
        opened(files);
        heard(files, new Streams.Ended(BOB, ID, Why.NO_ROOM, "full"));
        streams.expectMessageClass(Streams.Close.class);
        told.expectMessageClass(Happened.NoRoom.class);
        opened(files);
        heard(files, new Streams.Whole(BOB, ID, "00ff"));
        streams.expectMessageClass(Streams.Close.class);
        assertThat(told.expectMessageClass(Happened.Whole.class)).isEqualTo(new Happened.Whole(REF, "00ff"));
    }

    private void online(ActorRef<FilesCommand> files, Optional<PeerAddress> at) {
        files.tell(new FilesCommand.Online(BOB, at));
        done(files);
    }

    private void opened(ActorRef<FilesCommand> files) {
        files.tell(new FilesCommand.Look(OPEN));
        var lane = streams.receiveMessage();
        assertThat(lane).isInstanceOfAny(Streams.Send.class, Streams.Receive.class);
        done(files);
        time.timePasses(Duration.ofMillis(1));
    }

    /** Until it has done what it was told before. */
    private void done(ActorRef<FilesCommand> files) {
        files.tell(new Happened.PostAgain());
        heardOut.receiveMessage();
    }

    private void met(ActorRef<FilesCommand> files) {
        files.tell(new FilesCommand.Look(MEET));
        done(files);
    }

    private void heard(ActorRef<FilesCommand> files, Streams.Change change) {
        files.tell(new FilesCommand.Streamed(change));
        done(files);
    }

    private ActorRef<FilesCommand> files(Transfers now) {
        return kit.spawn(Behaviors.setup(context -> Behaviors.withTimers(timers -> {
            var streaming = new Streaming(surroundings(), new Self(context, timers));
            return Behaviors.receiveMessage(command -> host(command, streaming, now));
        })));
    }

    /** As {@link Files} do. */
    private Behavior<FilesCommand> host(FilesCommand command, Streaming streaming, Transfers now) {
        switch (command) {
            case FilesCommand.Look(var what) -> {
                if (what.equals(OPEN)) streaming.open(REF, now);
                else streaming.meet(REF, now);
            }
            case FilesCommand.Online online -> streaming.online(online, now);
            case FilesCommand.Streamed(var change) -> streaming.heard(change, now);
            case Happened.OfConnection happened -> streaming.happened(happened, now);
            case Happened.PostAgain() -> heardOut.ref().tell(new Happened.PostAgain());
            case Happened happened -> told.ref().tell(happened);
            case FilesCommand other -> throw new IllegalArgumentException(String.valueOf(other));
        }
        return same();
    }

    private FilesSurroundings surroundings() {
        return new FilesSurroundings(
                new UserName("alice"),
                new RegistryId(ByteString.fromArray(new byte[RegistryId.BYTES])),
                kit.<Store.Command>createTestProbe().ref(),
                KnownFiles.read(new PlayedDisk()),
                streams.ref(),
                (group, id, offer, with) ->
                        CompletableFuture.completedFuture(new FilesSurroundings.GroupPost.NotWritten("no group")),
                (with, token) -> {
                    relayCalls.add(new CompletableFuture<>());
                    return relayCalls.getLast();
                },
                kit.<FileEffect>createTestProbe().ref(),
                Runnable::run,
                new SecureRandom(),
                InstantSource.system(),
                new FilesSettings(Path.of("/"), 10, 1 << 18, 1L << 30, RETRY_MIN, Duration.ofMinutes(5), RETRY_MIN));
    }
}
