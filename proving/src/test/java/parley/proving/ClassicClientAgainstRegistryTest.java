package parley.proving;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import parley.proving.classic.ClassicClient;

/** A classic client asks everything there is to ask, and gets wrong everything that can be got wrong. */
@Timeout(900)
class ClassicClientAgainstRegistryTest {
    /** What a classic client reads of a reply. */
    private static final int REPLY_BYTES_MAX = 1024;

    @TempDir
    static Path folder;

    static Scene scene;

    @BeforeAll
    static void openDoors() throws Exception {
        scene = Scene.open(folder);
    }

    @AfterAll
    static void closeDoors() throws Exception {
        scene.close();
    }

    @Test
    void aGroupIsCreatedListedJoinedAndItsMembersFindEachOther() throws Exception {
        var ann = scene.classic("ann");
        var ben = scene.classic("ben");

        ann.create("choir");
        ben.join("choir");

        assertThat(ben.list()).containsEntry("choir", 2);
        assertThat(ann.fetchKey("choir")).hasSize(24).isEqualTo(ben.fetchKey("choir"));
        assertThat(ann.members()).isEqualTo("choir:[ann,ben]");
        assertThat(ann.groupInfo("choir")).containsExactly(ben.address());
        assertThat(ann.clientInfo("ben")).isEqualTo(ben.address());
    }

    @Test
    void joiningWhatIsNotThereCreatesIt() throws Exception {
        var cat = scene.classic("cat");

        cat.join("cellar");

        assertThat(cat.members()).isEqualTo("cellar:[cat]");
    }

    @Test
    void aGroupKeyHasThreeDifferentPartsWhateverTheirParity() throws Exception {
        var dan = scene.classic("dan");
        dan.create("keys");
        var key = dan.fetchKey("keys");
        for (int i = 0; i < key.length; i++) key[i] &= (byte) 0xFE;

        var parts = new ArrayList<String>();
        for (int at = 0; at < 24; at += 8) parts.add(Arrays.toString(Arrays.copyOfRange(key, at, at + 8)));
        assertThat(parts).doesNotHaveDuplicates();
    }

    @Test
    void namesAreComparedInLowerCaseAndPasswordsAreNot() throws Exception {
        var client = scene.stranger();
        client.signup("Eve", "SecreT");

        refuses(client, "signup EVE other 127.0.0.1:4000");
        refuses(client, "signin eve secret 127.0.0.1:4000");
        assertThat(client.signin("EVE", "SecreT")).doesNotStartWith("Error:");
        assertThat(scene.stranger().clientInfo("eve")).isEqualTo(client.address());
    }

    @Test
    void theReadableErrorsOfSigningUpAndIn() throws Exception {
        scene.classic("fay");
        var client = scene.stranger();

        refuses(client, "signup fay other 127.0.0.1:4000");
        refuses(client, "signup f@y other 127.0.0.1:4000");
        refuses(client, "signup " + "f".repeat(33) + " other 127.0.0.1:4000");
        refuses(client, "signup fred other 127.0.0.1");
        refuses(client, "signup fred other 127.0.0.1:70000");
        refuses(client, "signup fred other nowhere:4000");
        refuses(client, "signup fred other");
        assertThat(refuses(client, "signin fay wrong 127.0.0.1:4000"))
                .as("one text for a wrong password and an unknown name")
                .isEqualTo(refuses(client, "signin nobody wrong 127.0.0.1:4000"));
    }

