package parley.peer.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static parley.peer.vault.Fixture.PASSWORD;
import static parley.peer.vault.Fixture.newVault;
import static parley.peer.vault.Fixture.open;
import static parley.peer.vault.Fixture.refused;

import java.nio.file.Path;
import java.util.ArrayList;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import parley.peer.vault.VaultRefused.Reason;

/** Two processes, one of which is killed. That a commit is synced, too, SQLite is asked for at each opening. */
@Timeout(60)
class VaultProcessTest {
    @TempDir
    Path temporary;

    Path folder;

    @BeforeEach
    void makeVault() {
        folder = temporary.resolve("vaults");
        newVault(folder).close();
    }

    @Test
    void aSecondProcessIsRefusedUntilTheFirstHasEnded() throws Exception {
        try (var first = VaultProcess.start(folder, "hold")) {
            assertThat(first.hear()).isEqualTo("open");
            refused(Reason.IN_USE, () -> open(folder));
            assertThatThrownBy(() -> open(folder)).hasMessageContaining("process ");
            first.kill();
        }
        open(folder).close();
    }

    @Test
    void aSecondOpeningInTheSameProcessIsRefused() throws Exception {
        try (var vault = open(folder)) {
            refused(Reason.IN_USE, () -> open(folder));
            // Being asked must not have cost the first its lock.
            try (var second = VaultProcess.start(folder, "hold")) {
                assertThatThrownBy(second::hear).hasMessageContaining("ended");
            }
            assertThat(vault.generation().opening()).isEqualTo(2);
        }
        open(folder).close();
    }

    @RepeatedTest(10)
    void whatWasSaidToBeCommittedSurvivesAKill() throws Exception {
        var said = new ArrayList<String>();
        try (var writer = VaultProcess.start(folder, "commit")) {
            assertThat(writer.hear()).isEqualTo("open");
            for (int i = 0; i < 20; i++) said.add(writer.hear());
            said.addAll(writer.kill());
        }
        // The last line may have been cut; each whole one is a promise.
        if (said.size() > 20) said.removeLast();
        try (var vault = open(folder)) {
            vault.transaction(records -> {
                for (var key : said)
                    assertThat(records.get("left", Fixture.bytes(key)).map(ByteString::utf8String))
                            .contains("v" + key.substring(1));
                assertThat(records.list("left")).containsExactlyInAnyOrderElementsOf(records.list("right"));
                return said;
            });
        }
    }

    @RepeatedTest(5)
    void aPasswordChangeThatWasKilledLeavesOneOfBoth() throws Exception {
        String last;
        try (var writer = VaultProcess.start(folder, "passwd")) {
            assertThat(writer.hear()).isEqualTo("open");
            last = writer.hear();
            for (int i = 0; i < 5; i++) last = writer.hear();
            writer.kill();
        }
        assertThat(last).startsWith("now ");
        int working = 0;
        for (var password : new String[] {PASSWORD, VaultProcess.OTHER_PASSWORD}) {
            try (var vault = open(folder, password)) {
                assertThat(vault.generation().opening()).isEqualTo(3);
                working++;
            } catch (VaultRefused refused) {
                assertThat(refused.reason()).isEqualTo(Reason.WRONG_PASSWORD);
            }
        }
        assertThat(working).isEqualTo(1);
    }
}
