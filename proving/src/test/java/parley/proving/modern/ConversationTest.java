package parley.proving.modern;

import static org.assertj.core.api.Assertions.assertThat;
import static parley.proving.modern.Town.moved;
import static parley.proving.modern.Town.text;
import static parley.proving.process.Running.event;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two people and a registry that neither trusts, as real programs. */
class ConversationTest {
    @TempDir
    Path folder;

    private Town town;

    @BeforeEach
    void found() throws Exception {
        town = Town.found(folder);
    }

    @AfterEach
    void close() throws Exception {
        town.close();
    }

    @Test
    void twoWhoAreBothThereTalkOnALink() throws Exception {
        try (var alice = town.newcomer("alice");
                var bob = town.newcomer("bob")) {
            Town.acquaint(alice, "alice", bob, "bob");
            var sent = alice.run("send bob on the link");
            assertThat(sent.path("state").asText()).isEqualTo("queued");
            var came = text(bob, "alice", "on the link");
            assertThat(came.path("id")).isEqualTo(sent.path("id"));
            assertThat(came.path("protocol").asText()).isEqualTo("modern");
            moved(alice, sent, "delivered");
            assertThat(alice.run("status").path("links").findValuesAsText("path"))
                    .containsExactly("direct");
            bob.run("read alice");
            moved(alice, sent, "read");
        }
    }

    @Test
    void twoWhoAreNeverThereTogetherTalkThroughTheMailbox() throws Exception {
        try (var bob = town.newcomer("bob")) {
            bob.run("exit");
        }
        try (var alice = town.newcomer("alice")) {
            moved(alice, alice.run("send bob are you there?"), "sent");
            alice.run("exit");
        }
        try (var bob = town.back("bob")) {
            bob.await("the request", event("request"), Town.SOON);
            bob.run("accept alice");
            text(bob, "alice", "are you there?");
            moved(bob, bob.run("send alice I was asleep"), "sent");
            bob.run("exit");
        }
        try (var alice = town.back("alice")) {
            text(alice, "bob", "I was asleep");
        }
    }

    @Test
    void aReaderThatWasAwayGetsAllAfterItsCursorInOrder() throws Exception {
        try (var alice = town.newcomer("alice");
                var bob = town.newcomer("bob")) {
            Town.acquaint(alice, "alice", bob, "bob");
            alice.run("send bob hello again");
            var cursor = text(bob, "alice", "hello again").path("cursor").asText();
            bob.run("exit");
            for (int i = 0; i < 5; i++) alice.run("send bob text " + i);
            try (var reader = town.since("bob", cursor)) {
                for (int i = 0; i < 5; i++)
                    assertThat(reader.await("the next", event("message"), Town.SOON)
                                    .path("text")
                                    .asText())
                            .isEqualTo("text " + i);
            }
            try (var reader = town.since("bob", "0")) {
                assertThat(reader.await("the first", event("message"), Town.SOON)
                                .path("text")
                                .asText())
                        .isEqualTo("hello");
            }
        }
    }
}
