package parley.peer.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static parley.peer.vault.Fixture.ALICE;
import static parley.peer.vault.Fixture.CHEAP;
import static parley.peer.vault.Fixture.PASSWORD;
import static parley.peer.vault.Fixture.TABLE;
import static parley.peer.vault.Fixture.bytes;
import static parley.peer.vault.Fixture.file;
import static parley.peer.vault.Fixture.get;
import static parley.peer.vault.Fixture.look;
import static parley.peer.vault.Fixture.newVault;
import static parley.peer.vault.Fixture.open;
import static parley.peer.vault.Fixture.put;
import static parley.peer.vault.Fixture.refused;
import static parley.peer.vault.Fixture.tamper;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parley.peer.cipher.primitive.Secret;
import parley.peer.vault.VaultRefused.Reason;

/** Somebody has the file, an SQLite and no password. */
class TamperingTest {
    @TempDir
    Path temporary;

    Path folder;

    @BeforeEach
    void chooseFolder() {
        folder = temporary.resolve("vaults");
    }

    @Test
    void everyByteOfARecordCounts() {
        try (var vault = newVault(folder)) {
            put(vault, "1", "hello");
            for (var column : new String[] {"row", "nonce", "box"}) {
                var intact = look(folder, "SELECT %s FROM record WHERE tab = 'text'".formatted(column));
                for (int at = 0; at < intact.length; at++) {
                    var flipped = intact.clone();
                    flipped[at] ^= 1;
                    set(column, flipped);
                    refused(Reason.DAMAGED, () -> vault.transaction(records -> records.list(TABLE)));
                }
                set(column, Arrays.copyOf(intact, intact.length - 1));
                refused(Reason.DAMAGED, () -> vault.transaction(records -> records.list(TABLE)));
                set(column, new byte[0]);
                refused(Reason.DAMAGED, () -> vault.transaction(records -> records.list(TABLE)));
                set(column, intact);
                assertThat(get(vault, "1")).isEqualTo("hello");
            }
        }
    }

    @Test
    void everyByteOfTheWrappedKeyCounts() {
        newVault(folder).close();
        var intact = look(folder, "SELECT wrapped FROM head");
        for (int at = 0; at < intact.length; at++) {
            var flipped = intact.clone();
            flipped[at] ^= (byte) 0x80;
            tamper(folder, "UPDATE head SET wrapped = ?", flipped);
            assertThatThrownBy(() -> open(folder)).isInstanceOf(VaultRefused.class);
        }
        tamper(folder, "UPDATE head SET wrapped = ?", Arrays.copyOf(intact, intact.length + 1));
        refused(Reason.DAMAGED, () -> open(folder));
        tamper(folder, "UPDATE head SET wrapped = ?", intact);
        open(folder).close();
    }

    @Test
    void aCostThatNobodyShouldPayIsRefusedBeforeItIsPaid() {
        newVault(folder).close();
        var dear = look(folder, "SELECT wrapped FROM head");
        Arrays.fill(dear, 1, 5, (byte) 0xff);
        tamper(folder, "UPDATE head SET wrapped = ?", dear);
        refused(Reason.DAMAGED, () -> open(folder));
    }

    @Test
    void boxesThatChangeRowsAreRefused() {
        try (var vault = newVault(folder)) {
            put(vault, "1", "to alice");
            put(vault, "2", "to bob");
            var one = look(folder, "SELECT min(row) FROM record WHERE tab = 'text'");
            var two = look(folder, "SELECT max(row) FROM record WHERE tab = 'text'");
            tamper(folder, "UPDATE record SET row = x'00' WHERE row = ?", one);
            tamper(folder, "UPDATE record SET row = ? WHERE row = ?", one, two);
            tamper(folder, "UPDATE record SET row = ? WHERE row = x'00'", two);
            refused(Reason.DAMAGED, () -> get(vault, "1"));
            refused(Reason.DAMAGED, () -> get(vault, "2"));
        }
    }

    @Test
    void aBoxThatChangesItsTableIsRefused() {
        try (var vault = newVault(folder)) {
            put(vault, "1", "hello");
            tamper(folder, "UPDATE record SET tab = 'contact' WHERE tab = 'text'");
            refused(Reason.DAMAGED, () -> vault.transaction(records -> records.list("contact")));
        }
    }

    @Test
    void aBoxOfAnotherVaultIsRefused() {
        var other = temporary.resolve("other");
        try (var vault = newVault(folder);
                var stranger = newVault(other)) {
            put(vault, "1", "hello");
            put(stranger, "1", "a stranger's");
            tamper(
                    folder,
                    "UPDATE record SET nonce = ?, box = ? WHERE tab = 'text'",
                    look(other, "SELECT nonce FROM record WHERE tab = 'text'"),
                    look(other, "SELECT box FROM record WHERE tab = 'text'"));
            refused(Reason.DAMAGED, () -> get(vault, "1"));
        }
    }

