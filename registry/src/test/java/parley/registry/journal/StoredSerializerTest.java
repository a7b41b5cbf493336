package parley.registry.journal;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.NotSerializableException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What an older version wrote, byte for byte: {@code golden/MANIFEST.NAME.hex}. These files are never changed. */
class StoredSerializerTest {
    private static final String HASH = "$argon2id$v=19$m=19456,t=2,p=1$c2FsdHNhbHRzYWx0c2FsdA$aGFzaA";
    private static final String KEY = "000102030405060708090a0b0c0d0e0f1011121314151617";

    /** What a row of statements looks like to the journal. */
    private static final String ROW = "AHABAAAAAA-_";

    /** Each file's name and what it holds. */
    private static final Map<String, Stored> GOLDEN = golden();

    private static Map<String, Stored> golden() {
        var golden = new LinkedHashMap<String, Stored>();
        golden.put("user-event.signed-up", new UserEvent.SignedUp("classic", HASH));
        golden.put("user-event.enrolled", new UserEvent.Enrolled("team"));
        golden.put("user-event.signed-up-modern", new UserEvent.SignedUpModern(ROW));
        golden.put("user-event.stated", new UserEvent.Stated(ROW));
        golden.put("group-event.created", new GroupEvent.Created("classic", "alice", KEY));
        golden.put("group-event.joined", new GroupEvent.Joined("bob"));
        golden.put("group-event.begun", new GroupEvent.Begun(ROW));
        golden.put("group-event.appended", new GroupEvent.Appended(ROW));
        golden.put("directory-event.counted", new DirectoryEvent.Counted("team", 2, 5_000_000_000L));
        golden.put("throttle-event.failed", new ThrottleEvent.Failed("alice", 1_700_000_000_000L));
        golden.put("throttle-event.forgiven", new ThrottleEvent.Forgiven("alice"));
        golden.put("snapshot.user", new Snapshot.OfUser(new Snapshot.Account("classic", HASH), List.of("lab", "team")));
        golden.put("snapshot.user-without-account", new Snapshot.OfUser(null, List.of("lab")));
        golden.put("snapshot.modern-user", new Snapshot.OfModernUser(ROW, List.of("lab")));
        golden.put("snapshot.group", new Snapshot.OfGroup("classic", KEY, List.of("carol", "alice"), 2));
        golden.put("snapshot.modern-group", new Snapshot.OfModernGroup(ROW));
        golden.put("snapshot.slice", new Snapshot.OfSlice(List.of(new Snapshot.Count("team", 2, 2))));
        golden.put(
                "snapshot.throttle",
                new Snapshot.OfThrottle(List.of(new Snapshot.Failures("alice", 6, 1_700_000_000_000L))));
        return golden;
    }

    private final StoredSerializer serializer = new StoredSerializer();

    static Stream<String> names() {
        return GOLDEN.keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("names")
    void bytesWrittenLongAgoAreRead(String name) throws Exception {
        assertThat(serializer.fromBinary(bytes(name), manifest(name))).isEqualTo(GOLDEN.get(name));
    }

    @ParameterizedTest
    @MethodSource("names")
    void whatIsWrittenTodayIsWhatWasWrittenThen(String name) throws Exception {
        var stored = requireNonNull(GOLDEN.get(name));
        assertThat(serializer.manifest(stored)).isEqualTo(manifest(name));
        assertThat(HexFormat.of().formatHex(serializer.toBinary(stored)))
                .as("the bytes of %s, if this record is new", name)
                .isEqualTo(HexFormat.of().formatHex(bytes(name)));
    }

    @Test
    void everythingThatIsEverWrittenHasItsGoldenBytes() {
        assertThat(GOLDEN.values().stream().<Class<?>>map(Stored::getClass))
                .containsAll(leaves(Stored.class).toList());
    }

    @Test
    void anUnknownManifestIsRefusedByItsName() {
        assertThatThrownBy(() -> serializer.fromBinary(bytes("user-event.enrolled"), "mailbox-event"))
                .isInstanceOf(NotSerializableException.class)
                .hasMessage("The journal holds an unknown manifest \"mailbox-event\"."
                        + " Was it written by a later version of the registry?");
    }

    @Test
    void anUnknownEventIsRefusedAndNotTakenForAnother() {
        assertThatThrownBy(() -> serializer.fromBinary(bytes("group-event.joined"), "user-event"))
                .isInstanceOf(NotSerializableException.class)
                .hasMessageContaining("a user-event of");
    }

    @Test
    void bytesThatAreNoCborAreRefused() {
        assertThatThrownBy(() -> serializer.fromBinary(new byte[] {1, 2, 3}, "snapshot"))
                .isInstanceOf(NotSerializableException.class)
                .hasMessageContaining("a snapshot of 3 bytes");
    }

    @Test
    void neitherHashesNorKeysArePrinted() {
        assertThat(GOLDEN.values())
                .allSatisfy(stored ->
                        assertThat(stored.toString()).doesNotContain("argon2id").doesNotContain(KEY));
    }

    private static Stream<Class<?>> leaves(Class<?> type) {
        return type.isSealed()
                ? Stream.of(type.getPermittedSubclasses()).flatMap(StoredSerializerTest::leaves)
                : Stream.of(type);
    }

    private static String manifest(String name) {
        return name.substring(0, name.indexOf('.'));
    }

    private static byte[] bytes(String name) throws Exception {
        try (var in = StoredSerializerTest.class.getResourceAsStream("/golden/" + name + ".hex")) {
            assertThat(in).as("src/test/resources/golden/%s.hex", name).isNotNull();
            return HexFormat.of()
                    .parseHex(new String(in.readAllBytes(), StandardCharsets.US_ASCII).replaceAll("\\s", ""));
        }
    }
}
