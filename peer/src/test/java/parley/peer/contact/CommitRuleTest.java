package parley.peer.contact;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import parley.messages.name.UserName;
import parley.messages.wire.Content;
import parley.messages.wire.Envelope;
import parley.messages.wire.EnvelopeCodec;
import parley.messages.wire.MessageId;
import parley.messages.wire.Reason;
import parley.peer.cipher.primitive.SeededRandom;
import parley.peer.contact.ContactCommand.Written;
import parley.peer.store.Change;
import parley.peer.store.Disk;
import parley.peer.store.Store;

/** Every arrow of {@link ContactCipher}, with a disk that does nothing before it is told to. */
class CommitRuleTest {
    private static final ActorTestKit KIT = ActorTestKit.create(
            ConfigFactory.parseString("pekko.loglevel = OFF").withFallback(ConfigFactory.load()));
    private static final UserName BOB = new UserName("bob");

    private final Town town = new Town();
    private final TestProbe<Effect> owner = KIT.createTestProbe();
    private final TestProbe<Store.Command> disk = KIT.createTestProbe();
    private final TestProbe<ContactCommand.Outcome> writer = KIT.createTestProbe();
    private final Disk tables = Disk.inMemory();
    private final Wanted wanted = new Wanted();
    private Side alice;
    private Side bob;
    private ActorRef<ContactCommand> cipher;

    @AfterAll
    static void end() {
        KIT.shutdownTestKit();
    }

    @BeforeEach
    void start() {
        alice = new Side("alice", 1, tables, town);
        bob = new Side("bob", 2, Disk.inMemory(), town);
        spawn();
    }

    private void spawn() {
        cipher = KIT.spawn(ContactCipher.create(
                BOB,
                new Surroundings(
                        alice.keys,
                        disk.ref(),
                        owner.ref(),
                        Allowance.create(),
                        wanted,
                        WantedFiles.NONE,
                        new SeededRandom(3),
                        InstantSource.system(),
                        ContactSettings.DEFAULT)));
        reads();
        assertThat(owner.receiveMessage()).isInstanceOf(Effect.Known.class);
    }

    @Test
    void aTextIsOnDiskBeforeItsWriterHearsSoAndBeforeAnythingFollows() {
        cipher.tell(new ContactCommand.Write("canary", writer.ref()));
        var commit = commit();
        assertThat(tables(commit)).contains("contact", "outbox", "Append");
        nothingHappens();
        store(commit);
        assertThat(writer.receiveMessage()).isInstanceOf(Written.class);
        assertThat(told()).isInstanceOf(Effect.NeedBundle.class);
    }

    @Test
    void theAdvancedSessionsAndTheSealedBytesAreOneCommitBeforeTransmit() {
        writeAndStore("one");
        giveBundle();
        var commit = commit();
        assertThat(tables(commit)).contains("sessions", "outbox", "chain");
        nothingHappens();
        store(commit);
        assertThat(told()).isInstanceOf(Effect.Transmit.class);
    }

    /** What waits to be accepted is another one by now than what the user saw. */
    @Test
    void anIdentityThatTheUserDidNotSeeIsNeitherAcceptedNorVerified() {
        acquainted();
        var seen = new Side("bob", 5, Disk.inMemory(), town).keys.chain();
        var other = new Side("bob", 6, Disk.inMemory(), town).keys.chain();
        var answers = KIT.<Boolean>createTestProbe();
        for (var forked : List.of(seen, other)) {
            cipher.tell(new ContactCommand.ChainSeen(forked));
            store(commit());
        }
        cipher.tell(new ContactCommand.AcceptIdentity(seen.identity(), answers.ref()));
        assertThat(answers.receiveMessage()).isFalse();
        cipher.tell(new ContactCommand.SetVerified(other.identity(), answers.ref()));
        assertThat(answers.receiveMessage()).isFalse();
        disk.expectNoMessage(Duration.ofMillis(50));
        cipher.tell(new ContactCommand.AcceptIdentity(other.identity(), answers.ref()));
        assertThat(tables(commit())).contains("chain", "contact");
        assertThat(answers.receiveMessage()).isTrue();
    }

    @Test
    void memoryRunsAheadAndEffectsComeInTheOrderOfTheSteps() {
        acquainted();
        for (int i = 0; i < 5; i++) cipher.tell(new ContactCommand.Write("text " + i, writer.ref()));
        var commits = new ArrayList<Store.Commit>();
        for (int i = 0; i < 5; i++) commits.add(commit());
        nothingHappens();
        for (var commit : commits) {
            store(commit);
            var id = ((Written) writer.receiveMessage()).id();
            assertThat(((Effect.Transmit) told()).id()).isEqualTo(id);
            nothingHappens();
        }
    }

