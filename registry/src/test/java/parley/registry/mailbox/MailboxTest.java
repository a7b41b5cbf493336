package parley.registry.mailbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.ManualTime;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parley.messages.name.UserName;
import parley.registry.InMemory;
import parley.registry.journal.JournalFolder;
import parley.registry.journal.Shelf;
import parley.registry.user.MovedClock;

class MailboxTest {
    static final ActorTestKit kit = ActorTestKit.create(InMemory.config());
    static final ManualTime time = ManualTime.get(kit.system());

    private static final UserName ALICE = new UserName("alice");
    private static final UserName BOB = new UserName("bob");
    private static final UserName CAROL = new UserName("carol");
    private static final Duration IDLE = Duration.ofMinutes(2);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final MailboxRules RULES = new MailboxRules(1_000, 64L * 1024 * 1024, Duration.ofDays(30), IDLE);

    @TempDir
    Path folder;

    private final MovedClock clock = new MovedClock();
    private final TestProbe<ClusterSharding.ShardCommand> shard = kit.createTestProbe();
    private Mailbox.Recipient recipient = Mailbox.Recipient.MODERN;
    private Shelf shelf;
    private Envelopes envelopes;
    private ActorRef<Mailbox.Command> mailbox;

    @AfterAll
    static void close() {
        kit.shutdownTestKit();
    }

    @BeforeEach
    void open() throws IOException {
        open(folder, RULES);
    }

    @AfterEach
    void closeShelf() throws IOException {
        kit.stop(mailbox);
        shelf.close();
    }

    @Test
    void whatWasDepositedIsCollectedInOrderOneByOne() {
        for (int i = 0; i < 5; i++)
            assertThat(deposit(i % 2 == 0 ? BOB : CAROL, i)).isEqualTo(new Mailbox.Deposited());
        long after = 0;
        for (int i = 0; i < 5; i++) {
            var envelope = collect(after);
            assertThat(envelope)
                    .isEqualTo(new Mailbox.Envelope(i + 1, i % 2 == 0 ? BOB : CAROL, clock.millis(), bytes(i)));
            after = envelope.serial();
        }
    }

    @Test
    void whoeverCollectsFromAnEmptyMailboxIsGivenTheNextDeposit() {
        var collector = collecting(0);
        collector.expectNoMessage(Duration.ofMillis(20));
        deposit(BOB, 1);
        assertThat(serial(collector)).isEqualTo(1);
        deposit(BOB, 2);
        collector.expectNoMessage(Duration.ofMillis(20));
        mailbox.tell(new Mailbox.Collect(1, collector.ref()));
        assertThat(serial(collector)).isEqualTo(2);
    }

    @Test
    void aLaterCollectorTakesOver() {
        var first = collecting(0);
        var second = collecting(0);
        deposit(BOB, 1);
        assertThat(serial(second)).isEqualTo(1);
        first.expectNoMessage(Duration.ofMillis(20));
    }

    @Test
    void whatWasAcknowledgedNeverComesBack() throws Exception {
        for (int i = 0; i < 4; i++) deposit(BOB, i);
        assertThat(ack(1, 3, 99)).isEqualTo(new Mailbox.Acked());
        assertThat(ack(1, 3)).as("again").isEqualTo(new Mailbox.Acked());
        for (var where : List.of(folder, killed())) {
            reopen(where);
            assertThat(collect(0).serial()).isEqualTo(2);
            assertThat(collect(2).serial()).isEqualTo(4);
            collecting(4).expectNoMessage(Duration.ofMillis(20));
        }
    }

    /** An envelope that is being read while its acknowledgement is answered is not given any more. */
    @Test
    void whatIsAcknowledgedWhileItIsReadIsNotGiven() {
        deposit(BOB, 1);
        deposit(BOB, 2);
        var held = hold();
        var acked = acking(1);
        var collector = collecting(0);
        held.countDown();
        assertThat(acked.receiveMessage()).isEqualTo(new Mailbox.Acked());
        assertThat(serial(collector)).isEqualTo(2);
    }

    @Test
    void everythingAnsweredIsThereAfterARestartAndAfterAKill() throws Exception {
        for (int i = 0; i < 50; i++) assertThat(deposit(BOB, i)).isEqualTo(new Mailbox.Deposited());
        for (var where : List.of(folder, killed())) {
            reopen(where);
            for (int i = 0; i < 50; i++) assertThat(collect(i).bytes()).isEqualTo(bytes(i));
        }
    }

