package parley.peer.cipher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import parley.messages.classic.GroupKey;

class GroupCipherTest {
    static final ActorTestKit kit = ActorTestKit.create();
    static final GroupKey KEY = new GroupKey(ByteString.fromString("abcdefghijklmnopqrstuvwx"));
    static final List<ByteString> TEXT = List.of(ByteString.fromString("hi team"));

    /** What was asked of the registry and not answered yet. */
    final BlockingQueue<CompletableFuture<GroupCipher.KeyAnswer>> asked = new LinkedBlockingQueue<>();

    final ActorRef<GroupCipher.Command> cipher = kit.spawn(GroupCipher.create(() -> {
        var answer = new CompletableFuture<GroupCipher.KeyAnswer>();
        asked.add(answer);
        return answer;
    }));

    @AfterAll
    static void close() {
        kit.shutdownTestKit();
    }

    @Test
    void theKeyIsAskedForOnceWhenItIsFirstNeeded() throws Exception {
        var sealing = kit.<Sealing>createTestProbe();
        assertThat(asked).isEmpty();
        for (int i = 0; i < 5; i++) cipher.tell(new GroupCipher.Seal(TEXT, sealing.ref()));
        next().complete(new GroupCipher.Granted(KEY));
        for (int i = 0; i < 5; i++) {
            var sealed = ((Sealing.Done) sealing.receiveMessage()).chunks();
            var opening = kit.<Opening>createTestProbe();
            cipher.tell(new GroupCipher.Open(sealed, opening.ref()));
            assertThat(((Opening.Done) opening.receiveMessage()).chunks()).isEqualTo(TEXT);
        }
        assertThat(asked).isEmpty();
    }

    @Test
    void aDenialIsPassedOnAndTheNextNeedAsksAgain() throws Exception {
        var sealing = kit.<Sealing>createTestProbe();
        var opening = kit.<Opening>createTestProbe();
        cipher.tell(new GroupCipher.Seal(TEXT, sealing.ref()));
        cipher.tell(new GroupCipher.Open(List.of(), opening.ref()));
        next().complete(new GroupCipher.Denied("you are no member"));
        assertThat(sealing.receiveMessage()).isEqualTo(new Sealing.Refused("you are no member"));
        assertThat(opening.receiveMessage()).isEqualTo(new Opening.Refused("you are no member"));

        cipher.tell(new GroupCipher.Seal(TEXT, sealing.ref()));
        next().completeExceptionally(new IOException("the registry went away"));
        assertThat(sealing.receiveMessage()).isInstanceOf(Sealing.Refused.class);

        cipher.tell(new GroupCipher.Seal(TEXT, sealing.ref()));
        next().complete(new GroupCipher.Granted(KEY));
        assertThat(sealing.receiveMessage()).isInstanceOf(Sealing.Done.class);
    }

    @Test
    void onlySoManyWaitForTheKey() throws Exception {
        var probes = new ArrayList<org.apache.pekko.actor.testkit.typed.javadsl.TestProbe<Sealing>>();
        for (int i = 0; i <= GroupCipher.WAITING_MAX; i++) {
            var probe = kit.<Sealing>createTestProbe();
            cipher.tell(new GroupCipher.Seal(TEXT, probe.ref()));
            probes.add(probe);
        }
        assertThat(probes.getLast().receiveMessage()).isInstanceOf(Sealing.Refused.class);
        next().complete(new GroupCipher.Granted(KEY));
        for (var probe : probes.subList(0, GroupCipher.WAITING_MAX)) {
            assertThat(probe.receiveMessage()).isInstanceOf(Sealing.Done.class);
        }
    }

    private CompletableFuture<GroupCipher.KeyAnswer> next() throws InterruptedException {
        var answer = asked.poll(5, TimeUnit.SECONDS);
        assertThat(answer).as("the registry is asked").isNotNull();
        return java.util.Objects.requireNonNull(answer);
    }
}