    @Test
    void aReceivedTextItsIdTheSessionsAndThePairAreOneCommitBeforeTheAcknowledgement() {
        alice.publishPairs(1);
        var id = bob.writes(alice, "from bob");
        bob.syncs();
        open(bob, id);
        reads();
        assertThat(told()).isInstanceOf(Effect.NeedChain.class);
        cipher.tell(new ContactCommand.ChainSeen(bob.keys.chain()));
        // Alone the chain is not kept: anybody can be named as a sender.
        assertThat(owner.receiveMessage()).isInstanceOf(Effect.Known.class);
        var commit = commit();
        assertThat(tables(commit)).contains("chain", "waiting", "seen", "sessions", "one-time", "contact");
        nothingHappens();
        store(commit);
        assertThat(told()).isInstanceOf(Effect.Acknowledge.class);
        assertThat(told()).isInstanceOf(News.RequestWaiting.class);
    }

    @Test
    void aMembersShareAndWhatWasGivenAlongAreOneCommitBeforeTheAnswerAndBeforeAnythingFollows() {
        acquainted();
        var asker = KIT.<ContactCommand.Enqueuing>createTestProbe();
        var text = Said.text("canary");
        cipher.tell(new ContactCommand.Enqueue(
                text, bob.keys.chain().identity(), List.of(new Change.Delete("group-pending", Said.ID)), asker.ref()));
        var commit = commit();
        assertThat(tables(commit))
                .contains("group-pending", "outbox", "sessions")
                .doesNotContain("Append");
        assertThat(commit.toString()).doesNotContain("canary");
        nothingHappens();
        asker.expectNoMessage(Duration.ofMillis(1));
        store(commit);
        assertThat(asker.receiveMessage()).isEqualTo(new ContactCommand.Enqueued(BOB, text.id()));
        assertThat(((Effect.Transmit) told()).id()).isEqualTo(text.id());
    }

    @Test
    void aShareThatTheDiskDoesNotTakeIsAnsweredSo() {
        acquainted();
        var asker = KIT.<ContactCommand.Enqueuing>createTestProbe();
        var text = Said.text("lost");
        cipher.tell(new ContactCommand.Enqueue(text, bob.keys.chain().identity(), List.of(), asker.ref()));
        commit().replyTo().tell(new Store.CommitFailed("The disk is full"));
        assertThat(asker.receiveMessage())
                .isEqualTo(new ContactCommand.NotEnqueued(
                        BOB, text.id(), ContactCommand.WhyNot.STORE_FAILED, "The disk is full"));
        owner.expectTerminated(cipher);
        owner.expectNoMessage(Duration.ofMillis(50));
    }

    @Test
    void whatIsSaidOfAFileAndWhatWasGivenAlongAreOneCommitBeforeTheAnswerAndBeforeAnythingFollows() {
        acquainted();
        var asker = KIT.<ContactCommand.Handing>createTestProbe();
        var hand = hand(asker.ref());
        cipher.tell(hand);
        var commit = commit();
        assertThat(tables(commit)).contains("file-post", "outbox", "sessions").doesNotContain("Append");
        nothingHappens();
        asker.expectNoMessage(Duration.ofMillis(1));
        store(commit);
        assertThat(asker.receiveMessage()).isEqualTo(new ContactCommand.Handed(BOB, hand.id()));
        assertThat(((Effect.Transmit) told()).id()).isEqualTo(hand.id());
    }

    @Test
    void whatIsSaidOfAFileAndTheDiskDoesNotTakeIsAnsweredSo() {
        acquainted();
        var asker = KIT.<ContactCommand.Handing>createTestProbe();
        var hand = hand(asker.ref());
        cipher.tell(hand);
        commit().replyTo().tell(new Store.CommitFailed("The disk is full"));
        assertThat(asker.receiveMessage())
                .isEqualTo(new ContactCommand.NotHanded(
                        BOB, hand.id(), ContactCommand.WhyNot.STORE_FAILED, "The disk is full"));
        owner.expectTerminated(cipher);
        owner.expectNoMessage(Duration.ofMillis(50));
        asker.expectNoMessage(Duration.ofMillis(1));
    }

    private static ContactCommand.Hand hand(ActorRef<? super ContactCommand.Handing> asker) {
        var state = new Content.FileState(
                MessageId.random(new SeededRandom(4)),
                MessageId.random(new SeededRandom(5)),
                Content.FileState.State.DONE);
        return new ContactCommand.Hand(
                List.of(state), Optional.empty(), false, List.of(new Change.Delete("file-post", Said.ID)), asker);
    }

