package parley.proving.classic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two naive clients with each other: before one is believed as a witness it has to get along with itself. */
class ClassicPeerTest {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final byte[] TEAM_KEY = HexFormat.of().parseHex("c5d8edeec94a6ba5a9c48272fb6a741e6d7e057957c38ec2");

    @TempDir
    Path folder;

    ClassicPeer alice;
    ClassicPeer bob;

    @BeforeEach
    void bothListen() throws IOException {
        alice = ClassicPeer.listen(Files.createDirectory(folder.resolve("alice")));
        bob = ClassicPeer.listen(Files.createDirectory(folder.resolve("bob")));
    }

    @AfterEach
    void nothingBroke() {
        alice.close();
        bob.close();
        assertThat(alice.failures()).isEmpty();
        assertThat(bob.failures()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a",
                "exactly8",
                "hello there bob",
                "trailing blanks   ",
                "a:b:c::",
                "naïve café ☕",
                "🦜 says 你好 🦜"
            })
    void aTextArrivesAsItWasTyped(String text) throws Exception {
        alice.sendText(bob.address(), "alice", text);

        var length = text.codePointCount(0, text.length());
        assertThat(bob.awaitText(PATIENCE)).isEqualTo(new Received.Text("alice", false, text, length));
    }

    @Test
    void aTextThatFillsTheReceiversRecvToTheLastByteArrives() throws Exception {
        var header = "alice:client_sending:False::%d:".formatted(496).length();
        assertThat(header + 2 * 496).isEqualTo(1024);

        alice.sendText(bob.address(), "alice", "x".repeat(496));

        assertThat(bob.awaitText(PATIENCE).text()).isEqualTo("x".repeat(496));
    }

    @Test
    void aGroupTextNamesTheGroupAndNobodyElse() throws Exception {
        alice.learnGroup("team", TEAM_KEY);
        bob.learnGroup("team", TEAM_KEY);

        alice.sendGroupText(bob.address(), "team", "hi team 0");

        assertThat(bob.awaitText(PATIENCE)).isEqualTo(new Received.Text("team", true, "hi team 0", 9));
    }

    @Test
    void aGroupNobodyToldUsAboutCannotBeWrittenTo() {
        assertThatThrownBy(() -> alice.sendGroupText(bob.address(), "team", "hi"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("team");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 7, 8, 1023, 1024, 1025, 5 * 1024 * 1024})
    void aFileArrivesWithItsLastChunkFilledUpWithZeroDigits(int size) throws Exception {
        var content = new byte[size];
        new Random(size).nextBytes(content);
        var file = Files.write(folder.resolve("pic.bin"), content);

        alice.sendFile(bob.address(), "alice", "pic.bin", file);

        var received = bob.awaitFile(PATIENCE);
        assertThat(received.stored()).isEqualTo(folder.resolve("bob/received_from_alice_pic.bin"));
        assertThat(received.typedPath()).isEqualTo("pic.bin");
        assertThat(Files.readAllBytes(received.stored()))
                .hasSize((int) received.bytes())
                .isEqualTo(filledUp(content));
    }

    @Test
    void aGroupFileIsStoredUnderTheNameOfItsGroup() throws Exception {
        alice.learnGroup("team", TEAM_KEY);
        bob.learnGroup("team", TEAM_KEY);
        var file = Files.writeString(folder.resolve("a:b.txt"), "12345678");

        alice.sendGroupFile(bob.address(), "team", "a:b.txt", file);

        var received = bob.awaitFile(PATIENCE);
        assertThat(received.group()).isTrue();
        assertThat(received.stored()).isEqualTo(folder.resolve("bob/received_from_group_team_a:b.txt"));
        assertThat(received.stored()).hasContent("12345678");
    }

    @Test
    void eachMessageHasAKeyAndAnIvOfItsOwn() {
        assertThat(Agreement.fresh().publicValue())
                .isNotEqualTo(Agreement.fresh().publicValue());
        assertThat(TripleDes.freshIv()).hasSize(8).isNotEqualTo(TripleDes.freshIv());
    }

    /** The bytes on the wire, spelled out: a witness that only agrees with itself would prove nothing. */
    @Test
    void theConversationIsTheOneInTheDescription() throws Exception {
        try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var receiver = new Thread(() -> {
                try (var peer = NaiveSocket.accepted(server.accept())) {
                    assertThat(peer.recvText()).matches("dhk:[0-9]{900,925}");
                    peer.send("dhk:2"); // so the shared value is the sender's public one; no key of ours needed
                    assertThat(peer.recvText()).matches("alice:client_sending:False::5:[0-9a-f]{16}");
                    peer.send("send_iv");
                    assertThat(peer.recv(1024)).hasSize(8);
                } catch (IOException broken) {
                    throw new AssertionError(broken);
                }
            });
            var failed = new Throwable[1];
            receiver.setUncaughtExceptionHandler((thread, failure) -> failed[0] = failure);
            receiver.start();

            alice.sendText(new InetSocketAddress(server.getInetAddress(), server.getLocalPort()), "alice", "hello");

            receiver.join(PATIENCE);
            assertThat(failed[0]).isNull();
        }
    }

    private static byte[] filledUp(byte[] content) {
        var full = Arrays.copyOf(content, (content.length + 7) / 8 * 8);
        var zeros = "0".repeat(full.length - content.length).getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(zeros, 0, full, content.length, zeros.length);
        return full;
    }
}
