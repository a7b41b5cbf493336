package parley.peer.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static parley.peer.vault.Fixture.ALICE;
import static parley.peer.vault.Fixture.TABLE;
import static parley.peer.vault.Fixture.bytes;
import static parley.peer.vault.Fixture.file;
import static parley.peer.vault.Fixture.get;
import static parley.peer.vault.Fixture.newVault;
import static parley.peer.vault.Fixture.open;
import static parley.peer.vault.Fixture.put;
import static parley.peer.vault.Fixture.refused;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parley.messages.name.UserName;
import parley.peer.vault.VaultRefused.Reason;

class BackupTest {
    private static final String PASSWORD = "backup-canary";

    @TempDir
    Path temporary;

    Path folder;
    Path backup;
    Path elsewhere;

    @BeforeEach
    void makeBackup() {
        folder = temporary.resolve("vaults");
        backup = temporary.resolve("alice.backup");
        elsewhere = temporary.resolve("elsewhere");
        try (var vault = newVault(folder)) {
            put(vault, "1", "text-canary");
            vault.transaction(records -> {
                records.put(TABLE, bytes("large"), ByteString.fromArray(new byte[3 * Chunks.PLAIN_BYTES]));
                return 0;
            });
            vault.exportTo(backup, PASSWORD.toCharArray());
            put(vault, "2", "later");
        }
    }

    /** SQLite copies nothing while a statement is under way, and one is once it was read from and is kept. */
    @Test
    void itIsMadeWhateverTheVaultDidBefore() {
        var later = temporary.resolve("later.backup");
        try (var vault = open(folder)) {
            put(vault, "3", "more");
            get(vault, "3");
            get(vault, "nothing");
            vault.transaction(records -> records.list(TABLE).size());
            vault.transaction(records -> records.delete(TABLE, bytes("3")));
            vault.passwd(Fixture.PASSWORD.toCharArray(), "another".toCharArray());
            put(vault, "4", "more");
            vault.exportTo(later, PASSWORD.toCharArray());
            vault.exportTo(temporary.resolve("latest.backup"), PASSWORD.toCharArray());
        }
        assertThat(later).exists();
    }

    @Test
    void itBringsBackEverythingUnderTheVaultsOwnPassword() {
        assertThat(restore(PASSWORD)).isEqualTo(ALICE);
        try (var vault = open(elsewhere)) {
            assertThat(get(vault, "1")).isEqualTo("text-canary");
            assertThat(get(vault, "2")).isEqualTo("nothing");
            assertThat(vault.generation().opening()).isEqualTo(2);
        }
        refused(Reason.WRONG_PASSWORD, () -> open(elsewhere, PASSWORD));
    }

    @Test
    void itIsPrivateAndTellsNothing() throws IOException {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(backup)))
                .isEqualTo("rw-------");
        assertThat(new String(Files.readAllBytes(backup), StandardCharsets.ISO_8859_1))
                .doesNotContain("canary", "SQLite", "alice", TABLE);
        assertThat(folder.resolve("alice.vault.new")).doesNotExist();
    }

    @Test
    void neitherWayOverwritesAnything() throws IOException {
        Files.writeString(backup, "mine");
        try (var vault = open(folder)) {
            refused(Reason.THERE_ALREADY, () -> vault.exportTo(backup, PASSWORD.toCharArray()));
        }
        assertThat(backup).hasContent("mine");
        Files.delete(backup);
        try (var vault = open(folder)) {
            vault.exportTo(backup, PASSWORD.toCharArray());
        }
        var before = Files.readAllBytes(file(folder));
        refused(Reason.THERE_ALREADY, () -> Vault.importFrom(folder, backup, PASSWORD.toCharArray()));
        assertThat(Files.readAllBytes(file(folder))).isEqualTo(before);
        try (var vault = open(folder)) {
            refused(Reason.IN_USE, () -> Vault.importFrom(folder, backup, PASSWORD.toCharArray()));
            assertThat(get(vault, "2")).isEqualTo("later");
        }
    }

    @Test
    void aWrongPasswordIsRefused() {
        refused(Reason.WRONG_PASSWORD, () -> restore("backup-canarz"));
        assertThat(elsewhere).doesNotExist();
    }

    @Test
    void cutAnywhereNearAChunksEndItIsRefused() throws IOException {
        var whole = Files.readAllBytes(backup);
        assertThat(whole.length).isGreaterThan(3 * Chunks.SEALED_BYTES);
        for (int end = Backup.HEADER_BYTES; end < whole.length; end += Chunks.SEALED_BYTES)
            for (int near = -1; near <= 1; near++) refusedAs(Arrays.copyOf(whole, end + near));
        // Said of the chunks: SQLite's own complaint about half a file would be too late.
        Files.write(backup, Arrays.copyOf(whole, Backup.HEADER_BYTES + 2 * Chunks.SEALED_BYTES));
        assertThatThrownBy(() -> restore(PASSWORD)).hasMessage("The file was altered or cut");
        refusedAs(new byte[0]);
        refusedAs(Arrays.copyOf(whole, whole.length - 1));
        refusedAs(Arrays.copyOf(whole, whole.length + 1));
    }

    @Test
    void everyByteOfTheHeaderAndOneInEachStretchCount() throws IOException {
        var whole = Files.readAllBytes(backup);
        for (int at = 0; at < whole.length; at += at < Backup.HEADER_BYTES + 32 ? 1 : 9973) {
            var flipped = whole.clone();
            flipped[at] ^= (byte) 0x80;
            refusedAs(flipped);
        }
    }

    @Test
    void chunksThatChangePlacesAreRefused() throws IOException {
        var whole = Files.readAllBytes(backup);
        var swapped = whole.clone();
        int second = Backup.HEADER_BYTES + Chunks.SEALED_BYTES;
        int third = second + Chunks.SEALED_BYTES;
        System.arraycopy(whole, second, swapped, third, Chunks.SEALED_BYTES);
        System.arraycopy(whole, third, swapped, second, Chunks.SEALED_BYTES);
        refusedAs(swapped);
    }

    @Test
    void afterARefusalTheGenuineOneIsTaken() throws IOException {
        var whole = Files.readAllBytes(backup);
        refusedAs(Arrays.copyOf(whole, whole.length - 1));
        Files.write(backup, whole);
        restore(PASSWORD);
        open(elsewhere).close();
    }

    private UserName restore(String password) {
        return Vault.importFrom(elsewhere, backup, password.toCharArray());
    }

    private void refusedAs(byte[] altered) throws IOException {
        Files.write(backup, altered);
        assertThatThrownBy(() -> restore(PASSWORD)).isInstanceOf(VaultRefused.class);
        assertThat(file(elsewhere)).doesNotExist();
    }
}