    @Test
    void aShareForSomebodyBlockedIsRefusedAndNothingOfItStored() {
        acquainted();
        cipher.tell(new ContactCommand.Block());
        store(commit());
        var asker = KIT.<ContactCommand.Enqueuing>createTestProbe();
        cipher.tell(new ContactCommand.Enqueue(
                Said.text("never"),
                bob.keys.chain().identity(),
                List.of(new Change.Delete("group-pending", Said.ID)),
                asker.ref()));
        var answer = (ContactCommand.NotEnqueued) asker.receiveMessage();
        assertThat(answer.why()).isEqualTo(ContactCommand.WhyNot.BLOCKED);
        disk.expectNoMessage(Duration.ofMillis(50));
    }

    @Test
    void whatIsSaidInAGroupItsIdAndTheSessionsAreOneCommitBeforeTheAcknowledgementAndTheGroup() {
        acquainted();
        var text = Said.text("from bob");
        bob.says(alice, text);
        bob.syncs();
        open(bob, text.id());
        reads();
        var commit = commit();
        assertThat(tables(commit)).contains("group-inbox", "seen", "sessions").doesNotContain("Append");
        nothingHappens();
        store(commit);
        assertThat(told()).isEqualTo(new Effect.Acknowledge(BOB, text.id(), new Path.Link()));
        assertThat(told()).isEqualTo(new Effect.ForGroup(BOB, bob.keys.chain().identity(), text));
        open(bob, text.id());
        reads();
        assertThat(told()).isInstanceOf(Effect.Acknowledge.class);
        disk.expectNoMessage(Duration.ofMillis(50));
    }

    @Test
    void howManyMembersItHasReachedIsTold() {
        acquainted();
        var text = Said.text("to two");
        var asker = KIT.<ContactCommand.Enqueuing>createTestProbe();
        var mark = new Change.MarkGroup(Said.TEAM, text.id(), List.of(BOB, new UserName("carol")));
        cipher.tell(new ContactCommand.Enqueue(text, bob.keys.chain().identity(), List.of(mark), asker.ref()));
        store(commit());
        told();
        cipher.tell(new ContactCommand.Acked(List.of(text.id())));
        store(commit());
        told();
        assertThat(told())
                .isEqualTo(new News.Reached(
                        BOB, text.id(), News.Stage.DELIVERED, Optional.of(new News.InGroup(Said.TEAM, 1, 2))));
    }

    @Test
    void anAcceptedContactsTextIsInTheHistoryBeforeItIsAcknowledgedAndShown() {
        acquainted();
        var id = bob.writes(alice, "from bob");
        bob.syncs();
        open(bob, id);
        reads();
        var commit = commit();
        assertThat(tables(commit)).contains("Append", "seen", "sessions", "contact");
        nothingHappens();
        store(commit);
        assertThat(told()).isEqualTo(new Effect.Acknowledge(BOB, id, new Path.Link()));
        var shown = (News.TextOpened) told();
        assertThat(shown.text()).isEqualTo("from bob");
        assertThat(shown.serial()).isPositive();
    }

    @Test
    void aDuplicateIsAcknowledgedOnlyOnceTheFirstIsOnDisk() {
        acquainted();
        var id = bob.writes(alice, "from bob");
        bob.syncs();
        open(bob, id);
        open(bob, id);
        reads();
        reads();
        var commit = commit();
        nothingHappens();
        store(commit);
        assertThat(told()).isInstanceOf(Effect.Acknowledge.class);
        assertThat(told()).isInstanceOf(News.TextOpened.class);
        assertThat(told()).isInstanceOf(Effect.Acknowledge.class);
        open(bob, id);
        reads();
        assertThat(told()).isInstanceOf(Effect.Acknowledge.class);
        disk.expectNoMessage(Duration.ofMillis(50));
    }

    @Test
    void whatCannotBeOpenedIsRefusedOnALinkAndChangesNothing() {
        acquainted();
        var id = bob.writes(alice, "from bob");
        bob.syncs();
        var bytes = bob.bytes(alice.name, id).toArray();
        bytes[bytes.length - 1] ^= 1;
        cipher.tell(new ContactCommand.Open(EnvelopeCodec.decode(ByteString.fromArray(bytes)), new Path.Link()));
        reads();
        assertThat(told()).isEqualTo(new Effect.Refuse(BOB, id, Reason.FORGED));
        open(bob, id);
        reads();
        store(commit());
        assertThat(told()).isInstanceOf(Effect.Acknowledge.class);
    }