    @Test
    void serialsRiseForEverAlsoAfterEverythingWasAcknowledged() throws Exception {
        for (int i = 0; i < 3; i++) deposit(BOB, i);
        ack(1, 2, 3);
        deposit(BOB, 4);
        assertThat(collect(0).serial()).isEqualTo(4);
        ack(4);
        for (int restart = 5; restart < 8; restart++) {
            reopen(restart == 6 ? killed() : folder);
            deposit(BOB, 5);
            assertThat(collect(0).serial()).isEqualTo(restart);
            ack(restart);
            if (restart == 6) break;
        }
    }

    @Test
    void nobodyLeavesAnythingForWhoHasNoMailbox() {
        recipient = Mailbox.Recipient.NONE;
        assertThat(deposit(BOB, 1)).isEqualTo(new Mailbox.NoMailbox());
        recipient = Mailbox.Recipient.REVOKED;
        assertThat(deposit(BOB, 1)).isEqualTo(new Mailbox.Revoked());
        assertThat(done(envelopes.waiting(ALICE))).isZero();
    }

    @Test
    void aMailboxIsFullAtItsNumberOfEnvelopesAndOneSenderAtHalf() throws Exception {
        reopen(folder, new MailboxRules(4, 1_000_000, Duration.ofDays(30), IDLE));
        for (int i = 0; i < 2; i++) assertThat(deposit(BOB, i)).isEqualTo(new Mailbox.Deposited());
        assertThat(deposit(BOB, 2))
                .isEqualTo(new Mailbox.Full("mailbox full for one sender, 2 envelopes of yours wait"));
        for (int i = 0; i < 2; i++) assertThat(deposit(CAROL, i)).isEqualTo(new Mailbox.Deposited());
        assertThat(deposit(new UserName("dave"), 4)).isEqualTo(new Mailbox.Full("mailbox full, 4 envelopes wait"));
        ack(1);
        assertThat(deposit(CAROL, 5)).isInstanceOf(Mailbox.Full.class);
        assertThat(deposit(BOB, 5)).isEqualTo(new Mailbox.Deposited());
    }

    @Test
    void aMailboxIsFullAtItsBytesAndOneSenderAtHalfAlsoAfterARestart() throws Exception {
        var rules = new MailboxRules(1_000, 400, Duration.ofDays(30), IDLE);
        reopen(folder, rules);
        assertThat(deposit(BOB, 1)).isEqualTo(new Mailbox.Deposited());
        assertThat(deposit(BOB, 2)).isEqualTo(new Mailbox.Deposited());
        reopen(folder, rules);
        assertThat(deposit(BOB, 3))
                .isEqualTo(new Mailbox.Full("mailbox full for one sender, 200 bytes of yours wait of at most 200"));
        assertThat(deposit(CAROL, 1)).isEqualTo(new Mailbox.Deposited());
        assertThat(deposit(CAROL, 2)).isEqualTo(new Mailbox.Deposited());
        assertThat(deposit(new UserName("dave"), 1))
                .isEqualTo(new Mailbox.Full("mailbox full, 400 bytes wait of at most 400"));
    }

    @Test
    void ofManyWhoDepositAtOnceNoMoreThanFitAreTaken() throws Exception {
        reopen(folder, new MailboxRules(10, 1_000_000, Duration.ofDays(30), IDLE));
        var answers = kit.<Mailbox.DepositAnswer>createTestProbe();
        for (int i = 0; i < 200; i++) mailbox.tell(new Mailbox.Deposit(new UserName("s" + i), bytes(i), answers.ref()));
        assertThat(answers.receiveSeveralMessages(200))
                .filteredOn(new Mailbox.Deposited()::equals)
                .hasSize(10);
        assertThat(done(envelopes.waiting(ALICE))).isEqualTo(10);
    }

