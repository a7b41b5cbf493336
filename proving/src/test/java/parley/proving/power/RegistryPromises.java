package parley.proving.power;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.util.ByteString;
import org.sqlite.JDBC;
import parley.messages.name.UserName;
import parley.registry.journal.JournalFolder;
import parley.registry.mailbox.Envelopes;

/**
 * What a registry had answered, as two people's events tell.
 *
 * @param ready the operation that printed that the registry is there
 * @param identity it had at the end
 * @param left what alice heard of her envelopes for bob between {@code gone} and {@code back}, while he was away
 */
record RegistryPromises(
        int ready,
        ByteString identity,
        List<Recording.Said> alice,
        List<Recording.Said> bob,
        List<Recording.Said> left,
        int back) {
    private static final int SECONDS = 20;

    void areKept(Path folder, int at) throws Exception {
        // This opens the journal, the shelf and the identity, and makes what is missing.
        try (var opened = JournalFolder.claim(folder)) {
            if (at >= ready) assertThat(opened.identity().id()).isEqualTo(identity);
            account(folder, "alice", alice, at);
            account(folder, "bob", bob, at);
            if (at >= back) return;
            long promised = left.stream().filter(sent -> sent.at() <= at).count();
            assertThat(new Envelopes(opened.shelf())
                            .waiting(new UserName("bob"))
                            .toCompletableFuture()
                            .get(SECONDS, TimeUnit.SECONDS))
                    .as("envelopes for bob")
                    .isGreaterThanOrEqualTo((int) promised);
        }
    }

    private static void account(Path folder, String name, List<Recording.Said> said, int at) throws SQLException {
        if (said.stream().noneMatch(event -> event.at() <= at && event.isOk("signup"))) return;
        var journal = "jdbc:sqlite:" + folder.resolve("journal.sqlite");
        try (var connection = JDBC.createConnection(journal, new Properties());
                var query =
                        connection.prepareStatement("SELECT count(*) FROM event_journal WHERE persistence_id = ?")) {
            query.setString(1, "user|" + name);
            try (var rows = query.executeQuery()) {
                assertThat(rows.getInt(1)).as("events of the account %s", name).isPositive();
            }
        }
    }
}