    @Test
    void whatCannotBeOpenedIsDeletedFromTheMailboxOnceItIsOnDiskThatItHasToBeNamed() {
        acquainted();
        var garbage = new Envelope(MessageId.random(new SeededRandom(9)), ByteString.fromString("garbage"));
        cipher.tell(new ContactCommand.Open(garbage, new Path.Mailbox(7)));
        reads();
        var commit = commit();
        nothingHappens();
        store(commit);
        assertThat(told()).isEqualTo(new Effect.Acknowledge(BOB, garbage.id(), new Path.Mailbox(7)));
        assertThat(told()).isInstanceOf(Effect.NeedBundle.class);
        giveBundle();
        var repeat = commit();
        assertThat(tables(repeat)).contains("sessions", "outbox", "contact");
        nothingHappens();
        store(repeat);
        assertThat(told()).isInstanceOf(Effect.Transmit.class);
    }

    @Test
    void anAcknowledgementIsOnDiskBeforeItIsShown() {
        acquainted();
        writeAndStore("delivered");
        var id = ((Effect.Transmit) told()).id();
        cipher.tell(new ContactCommand.Acked(List.of(id)));
        var commit = commit();
        nothingHappens();
        store(commit);
        assertThat(told()).isEqualTo(new Effect.Withdraw(BOB, id));
        assertThat(told()).isEqualTo(new News.Reached(BOB, id, News.Stage.DELIVERED, Optional.empty()));
    }

    @Test
    void aDepositOfBytesThatAreBeingReplacedDoesNotCount() {
        acquainted();
        writeAndStore("sealed twice");
        var id = ((Effect.Transmit) told()).id();
        cipher.tell(new ContactCommand.RefusedBy(id, Reason.FORGED));
        store(commit());
        assertThat(told()).isInstanceOf(Effect.Withdraw.class);
        assertThat(told()).isInstanceOf(Effect.NeedBundle.class);
        giveBundle();
        cipher.tell(new ContactCommand.Deposited(id));
        store(commit());
        assertThat(told()).isInstanceOf(Effect.Transmit.class);
        nothingHappens();
        cipher.tell(new ContactCommand.Deposited(id));
        store(commit());
        assertThat(told()).isEqualTo(new News.Reached(BOB, id, News.Stage.SENT, Optional.empty()));
    }

    @Test
    void aFailedCommitStopsTheCipherAndNothingOfItHappens() {
        acquainted();
        cipher.tell(new ContactCommand.Write("one", writer.ref()));
        cipher.tell(new ContactCommand.Write("two", writer.ref()));
        var commit = commit();
        commit();
        commit.replyTo().tell(new Store.CommitFailed("The disk is full"));
        for (int i = 0; i < 2; i++) {
            var answer = (ContactCommand.NotWritten) writer.receiveMessage();
            assertThat(answer.why()).isEqualTo(ContactCommand.WhyNot.STORE_FAILED);
            assertThat(answer.text()).isEqualTo("The disk is full");
        }
        owner.expectTerminated(cipher);
        owner.expectNoMessage(Duration.ofMillis(50));
        spawn();
        cipher.tell(new ContactCommand.Ask(KIT.<ContactStatus>createTestProbe().ref()));
        owner.expectNoMessage(Duration.ofMillis(50));
    }

    @Test
    void whatIsRefusedIsAnsweredBehindWhatWasWrittenBefore() {
        cipher.tell(new ContactCommand.Write("one", writer.ref()));
        cipher.tell(new ContactCommand.Write("half a character: \ud83d", writer.ref()));
        writer.expectNoMessage(Duration.ofMillis(50));
        store(commit());
        assertThat(writer.receiveMessage()).isInstanceOf(Written.class);
        assertThat(((ContactCommand.NotWritten) writer.receiveMessage()).why())
                .isEqualTo(ContactCommand.WhyNot.NOT_TEXT);
    }

    @Test
    void aPairWhoseMessageCouldNotBeStoredOpensItWhenItComesAgain() {
        alice.publishPairs(1);
        var id = bob.writes(alice, "from bob");
        bob.syncs();
        for (boolean fits : List.of(false, true)) {
            open(bob, id);
            reads();
            assertThat(told()).isInstanceOf(Effect.NeedChain.class);
            cipher.tell(new ContactCommand.ChainSeen(bob.keys.chain()));
            assertThat(owner.receiveMessage()).isInstanceOf(Effect.Known.class);
            var commit = commit();
            assertThat(tables(commit)).contains("one-time", "waiting");
            if (fits) store(commit);
            else {
                commit.replyTo().tell(new Store.CommitFailed("The disk is full"));
                owner.expectTerminated(cipher);
                spawn();
            }
        }
        assertThat(told()).isInstanceOf(Effect.Acknowledge.class);
    }

