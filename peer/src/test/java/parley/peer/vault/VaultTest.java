package parley.peer.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static parley.peer.vault.Fixture.ALICE;
import static parley.peer.vault.Fixture.PASSWORD;
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
import java.util.ArrayList;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parley.messages.name.UserName;
import parley.peer.cipher.primitive.Argon2id.Cost;
import parley.peer.vault.VaultRefused.Reason;

class VaultTest {
    @TempDir
    Path temporary;

    Path folder;

    @BeforeEach
    void chooseFolder() {
        folder = temporary.resolve("vaults");
    }

    @Test
    void whatWasCommittedIsThereWhenItIsOpenedAgain() {
        try (var vault = newVault(folder)) {
            put(vault, "1", "hello");
            put(vault, "2", "");
        }
        try (var vault = open(folder)) {
            assertThat(get(vault, "1")).isEqualTo("hello");
            assertThat(get(vault, "2")).isEmpty();
            assertThat(get(vault, "3")).isEqualTo("nothing");
        }
    }

    @Test
    void recordsAreListedReplacedAndDeleted() {
        try (var vault = newVault(folder)) {
            put(vault, "1", "hello");
            put(vault, "1", "hello again");
            put(vault, "2", "you");
            vault.transaction(records -> {
                assertThat(records.list(TABLE))
                        .extracting(Entry::key, Entry::value)
                        .containsExactlyInAnyOrder(
                                tuple(bytes("1"), bytes("hello again")), tuple(bytes("2"), bytes("you")));
                assertThat(records.list("contact")).isEmpty();
                assertThat(records.delete(TABLE, bytes("1"))).isTrue();
                assertThat(records.delete(TABLE, bytes("1"))).isFalse();
                return records.get(TABLE, bytes("1"));
            });
            assertThat(get(vault, "1")).isEqualTo("nothing");
        }
    }

    @Test
    void aTransactionThatThrowsLeavesNothing() {
        try (var vault = newVault(folder)) {
            put(vault, "1", "before");
            assertThatThrownBy(() -> vault.transaction(records -> {
                        records.put(TABLE, bytes("1"), bytes("after"));
                        records.put(TABLE, bytes("2"), bytes("new"));
                        throw new IllegalArgumentException("halfway");
                    }))
                    .hasMessage("halfway");
            assertThat(get(vault, "1")).isEqualTo("before");
            assertThat(get(vault, "2")).isEqualTo("nothing");
        }
    }