    @Test
    void anOlderBoxDoesNotPassForTheNewVersion() {
        try (var vault = newVault(folder)) {
            put(vault, "1", "old");
            var nonce = look(folder, "SELECT nonce FROM record WHERE tab = 'text'");
            var box = look(folder, "SELECT box FROM record WHERE tab = 'text'");
            put(vault, "1", "new");
            tamper(folder, "UPDATE record SET nonce = ?, box = ? WHERE tab = 'text'", nonce, box);
            refused(Reason.DAMAGED, () -> get(vault, "1"));
            tamper(folder, "UPDATE record SET version = 1 WHERE tab = 'text'");
            assertThat(get(vault, "1")).isEqualTo("old");
        }
    }

    @Test
    void nobodyChoosesTheNextVersion() {
        try (var vault = newVault(folder)) {
            put(vault, "1", "hello");
        }
        tamper(folder, "UPDATE record SET version = 9223372036854775807 WHERE tab = 'text'");
        try (var vault = open(folder)) {
            refused(Reason.DAMAGED, () -> put(vault, "1", "again"));
        }
    }

    @Test
    void whoWroteARecordRemembersItsVersionWhateverTheFileSays() {
        try (var vault = newVault(folder)) {
            put(vault, "1", "hello");
            tamper(folder, "UPDATE record SET version = 9223372036854775807 WHERE tab = 'text'");
            put(vault, "1", "again");
            assertThat(look(folder, "SELECT CAST(version AS TEXT) FROM record WHERE tab = 'text'"))
                    .asString(StandardCharsets.US_ASCII)
                    .isEqualTo("2");
            assertThat(get(vault, "1")).isEqualTo("again");
        }
    }

    @Test
    void aVersionThatWasRolledBackIsForgotten() {
        try (var vault = newVault(folder)) {
            put(vault, "1", "hello");
            assertThatThrownBy(() -> vault.transaction(records -> {
                        records.put(TABLE, bytes("1"), bytes("never"));
                        records.delete(TABLE, bytes("1"));
                        throw new IllegalStateException("stop");
                    }))
                    .hasMessage("stop");
            put(vault, "1", "again");
            assertThat(look(folder, "SELECT CAST(version AS TEXT) FROM record WHERE tab = 'text'"))
                    .asString(StandardCharsets.US_ASCII)
                    .isEqualTo("2");
            assertThat(get(vault, "1")).isEqualTo("again");
        }
    }

    @Test
    void whatIsNoVaultIsSaidToBeNone() throws IOException {
        newVault(folder).close();
        tamper(folder, "PRAGMA user_version = 2");
        refused(Reason.TOO_NEW, () -> open(folder));
        tamper(folder, "PRAGMA application_id = 7");
        refused(Reason.DAMAGED, () -> open(folder));
        Files.writeString(file(folder), "no database at all, but long enough to look like one".repeat(99));
        refused(Reason.DAMAGED, () -> open(folder));
        Files.write(file(folder), new byte[0]);
        refused(Reason.DAMAGED, () -> open(folder));
    }

    @Test
    void nothingThatIsSealedIsReadable() throws IOException {
        var drawn = new ArrayList<byte[]>();
        var random = new SecureRandom() {
            private static final long serialVersionUID = 1L;

            @Override
            public void nextBytes(byte[] bytes) {
                super.nextBytes(bytes);
                drawn.add(bytes.clone());
            }
        };
        try (var vault = Vault.create(folder, ALICE, PASSWORD.toCharArray(), records -> {}, random, CHEAP)) {
            put(vault, "key-canary", "text-canary");
            var dataKey = drawn.getFirst();
            assertThat(dataKey).hasSize(Secret.BYTES);
            absent("key-canary".getBytes(StandardCharsets.UTF_8));
            absent("text-canary".getBytes(StandardCharsets.UTF_8));
            absent(PASSWORD.getBytes(StandardCharsets.UTF_8));
            absent(dataKey);
            absent(vault.generation().id().toArrayUnsafe());
            absent(Base64.getEncoder().encode(dataKey));
            assertThat(found(drawn.getLast()))
                    .as("the scan finds the last nonce")
                    .isTrue();
        }
    }

    @Test
    void whatWasDeletedOrRewrappedIsOverwritten() throws IOException {
        byte[] box;
        byte[] wrapped;
        try (var vault = newVault(folder)) {
            for (int i = 0; i < 20; i++) put(vault, "k" + i, "some text");
            box = look(folder, "SELECT box FROM record WHERE tab = 'text' LIMIT 1");
            wrapped = look(folder, "SELECT wrapped FROM head");
            vault.passwd(PASSWORD.toCharArray(), "new".toCharArray());
            absent(wrapped);
            assertThat(found(box)).as("the scan finds what is there").isTrue();
            vault.transaction(records -> {
                for (int i = 0; i < 20; i++) records.delete(TABLE, bytes("k" + i));
                return 0;
            });
        }
        absent(box);
    }

    private void set(String column, byte[] value) {
        assertThat(tamper(folder, "UPDATE record SET %s = ? WHERE tab = 'text'".formatted(column), value))
                .isEqualTo(1);
    }

    private void absent(byte[] canary) throws IOException {
        assertThat(found(canary)).isFalse();
    }

    private boolean found(byte[] canary) throws IOException {
        var wanted = HexFormat.of().formatHex(canary);
        try (var files = Files.list(folder)) {
            for (var file : files.toList())
                if (HexFormat.of().formatHex(Files.readAllBytes(file)).contains(wanted)) return true;
        }
        return false;
    }
}
