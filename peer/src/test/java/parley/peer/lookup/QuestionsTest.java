package parley.peer.lookup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.stream.BoundedSourceQueue;
import org.apache.pekko.stream.QueueOfferResult;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import parley.messages.classic.GroupKey;
import parley.messages.classic.MalformedMessage;
import parley.messages.classic.Reply;
import parley.messages.classic.Request;
import parley.messages.name.Address;
import parley.messages.name.GroupName;
import parley.messages.name.Password;
import parley.messages.name.UserName;

class QuestionsTest {
    static final ActorTestKit kit = ActorTestKit.create();
    static final UserName ALICE = new UserName("alice");
    static final GroupName LAB = new GroupName("lab");
    static final Address AT = new Address("10.0.0.7", 5000);
    static final Password PASSWORD = new Password("pw");
    static final List<Request> ALL = List.of(
            new Request.SignUp(ALICE, PASSWORD, AT),
            new Request.SignIn(ALICE, PASSWORD, AT),
            new Request.ListGroups(),
            new Request.Create(LAB, ALICE),
            new Request.Join(LAB, ALICE),
            new Request.KeyOf(LAB),
            new Request.WhereIs(ALICE),
            new Request.WhereAre(LAB, ALICE),
            new Request.Members());

    final TestProbe<Lookup.Answer> asker = kit.createTestProbe();
    final Sent sent = new Sent();
    final AtomicInteger asked = new AtomicInteger();
    final Questions questions = new Questions(sent, asked::incrementAndGet);

    @AfterAll
    static void close() {
        kit.shutdownTestKit();
    }

    @Test
    void theNextGoesOutWhenTheOneBeforeIsAnswered() {
        questions.add(new Request.ListGroups(), asker.ref());
        questions.add(new Request.WhereIs(ALICE), asker.ref());
        assertThat(sent.lines).containsExactly("list\n");
        assertThat(questions.received(ByteString.fromString("lab:2"))).isTrue();
        assertThat(sent.lines).containsExactly("list\n", "client_info:alice\n");
        assertThat(asked).hasValue(2);
        assertThat(questions.isEmpty()).isFalse();
        questions.received(ByteString.fromString("10.0.0.7:5000"));
        assertThat(questions.isEmpty()).isTrue();
        assertThat(asker.receiveSeveralMessages(2)).last().isEqualTo(new Lookup.Answered(new Reply.At(AT)));
    }

    @Test
    void aKeyMayComeCutAnywhere() {
        var key = ByteString.fromString("Error and 15 more bytes.");
        assertThat(key.size()).isEqualTo(GroupKey.BYTES);
        for (int cut = 0; cut <= key.size(); cut++) {
            questions.add(new Request.KeyOf(LAB), asker.ref());
            boolean whole = cut > 0 && questions.received(key.take(cut));
            if (!whole) assertThat(questions.received(key.drop(cut))).isTrue();
            assertThat(asker.receiveMessage()).isEqualTo(new Lookup.Answered(new Reply.Key(new GroupKey(key))));
        }
    }

    @Test
    void whoGivesUpAnswersEverybody() {
        for (int i = 0; i < 3; i++) questions.add(new Request.ListGroups(), asker.ref());
        questions.add(new Request.Members(), null);
        questions.giveUp("gone");
        assertThat(asker.receiveSeveralMessages(3)).allMatch(new Lookup.Unreachable("gone")::equals);
        assertThat(questions.isEmpty()).isTrue();
    }

    @Test
    void tooManyAreRefusedAtOnce() {
        for (int i = 0; i < Questions.WAITING_MAX; i++) questions.add(new Request.ListGroups(), null);
        questions.add(new Request.ListGroups(), asker.ref());
        assertThat(asker.receiveMessage())
                .isEqualTo(new Lookup.Unreachable("Too many requests at once, expected at most 4096"));
    }

    @Test
    void anAnswerThatNobodyAskedForIsMalformed() {
        assertThatThrownBy(() -> questions.received(ByteString.fromString("psst")))
                .isInstanceOf(MalformedMessage.class);
    }

    /** Whatever a registry says is an answer or malformed; nothing else comes of it. */
    @Test
    void noBytesDoMoreHarmThanToBeMalformed() {
        long seed = System.nanoTime();
        var random = new SplittableRandom(seed);
        for (int i = 0; i < 50_000; i++) {
            var one = new Questions(new Sent(), () -> {});
            one.add(ALL.get(random.nextInt(ALL.size())), null);
            try {
                for (int cut = 0; cut < 3 && !one.isEmpty(); cut++) one.received(hostile(random));
            } catch (MalformedMessage refused) {
                assertThat(refused.what()).as("seed %d", seed).isNotBlank();
            } catch (RuntimeException harm) {
                throw new AssertionError("seed %d, input %d".formatted(seed, i), harm);
            }
        }
    }

    private static ByteString hostile(SplittableRandom random) {
        var parts =
                List.of("lab", ":", ",", ";", "[", "]", "10.0.0.7", "5000", "99999999999", "-1", "Error:", " ", "\n");
        var text = new StringBuilder();
        for (int i = random.nextInt(12); i >= 0; i--) {
            if (random.nextInt(8) == 0) text.append((char) random.nextInt(0x10000));
            else text.append(parts.get(random.nextInt(parts.size())));
        }
        if (random.nextInt(50) == 0) text.append("x".repeat(2000));
        return ByteString.fromString(text.toString());
    }

    /** A queue that has room for ever. */
    static final class Sent implements BoundedSourceQueue<ByteString> {
        final List<String> lines = new ArrayList<>();

        @Override
        public QueueOfferResult offer(ByteString bytes) {
            lines.add(bytes.utf8String());
            return QueueOfferResult.enqueued();
        }

        @Override
        public void complete() {}

        @Override
        public boolean isCompleted() {
            return false;
        }

        @Override
        public void fail(Throwable failure) {}

        @Override
        public int size() {
            return 0;
        }
    }
}