    @Test
    void recordsAreOfNoUseAfterTheirTransaction() {
        try (var vault = newVault(folder)) {
            var kept = new ArrayList<Records>();
            vault.transaction(kept::add);
            assertThatThrownBy(() -> kept.getFirst().put(TABLE, bytes("1"), bytes("late")))
                    .isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> vault.transaction(records -> vault.transaction(kept::add)))
                    .isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void limitsAreHeldBeforeAnythingIsSealed() {
        try (var vault = newVault(folder)) {
            var long1 = ByteString.fromArray(new byte[Records.KEY_BYTES_MAX + 1]);
            var long2 = ByteString.fromArray(new byte[Records.VALUE_BYTES_MAX + 1]);
            for (var table : new String[] {"", "vault.generation", "Text", "a'b"})
                assertThatThrownBy(() -> vault.transaction(records -> records.get(table, bytes("1"))))
                        .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> vault.transaction(records -> {
                        records.put(TABLE, long1, bytes(""));
                        return 0;
                    }))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> vault.transaction(records -> {
                        records.put(TABLE, bytes("1"), long2);
                        return 0;
                    }))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void aWrongPasswordIsRefusedAndAltersNothing() throws IOException {
        newVault(folder).close();
        var before = Files.readAllBytes(file(folder));
        refused(Reason.WRONG_PASSWORD, () -> open(folder, "swordfish-canarz"));
        assertThat(Files.readAllBytes(file(folder))).isEqualTo(before);
        open(folder).close();
    }

    @Test
    void whatIsNoPasswordIsRefused() {
        for (var password : new String[] {"", "x".repeat(129), "half\ud83d"})
            refused(
                    Reason.BAD_PASSWORD,
                    () -> Vault.create(folder, ALICE, password.toCharArray(), records -> {}, Cost.TODAY));
        assertThat(folder).doesNotExist();
    }

    @Test
    void passwordsAreWipedAndNeverTold() {
        var typed = PASSWORD.toCharArray();
        var wrong = "another-canary".toCharArray();
        try (var vault = Vault.create(folder, ALICE, typed, records -> {}, Cost.TODAY)) {
            assertThat(vault).asString().doesNotContain(PASSWORD);
            assertThatThrownBy(() -> vault.passwd(wrong, "new-canary".toCharArray()))
                    .isInstanceOf(VaultRefused.class)
                    .message()
                    .doesNotContain("canary");
        }
        assertThat(typed).containsOnly('\0');
        assertThat(wrong).containsOnly('\0');
        var passphrase = Passphrase.taking(PASSWORD.toCharArray());
        assertThat(passphrase).hasToString("redacted");
        assertThat(passphrase.unsafeBytes()).isEqualTo(PASSWORD.getBytes(StandardCharsets.UTF_8));
        passphrase.close();
        assertThat(passphrase.unsafeBytes()).containsOnly(0);
        assertThat(new Entry(bytes("key"), bytes("value"))).hasToString("redacted");
    }

    @Test
    void thereIsOneVaultOfAName() {
        newVault(folder).close();
        refused(Reason.THERE_ALREADY, () -> newVault(folder));
        refused(Reason.ABSENT, () -> Vault.open(folder, new UserName("bob"), PASSWORD.toCharArray(), Cost.TODAY));
        open(folder).close();
    }

    @Test
    void itsKeyBelongsToItsName() throws IOException {
        newVault(folder).close();
        Files.move(file(folder), folder.resolve("bob.vault"));
        refused(
                Reason.WRONG_PASSWORD,
                () -> Vault.open(folder, new UserName("bob"), PASSWORD.toCharArray(), Cost.TODAY));
    }

    @Test
    void nobodyElseCanOpenAnyOfItsFiles() throws IOException {
        try (var vault = newVault(folder);
                var files = Files.list(folder)) {
            put(vault, "1", "hello");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
                    .isEqualTo("rwx------");
            var all = files.toList();
            assertThat(all)
                    .extracting(file -> file.getFileName().toString())
                    .containsExactlyInAnyOrder("alice.vault", "alice.vault-wal", "alice.vault-shm", "alice.lock");
            for (var file : all)
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                        .as(file.toString())
                        .isEqualTo("rw-------");
        }
    }

    @Test
    void aFolderThatOthersMayEnterIsRefused() throws IOException {
        newVault(folder).close();
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        refused(Reason.NOT_PRIVATE, () -> open(folder));
    }

    @Test
    void eachOpeningIsANewGeneration() {
        Generation first;
        try (var vault = newVault(folder)) {
            first = vault.generation();
        }
        try (var vault = open(folder)) {
            assertThat(first.opening()).isEqualTo(1);
            assertThat(vault.generation().opening()).isEqualTo(2);
            assertThat(vault.generation().id()).isNotEqualTo(first.id());
        }
    }

    @Test
    void aCopyThatWasPutBackReachesTheSameNumberWithAnotherId() throws IOException {
        newVault(folder).close();
        var copy = Files.readAllBytes(file(folder));
        Generation lost;
        try (var vault = open(folder)) {
            lost = vault.generation();
        }
        Files.write(file(folder), copy);
        try (var vault = open(folder)) {
            assertThat(vault.generation().opening()).isEqualTo(lost.opening());
            assertThat(vault.generation().id()).isNotEqualTo(lost.id());
        }
    }

    @Test
    void afterPasswdOnlyTheNewPasswordOpensIt() {
        try (var vault = newVault(folder)) {
            put(vault, "1", "hello");
            refused(Reason.WRONG_PASSWORD, () -> vault.passwd("x".toCharArray(), "y".toCharArray()));
            vault.passwd(PASSWORD.toCharArray(), "new".toCharArray());
            put(vault, "2", "you");
        }
        refused(Reason.WRONG_PASSWORD, () -> open(folder));
        try (var vault = open(folder, "new")) {
            assertThat(get(vault, "1") + get(vault, "2")).isEqualTo("helloyou");
        }
    }

    @Test
    void whatACrashLeftOfADraftIsNoVault() throws IOException {
        newVault(folder).close();
        Files.move(file(folder), folder.resolve("alice.vault.new"));
        refused(Reason.ABSENT, () -> open(folder));
        newVault(folder).close();
        assertThat(folder.resolve("alice.vault.new")).doesNotExist();
    }
}
