package parley.proving.modern.evil;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parley.peer.talk.Mail;

/**
 * Kills, and vaults that are put back from older copies: what they sealed before, they seal again with the same message
 * keys before anybody can tell them. Then all that protects is that nonces are random.
 */
class NoncesTest {
    /** More with {@code -Dparley.nonces.kills=1000}; every fourth one finds an older vault. */
    private static final int KILLS = Integer.getInteger("parley.nonces.kills", 20);

    @TempDir
    Path folder;

    @Test
    void noKeyIsUsedWithOneNonceTwiceOverKillsAndRestores() throws Exception {
        long seed = Long.getLong("seed", System.nanoTime());
        var random = new SplittableRandom(seed);
        var play = new Play(folder);
        try {
            play.registry.lie(new ByMailbox() {});
            var alice = play.newcomer("alice");
            var bob = play.newcomer("bob");
            Play.acquaint(alice, bob);
            int restores = 0;
            for (int kill = 0; kill < KILLS; kill++) {
                var victim = kill % 2 == 0 ? alice : bob;
                var other = kill % 2 == 0 ? bob : alice;
                boolean restored = kill % 4 == 3 || kill % 8 == 4;
                var copy = play.folder("copy" + kill);
                if (restored) {
                    victim.kill();
                    victim.keepCopy(copy);
                    victim.start().signIn();
                    restores++;
                }
                for (int i = random.nextInt(1, 4); i > 0; i--) victim.send(other, "sent and perhaps forgotten");
                other.send(victim, "meanwhile");
                if (restored) {
                    // Whatever was sealed is out: what the copy seals next has the same numbers.
                    var last = victim.send(other, "the last before the copy");
                    victim.awaitMoved(last, Mail.Stage.DELIVERED);
                }
                victim.kill();
                if (restored) victim.putBack(copy);
                victim.start().signIn();
                if (restored) victim.send(other, "after the copy");
            }
            // Who had something to say about the other's vault says it once a minute, or when he starts.
            for (var person : new Person[] {alice, bob, alice}) {
                person.kill();
                person.start().signIn();
            }
            alice.awaitMoved(alice.send(bob, "do you read me?"), Mail.Stage.DELIVERED);
            bob.awaitMoved(bob.send(alice, "I read you"), Mail.Stage.DELIVERED);
            assertThat(bob.texts(alice)).as("-Dseed=%d", seed).contains("do you read me?");
            assertThat(alice.texts(bob)).as("-Dseed=%d", seed).contains("I read you");
            assertThat(alice.heard().isNoticed("vault") || bob.heard().isNoticed("vault"))
                    .as("somebody says that a vault was old, -Dseed=%d", seed)
                    .isTrue();

            var findings = NonceRecorder.read(play.registry.seen());
            System.out.printf(
                    "%d kills, %d restores: %d messages under %d keys, %d of them used again with another nonce%n",
                    KILLS, restores, findings.messages(), findings.keys(), findings.keysUsedAgain());
            assertThat(findings.broken()).as("-Dseed=%d", seed).isEmpty();
            assertThat(findings.keysUsedAgain())
                    .as("keys used again; without any this test shows nothing, -Dseed=%d", seed)
                    .isPositive();
        } finally {
            play.close();
        }
    }
}