    @Test
    void theReadableErrorsOfGroupsAndOfAskingAround() throws Exception {
        var gil = scene.classic("gil");
        var hal = scene.classic("hal");
        gil.create("guild");

        refuses(gil, "create guild gil"); // exists
        refuses(gil, "create other hal"); // hal is somebody else
        refuses(hal, "join nowhere hal");
        refuses(gil, "join guild gil"); // is a member
        refuses(hal, "join guild gil");
        refuses(hal, "key:guild"); // is none
        refuses(hal, "key:nowhere");
        refuses(hal, "group_info:guild:hal");
        refuses(gil, "group_info:guild:gil"); // nobody else there
        refuses(hal, "members"); // none
        refuses(gil, "client_info:nobody");
        var stranger = scene.stranger();
        for (var request : new String[] {"create mine gil", "join guild gil", "key:guild", "members"})
            refuses(stranger, request);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hello",
                "signup",
                "create",
                "key:",
                "client_info",
                "LIST ALL",
                "GET / HTTP/1.1",
                "\u0000\u0001",
                "é"
            })
    void whateverElseIsAnsweredAndTheConnectionGoesOn(String nonsense) throws Exception {
        var client = scene.stranger();

        assertThat(client.request(nonsense)).startsWith("Error:");
        assertThat(client.request("client_info:nobody")).startsWith("Error:");
    }

    @Test
    void aCommandThatDoesNotExistIsInvalid() throws Exception {
        assertThat(scene.stranger().request("dance")).isEqualTo("Error:Invalid command");
    }

    @Test
    void aUserIsOnlineAsLongAsTheConnectionIs() throws Exception {
        var ida = scene.classic("ida");
        var jon = scene.classic("jon");
        var kim = scene.classic("kim");

        assertThat(jon.exit()).as("exit is not answered, the registry closes").isEmpty();
        kim.close();

        refuses(ida, "client_info:jon");
        awaitRefusal(ida, "client_info:kim");
    }

    @Test
    void aSecondSignInTakesOver() throws Exception {
        var older = scene.classic("leo");
        var newer = scene.stranger();

        newer.signin("leo", Scene.PASSWORD);

        assertThat(scene.stranger().clientInfo("leo")).isEqualTo(newer.address());
        refuses(older, "create mine leo");
        older.close();
        newer.create("lions");
        assertThat(scene.stranger().clientInfo("leo"))
                .as("the older connection's end is no longer leo's")
                .isEqualTo(newer.address());
    }

    @Test
    void bytesThatTrickleInAreOneRequest() throws Exception {
        scene.classic("mia").create("mill");
        try (var socket = dial()) {
            socket.setTcpNoDelay(true);
            for (byte each : "client_info:mia".getBytes(StandardCharsets.US_ASCII))
                socket.getOutputStream().write(each);

            assertThat(recv(socket)).startsWith("127.0.0.1:");
        }
    }

    @Test
    void aRequestThatEndsInANewlineNeedsNoQuiet() throws Exception {
        scene.classic("ned").create("nest");
        try (var socket = dial()) {
            socket.getOutputStream().write("client_info:ned\nclient_info:ned\n".getBytes(StandardCharsets.US_ASCII));

            var answers = new StringBuilder();
            while (answers.toString().split("127\\.0\\.0\\.1:", -1).length < 3) answers.append(recv(socket));
            assertThat(answers).doesNotContain("Error");
        }
    }

    @Test
    void aRequestWithoutAnEndIsCutOffAndNobodyElseNotices() throws Exception {
        var ola = scene.classic("ola");
        try (var socket = dial()) {
            socket.getOutputStream().write("x".repeat(5000).getBytes(StandardCharsets.US_ASCII));

            var seen = new StringBuilder();
            for (var part = recv(socket); !part.isEmpty(); part = recv(socket)) seen.append(part);
            assertThat(seen.toString()).matches("(Error:[^:]*)?");
        } catch (IOException reset) {
            assertThat(reset).as("closing with bytes unread resets").hasMessageContaining("reset");
        }
        assertThat(ola.clientInfo("ola")).isEqualTo(ola.address());
    }

    @Test
    void aListIsCutAfterTheLastWholeEntryThatFits(@TempDir Path elsewhere) throws Exception {
        try (var fresh = Scene.open(elsewhere)) {
            var pam = fresh.classic("pam");
            refuses(pam, "list"); // nothing there, and an empty answer cannot be sent
            var expected = new ArrayList<String>();
            for (int i = 0; i < 40; i++) {
                var name = "group-%02d-".formatted(i) + "x".repeat(23);
                pam.create(name);
                expected.add(name);
            }

            var answer = pam.request("list");

            assertThat(answer.length()).isBetween(REPLY_BYTES_MAX - 35, REPLY_BYTES_MAX);
            assertThat(pam.list())
                    .containsExactlyEntriesOf(firstOf(expected, pam.list().size()));
            assertThat(pam.request("members").length()).isLessThanOrEqualTo(REPLY_BYTES_MAX);
        }
    }

    private static Map<String, Integer> firstOf(Iterable<String> names, int count) {
        var groups = new LinkedHashMap<String, Integer>();
        for (var name : names) if (groups.size() < count) groups.put(name, 1);
        return groups;
    }

    private static String refuses(ClassicClient client, String request) throws IOException {
        var answer = client.request(request);
        assertThat(answer).as(request).matches("Error:[^:]+");
        return answer;
    }

    /** For what follows from a connection's end, which the registry learns in its own time. */
    private static void awaitRefusal(ClassicClient client, String request) throws IOException {
        for (var deadline = System.nanoTime() + 5_000_000_000L; System.nanoTime() < deadline; )
            if (client.request(request).toLowerCase(Locale.ROOT).startsWith("error:")) return;
        refuses(client, request);
    }

    private static Socket dial() throws IOException {
        var port = Integer.parseInt(scene.registry().substring(scene.registry().indexOf(':') + 1));
        return new Socket(InetAddress.getLoopbackAddress(), port);
    }

    private static String recv(Socket socket) throws IOException {
        var buffer = new byte[REPLY_BYTES_MAX];
        var read = socket.getInputStream().read(buffer);
        return new String(buffer, 0, Math.max(read, 0), StandardCharsets.UTF_8);
    }
}
