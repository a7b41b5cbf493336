package parley.proving.modern.evil;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** Alice, Bob, and Eve, an admin who is in league with the registry: whoever holds her keys signs what it likes. */
abstract class Conspiracy {
    @TempDir
    static Path folder;

    static Play play;
    static Person alice;
    static Person bob;
    static Person eve;
    static Forger eves;

    @BeforeAll
    static void conspire() throws Exception {
        play = new Play(folder);
        play.registry.lie(new ByMailbox() {});
        alice = play.newcomer("alice");
        bob = play.newcomer("bob");
        eve = play.newcomer("eve");
        Play.acquaint(alice, bob);
        eve.kill();
        eves = Forger.with(eve);
    }

    @AfterEach
    void tellTheTruth() {
        play.registry.lie(new ByMailbox() {});
        play.registry.groups().tellTheTruth();
    }

    @AfterAll
    static void end() throws Exception {
        play.close();
    }
}
