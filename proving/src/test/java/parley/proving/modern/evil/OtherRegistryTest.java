package parley.proving.modern.evil;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parley.peer.command.Input;
import parley.peer.talk.Happening;
import parley.peer.talk.Mail;

/** What answers is not the registry that it was, or answers nothing of use. */
class OtherRegistryTest {
    private static final Map<String, String> IMPATIENT = Map.of("parley.peer.modern.registry.answer-timeout", "1 s");

    @TempDir
    Path folder;

    Play play;

    @BeforeEach
    void begin() throws Exception {
        play = new Play(folder);
    }

    @AfterEach
    void end() throws Exception {
        play.close();
    }

    @Test
    void whoShowsAnotherKeyLaterIsToldNothing() throws Exception {
        // Nobody told alice the fingerprint: she keeps the one that she saw first.
        var address = play.registry.address();
        var alice = play.newcomer("alice", address.substring(0, address.indexOf('#')), IMPATIENT);
        var bob = play.newcomer("bob");
        var expected = play.registry.fingerprint();
        play.registry.showAnotherKey(true);
        int greeted = play.registry.greeted();
        int knocks = play.registry.knocks();
        play.registry.hangUp();
        alice.heard()
                .await(
                        "both fingerprints",
                        0,
                        shown -> shown instanceof Happening.RegistryLost(var why)
                                && why.contains(expected)
                                && why.contains(play.registry.fingerprint()));
        int asked = play.registry.asked().size();
        var id = alice.send(bob, "for later");
        for (int i = 0; i < 200 && play.registry.knocks() < knocks + 4; i++) TimeUnit.MILLISECONDS.sleep(50);
        assertThat(play.registry.knocks()).isGreaterThanOrEqualTo(knocks + 4);
        assertThat(play.registry.greeted()).isEqualTo(greeted);
        assertThat(play.registry.asked()).hasSize(asked);

        play.registry.showAnotherKey(false);
        alice.awaitMoved(id, Mail.Stage.SENT);
    }

    @Test
    void whoShowsAnotherKeyThanTheFingerprintSaysIsToldNothing() throws Exception {
        var expected = play.registry.fingerprint();
        play.registry.showAnotherKey(true);
        var alice = play.person("alice", play.registry.address(), IMPATIENT).start();
        assertThat(alice.run(new Input.SignUp(alice.name(), Person.PASSWORD)))
                .isInstanceOfSatisfying(
                        Happening.Failed.class,
                        failed -> assertThat(failed.why()).contains(expected, play.registry.fingerprint()));
        assertThat(play.registry.asked()).isEmpty();
        assertThat(alice.accounts())
                .satisfiesAnyOf(
                        none -> assertThat(none).doesNotExist(),
                        empty -> assertThat(empty).isEmptyDirectory());
    }

    @Test
    void whoSaysToBeAnotherRegistryIsLeft() throws Exception {
        var alice = play.newcomer("alice");
        int before = play.registry.asked().size();
        play.registry.becomeAnother();
        play.registry.hangUp();
        alice.awaitNotice("belongs to another registry");
        assertThat(play.registry.asked().subList(before, play.registry.asked().size()))
                .noneMatch(parley.messages.directory.Request.SignIn.class::isInstance);
    }

    @Test
    void whoNeverAnswersIsWaitedForAndTextsAreKept() throws Exception {
        var alice = play.newcomer("alice", play.registry.address(), IMPATIENT);
        var bob = play.newcomer("bob", play.registry.address(), IMPATIENT);
        Play.acquaint(alice, bob);
        alice.stop();
        play.registry.mute(true);
        alice.start().signIn();
        var id = alice.send(bob, "whenever");
        alice.heard().await("the silence", 0, Happening.RegistryLost.class::isInstance);
        play.registry.mute(false);
        alice.awaitMoved(id, Mail.Stage.DELIVERED);
        bob.awaitTexts(alice, "hello", "whenever");
    }

    @Test
    void whoTalksRubbishIsLeftAndFoundAgainWhenHeSpeaksSense() throws Exception {
        long seed = Long.getLong("seed", System.nanoTime());
        var random = new SplittableRandom(seed);
        var alice = play.newcomer("alice", play.registry.address(), IMPATIENT);
        var bob = play.newcomer("bob", play.registry.address(), IMPATIENT);
        Play.acquaint(alice, bob);
        for (int round = 0; round < 10; round++) {
            int greeted = play.registry.greeted();
            play.registry.say(rubbish(random));
            for (int i = 0; i < 400 && play.registry.greeted() < greeted + 2; i++) TimeUnit.MILLISECONDS.sleep(25);
            assertThat(play.registry.greeted()).as("-Dseed=%d", seed).isGreaterThanOrEqualTo(greeted + 2);
        }
        alice.awaitMoved(alice.send(bob, "again"), Mail.Stage.DELIVERED);
        bob.awaitTexts(alice, "hello", "again");
    }

    /** A thousand lines. */
    private static ByteString rubbish(SplittableRandom random) {
        var all = ByteString.createBuilder();
        for (int line = 0; line < 1_000; line++) {
            var bytes = new byte[1 + random.nextInt(60)];
            random.nextBytes(bytes);
            if (random.nextBoolean()) bytes[0] = '*';
            bytes[bytes.length - 1] = '\n';
            all.putBytes(bytes);
        }
        return all.result();
    }
}
