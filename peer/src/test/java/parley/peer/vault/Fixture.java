package parley.peer.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.apache.pekko.util.ByteString;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import parley.messages.name.UserName;
import parley.peer.cipher.primitive.Argon2id.Cost;
import parley.peer.vault.VaultRefused.Reason;

/** Vaults whose passwords are stretched by next to nothing, and plain hands on their files. */
final class Fixture {
    static final UserName ALICE = new UserName("alice");
    static final String PASSWORD = "swordfish-canary";
    static final String TABLE = "text";
    static final Cost CHEAP = new Cost(64, 1, 1);

    static Vault newVault(Path folder) {
        return Vault.create(folder, ALICE, PASSWORD.toCharArray(), records -> {}, new SecureRandom(), CHEAP);
    }

    static Vault open(Path folder) {
        return open(folder, PASSWORD);
    }

    static Vault open(Path folder, String password) {
        return Vault.open(folder, ALICE, password.toCharArray(), new SecureRandom(), CHEAP);
    }

    static void put(Vault vault, String key, String value) {
        vault.transaction(records -> {
            records.put(TABLE, bytes(key), bytes(value));
            return key;
        });
    }

    static String get(Vault vault, String key) {
        return vault.transaction(records -> records.get(TABLE, bytes(key)))
                .map(ByteString::utf8String)
                .orElse("nothing");
    }

    static ByteString bytes(String text) {
        return ByteString.fromArray(text.getBytes(StandardCharsets.UTF_8));
    }

    static Path file(Path folder) {
        return folder.resolve("alice.vault");
    }

    /** What somebody does who has the file and an SQLite, and no password. */
    static int tamper(Path folder, String statement, Object... values) {
        try (var connection = plain(folder);
                var prepared = connection.prepareStatement(statement)) {
            for (int i = 0; i < values.length; i++) prepared.setObject(i + 1, values[i]);
            return prepared.executeUpdate();
        } catch (SQLException failed) {
            throw new AssertionError(failed);
        }
    }

    static byte[] look(Path folder, String query) {
        try (var connection = plain(folder);
                var statement = connection.createStatement();
                var rows = statement.executeQuery(query)) {
            if (!rows.next()) throw new AssertionError("nothing at " + query);
            return rows.getBytes(1);
        } catch (SQLException failed) {
            throw new AssertionError(failed);
        }
    }

    static void refused(Reason reason, ThrowingCallable attempt) {
        assertThatThrownBy(attempt)
                .isInstanceOfSatisfying(
                        VaultRefused.class,
                        refused -> assertThat(refused.reason())
                                .as(refused.getMessage())
                                .isEqualTo(reason));
    }

    private static Connection plain(Path folder) throws SQLException {
        return DriverManager.getConnection("jdbc:sqlite:" + file(folder));
    }

    private Fixture() {}
}