    @Test
    void nobodyIsNeededAsLongAsSomethingIsUnderWayAndForGoodOnceSomethingIsKept() {
        assertThat(needed()).isEqualTo(ContactCommand.Needed.NO);
        var garbage = new Envelope(MessageId.random(new SeededRandom(9)), ByteString.fromString("garbage"));
        cipher.tell(new ContactCommand.Open(garbage, new Path.Mailbox(7)));
        assertThat(needed()).isEqualTo(ContactCommand.Needed.FOR_NOW);
        reads();
        assertThat(told()).isInstanceOf(Effect.NeedChain.class);
        assertThat(needed()).isEqualTo(ContactCommand.Needed.FOR_NOW);
        cipher.tell(new ContactCommand.NoChain());
        assertThat(told()).isInstanceOf(Effect.Leave.class);
        assertThat(needed()).isEqualTo(ContactCommand.Needed.NO);
        cipher.tell(new ContactCommand.Write("hello", writer.ref()));
        assertThat(needed()).isEqualTo(ContactCommand.Needed.YES);
    }

    private ContactCommand.Needed needed() {
        var answer = KIT.<ContactCommand.Needed>createTestProbe();
        cipher.tell(new ContactCommand.IsNeeded(answer.ref()));
        return answer.receiveMessage();
    }

    @Test
    void onStartWhatTheOutboxHoldsGoesOutAgainWithTheSameBytes() {
        acquainted();
        writeAndStore("again");
        var before = (Effect.Transmit) told();
        KIT.stop(cipher);
        spawn();
        var after = (Effect.Transmit) told();
        assertThat(after.again()).isTrue();
        assertThat(after.envelope()).isEqualTo(before.envelope());
    }

    @Test
    void nothingPrintsATextAKeyOrMoreThanIds() {
        var write = new ContactCommand.Write("canary", writer.ref());
        cipher.tell(write);
        var commit = commit();
        assertThat(write + " " + commit).doesNotContain("canary");
        store(commit);
        assertThat(tables.history().toString()).doesNotContain("canary");
    }

    private void acquainted() {
        writeAndStore("hello");
        giveBundle();
        store(commit());
        var first = (Effect.Transmit) told();
        bob.opens(alice.name, first.envelope(), new Path.Link());
        bob.accepts(alice);
        bob.syncs();
        bob.syncs();
        var answer = bob.writes(alice, "hello back");
        bob.syncs();
        open(bob, answer);
        reads();
        store(commit());
        told();
        told();
        cipher.tell(new ContactCommand.Acked(List.of(first.id())));
        store(commit());
        told();
        told();
    }

    private void writeAndStore(String text) {
        cipher.tell(new ContactCommand.Write(text, writer.ref()));
        store(commit());
        assertThat(writer.receiveMessage()).isInstanceOf(Written.class);
        if (tables.tables().list("sessions").isEmpty()) assertThat(told()).isInstanceOf(Effect.NeedBundle.class);
    }

    private void giveBundle() {
        cipher.tell(new ContactCommand.Bundle(bob.keys.chain(), Optional.empty()));
    }

    private void open(Side from, MessageId id) {
        var envelope = from.bytes(alice.name, id);
        cipher.tell(new ContactCommand.Open(EnvelopeCodec.decode(envelope), new Path.Link()));
    }

    private Store.Commit commit() {
        return (Store.Commit) disk.receiveMessage();
    }

    /** The next thing that the cipher asks of the disk is a look, and it gets it. */
    private void reads() {
        answer((Store.Read<?>) disk.receiveMessage());
    }

    private <T> void answer(Store.Read<T> read) {
        read.replyTo().tell(read.query().apply(tables.tables()));
    }

    private void store(Store.Commit commit) {
        commit.replyTo().tell(tables.commit(List.of(commit.changes())).getFirst());
    }

    /** The next effect, but for what links go by. */
    private Effect told() {
        var effect = owner.receiveMessage();
        return effect instanceof Effect.Known ? told() : effect;
    }

    private void nothingHappens() {
        owner.expectNoMessage(Duration.ofMillis(50));
        writer.expectNoMessage(Duration.ofMillis(1));
    }

    private static List<String> tables(Store.Commit commit) {
        return commit.changes().stream()
                .map(change -> switch (change) {
                    case Change.Put(var table, var key, var value) -> table;
                    case Change.Delete(var table, var key) -> table;
                    case Change.Append append -> "Append";
                    case Change.Mark mark -> "Mark";
                    case Change.MarkGroup mark -> "MarkGroup";
                })
                .toList();
    }
}