    @Test
    void aThousandWhoDepositAtOnceAreAllTakenAndEachHasItsOwnSerial() throws Exception {
        var answers = kit.<Mailbox.DepositAnswer>createTestProbe();
        for (int i = 0; i < 1_000; i++)
            mailbox.tell(new Mailbox.Deposit(new UserName("s" + i), bytes(i), answers.ref()));
        assertThat(answers.receiveSeveralMessages(1_000)).containsOnly(new Mailbox.Deposited());
        reopen(killed());
        assertThat(done(envelopes.entries(ALICE)).keySet())
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, 1_000).boxed().toList());
        assertThat(IntStream.range(0, 1_000).mapToObj(i -> collect(i).bytes()))
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, 1_000).mapToObj(MailboxTest::bytes).toList());
    }

    @Test
    void whatIsThirtyDaysOldIsGoneAndMakesRoom() throws Exception {
        reopen(folder, new MailboxRules(2, 1_000_000, Duration.ofDays(30), IDLE));
        deposit(BOB, 1);
        clock.move(Duration.ofDays(20));
        deposit(CAROL, 2);
        assertThat(deposit(CAROL, 3)).isInstanceOf(Mailbox.Full.class);
        clock.move(Duration.ofDays(10).plusMillis(1));
        assertThat(deposit(BOB, 3)).isEqualTo(new Mailbox.Deposited());
        assertThat(collect(0).serial()).isEqualTo(2);
        assertThat(collect(2).serial()).isEqualTo(3);
        clock.move(Duration.ofDays(60));
        collecting(0).expectNoMessage(Duration.ofMillis(20));
        assertThat(done(envelopes.entries(ALICE))).isEmpty();
    }

    @Test
    void aClockThatIsSetBackLosesNothing() throws Exception {
        deposit(BOB, 1);
        clock.move(Duration.ofDays(-1_000));
        deposit(BOB, 2);
        reopen(folder);
        assertThat(collect(0).serial()).isEqualTo(1);
        assertThat(collect(1).serial()).isEqualTo(2);
    }

    @Test
    void whatTheSweepTookIsNotGiven() {
        deposit(BOB, 1);
        clock.move(Duration.ofDays(1));
        deposit(BOB, 2);
        assertThat(done(envelopes.deleteOlderThan(clock.millis()))).isEqualTo(1);
        assertThat(collect(0).serial()).isEqualTo(2);
    }

    @Test
    void aFullDiskIsSaidAndRuinsNothing() {
        for (int i = 0; i < 3; i++) deposit(BOB, i);
        long pages = done(shelf.carryOut(rows -> rows.number("PRAGMA page_count")));
        done(shelf.carryOut(rows -> rows.number("PRAGMA max_page_count = " + (pages + 2))));
        var big = ByteString.fromArray(new byte[66_831]);
        for (int i = 0; i < 3; i++) assertThat(deposit(BOB, big)).isEqualTo(new Mailbox.Busy());
        assertThat(collect(2).bytes()).isEqualTo(bytes(2));
        assertThat(ack(1)).as("room can be made").isEqualTo(new Mailbox.Acked());
        done(shelf.carryOut(rows -> rows.number("PRAGMA max_page_count = 1000000")));
        assertThat(deposit(BOB, big)).isEqualTo(new Mailbox.Deposited());
        assertThat(collect(3).bytes()).isEqualTo(big);
        var check = done(shelf.carryOut(rows -> rows.first("PRAGMA integrity_check", row -> row.getString(1))));
        assertThat(check).contains("ok");
    }

    /** What was refused because the disk was full counts no more. */
    @Test
    void aRefusedDepositTakesNoRoom() throws Exception {
        reopen(folder, new MailboxRules(4, 1_000_000, Duration.ofDays(30), IDLE));
        done(shelf.carryOut(rows -> rows.number("PRAGMA max_page_count = 1")));
        for (int i = 0; i < 5; i++)
            assertThat(deposit(BOB, ByteString.fromArray(new byte[66_831]))).isEqualTo(new Mailbox.Busy());
        done(shelf.carryOut(rows -> rows.number("PRAGMA max_page_count = 1000000")));
        assertThat(deposit(BOB, 1)).isEqualTo(new Mailbox.Deposited());
        assertThat(deposit(BOB, 2)).isEqualTo(new Mailbox.Deposited());
    }

    @Test
    void aMailboxThatCannotBeReadSaysSo() throws Exception {
        kit.stop(mailbox);
        shelf.close();
        mailbox = started(RULES);
        var collector = collecting(0);
        collector.awaitAssert(() -> {
            time.timePasses(Duration.ofSeconds(1));
            assertThat(collector.receiveMessage(Duration.ofMillis(100))).isEqualTo(new Mailbox.Interrupted());
            return true;
        });
        shard.expectMessageClass(ClusterSharding.Passivate.class);
        kit.stop(mailbox);
        open();
        assertThat(deposit(BOB, 1)).isEqualTo(new Mailbox.Deposited());
    }

    @Test
    void whoCollectsIsToldWhenTheMailboxEnds() {
        var collector = collecting(0);
        assertThat(deposit(BOB, 1)).isEqualTo(new Mailbox.Deposited());
        assertThat(serial(collector)).isEqualTo(1);
        mailbox.tell(new Mailbox.Collect(1, collector.ref()));
        mailbox.tell(new Mailbox.Stop());
        assertThat(collector.receiveMessage()).isEqualTo(new Mailbox.Interrupted());
    }

    @Test
    void aMailboxIsPutAwayWhenNobodyCollects() {
        var collector = collecting(0);
        deposit(BOB, 1);
        serial(collector);
        mailbox.tell(new Mailbox.Collect(1, collector.ref()));
        ack(7);
        time.timePasses(IDLE.multipliedBy(2));
        shard.expectNoMessage(Duration.ofMillis(50));
        collector.stop();
        kit.createTestProbe().expectTerminated(collector.ref());
        ack(7);
        time.timePasses(IDLE);
        shard.expectMessageClass(ClusterSharding.Passivate.class);
    }

    @Test
    void aNameThatNobodyHasIsPutAwayAfterASecond() {
        recipient = Mailbox.Recipient.NONE;
        deposit(BOB, 1);
        time.timePasses(Duration.ofSeconds(1));
        shard.expectMessageClass(ClusterSharding.Passivate.class);
    }

    private void open(Path where, MailboxRules rules) throws IOException {
        shelf = JournalFolder.shelfBeside(where);
        envelopes = new Envelopes(shelf);
        mailbox = started(rules);
    }

    private ActorRef<Mailbox.Command> started(MailboxRules rules) {
        return kit.spawn(Mailbox.create(
                ALICE, envelopes, name -> CompletableFuture.completedStage(recipient), rules, clock, shard.ref()));
    }

    private void reopen(Path where) throws IOException {
        reopen(where, RULES);
    }

    private void reopen(Path where, MailboxRules rules) throws IOException {
        closeShelf();
        open(where, rules);
    }

    /** What a kill at this moment would leave. */
    private Path killed() throws IOException {
        var copy = Files.createTempDirectory(folder, "killed");
        for (var file : List.of("shelf.sqlite", "shelf.sqlite-wal"))
            if (Files.exists(folder.resolve(file))) Files.copy(folder.resolve(file), copy.resolve(file));
        return copy;
    }

    private CountDownLatch hold() {
        var held = new CountDownLatch(1);
        shelf.carryOut(rows -> {
            try {
                return held.await(30, TimeUnit.SECONDS);
            } catch (InterruptedException never) {
                throw new AssertionError(never);
            }
        });
        return held;
    }

    private Mailbox.DepositAnswer deposit(UserName from, int which) {
        return deposit(from, bytes(which));
    }

    private Mailbox.DepositAnswer deposit(UserName from, ByteString envelope) {
        var answer = kit.<Mailbox.DepositAnswer>createTestProbe();
        mailbox.tell(new Mailbox.Deposit(from, envelope, answer.ref()));
        return answer.receiveMessage();
    }

    private TestProbe<Mailbox.Collected> collecting(long after) {
        var collector = kit.<Mailbox.Collected>createTestProbe();
        mailbox.tell(new Mailbox.Collect(after, collector.ref()));
        return collector;
    }

    private Mailbox.Envelope collect(long after) {
        return (Mailbox.Envelope) collecting(after).receiveMessage();
    }

    private static long serial(TestProbe<Mailbox.Collected> collector) {
        return ((Mailbox.Envelope) collector.receiveMessage()).serial();
    }

    private Mailbox.AckAnswer ack(long... serials) {
        return acking(serials).receiveMessage();
    }

    private TestProbe<Mailbox.AckAnswer> acking(long... serials) {
        var answer = kit.<Mailbox.AckAnswer>createTestProbe();
        mailbox.tell(new Mailbox.Ack(LongStream.of(serials).boxed().toList(), answer.ref()));
        return answer;
    }

    private static ByteString bytes(int which) {
        var bytes = new byte[100];
        new Random(which).nextBytes(bytes);
        return ByteString.fromArray(bytes);
    }

    private static <T> T done(CompletionStage<T> stage) {
        return assertThat(stage).succeedsWithin(PATIENCE).actual();
    }
}
