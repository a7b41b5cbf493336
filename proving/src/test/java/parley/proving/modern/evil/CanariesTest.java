package parley.proving.modern.evil;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.slf4j.LoggerFactory;
import parley.messages.name.Password;
import parley.peer.cipher.primitive.Argon2id.Cost;
import parley.peer.command.Input;
import parley.peer.command.ModernInput;
import parley.peer.store.AccountVault;
import parley.peer.store.Tables;
import parley.peer.talk.Lines;
import parley.peer.talk.Mail;

/** After a conversation nothing on disk, in a log or in what prints holds what only two people may know. */
@Isolated("What it reads is the log of this whole process.")
class CanariesTest {
    private static final String TEXT = "The canary sings at 04:17 behind the harbour";
    private static final List<String> TABLES = List.of("own", "sessions", "one-time");

    /** Bytes. So many of a key in a row are no chance. */
    private static final int WINDOW = 8;

    @TempDir
    Path folder;

    @Test
    void nothingIsReadableOnDiskInLogsAndInWhatPrints() throws Exception {
        var root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        var level = root.getLevel();
        var log = new ListAppender<ILoggingEvent>();
        log.start();
        root.addAppender(log);
        root.setLevel(Level.TRACE);
        var play = new Play(folder);
        try {
            var alice = play.newcomer("alice");
            var bob = play.newcomer("bob");
            Play.acquaint(alice, bob);
            alice.awaitMoved(alice.send(bob, TEXT), Mail.Stage.DELIVERED);
            alice.run(new Input.SignIn(alice.name(), new Password("Wrong-" + Person.PASSWORD.text())));
            alice.done(new Input.SignIn(alice.name(), Person.PASSWORD));
            alice.done(new ModernInput.Search("canary", null));
            bob.kill();
            alice.send(bob, TEXT + " again");
            // Files of somebody who was killed, with their write-ahead log, and of somebody who runs.
            var disk = List.of(all(alice.accounts()), all(bob.accounts()));
            alice.kill();
            var printed = new ArrayList<>(List.copyOf(lines(log)));
            for (var person : List.of(alice, bob))
                for (var happening : person.heard().all()) printed.add(happening.toString());
            var prints = bytes(String.join("\n", printed));

            // That the search finds what is there.
            assertThat(holds(disk.getFirst(), "SQLite format 3")).isTrue();
            assertThat(holds(prints, "Queued")).isTrue();

            var secrets = new ArrayList<>(List.of(TEXT, "hello yourself", Person.PASSWORD.text()));
            for (var person : List.of(alice, bob)) {
                secrets.add(person.recoveryWords());
                secrets.add(String.join(
                        " ", List.of(person.recoveryWords().split(" ")).subList(0, 4)));
            }
            for (var secret : secrets) {
                for (var form : forms(secret.getBytes(UTF_8))) {
                    for (var files : disk)
                        assertThat(holds(files, form)).as("'%s' on disk", form).isFalse();
                    assertThat(holds(prints, form)).as("'%s' printed", form).isFalse();
                }
            }
            for (var person : List.of(alice, bob)) {
                var keys = keys(person);
                assertThat(keys).isNotEmpty();
                for (var key : keys) {
                    for (var files : disk)
                        assertThat(windowsIn(files, key)).as("a key on disk").isZero();
                    assertThat(windowsIn(prints, key)).as("a key printed").isZero();
                    assertThat(windowsIn(prints, bytes(HexFormat.of().formatHex(key))))
                            .as("in hex")
                            .isZero();
                }
            }
            assertThat(modes(alice.accounts())).allMatch(mode -> mode.equals("rwx------") || mode.equals("rw-------"));
        } finally {
            play.close();
            root.detachAppender(log);
            root.setLevel(level);
        }
    }

    @Test
    void whatCouldDriveATerminalComesWholeAndIsShownWithoutIt() throws Exception {
        var play = new Play(folder);
        try {
            var alice = play.newcomer("alice");
            var bob = play.newcomer("bob");
            Play.acquaint(alice, bob);
            var evil = new StringBuilder("start");
            for (char c = 0; c < 0xa0; c++) if (c < ' ' || c >= 0x7f) evil.append(c);
            evil.append(
                    "\u001b[2J\u001b]0;title\u0007\u001b]52;c;cHduZWQ=\u0007\u009b31m\u202e\u2066\u200b\ufeff\r\nbob: forged end");
            alice.send(bob, evil.toString());
            bob.awaitTexts(alice, "hello", evil.toString());
            for (var happening : bob.heard().all()) {
                for (var line : Lines.of(happening)) {
                    assertThat(line.plain().codePoints()).noneMatch(c -> switch (Character.getType(c)) {
                        case Character.CONTROL, Character.FORMAT, Character.SURROGATE -> true;
                        default -> false;
                    });
                }
            }
        } finally {
            play.close();
        }
    }

    private static List<String> lines(ListAppender<ILoggingEvent> log) {
        // Threads of a system that has ended still log.
        var events = log.list.toArray(new ILoggingEvent[0]);
        return Arrays.stream(events)
                .map(event -> event.getFormattedMessage()
                        + (event.getThrowableProxy() == null
                                ? ""
                                : ThrowableProxyUtil.asString(event.getThrowableProxy())))
                .toList();
    }

    /** Everything secret that the vault keeps of keys: rows whose every part is one, or is sealed with them. */
    private static List<byte[]> keys(Person person) {
        try (var vault = AccountVault.open(
                person.accounts(), person.name(), Person.PASSWORD.text().toCharArray(), Cost.TODAY)) {
            var keys = new ArrayList<byte[]>();
            keys.add(vault.keys().tls().secret().unsafeBytes().clone());
            for (var table : TABLES) keys.addAll(vault.look(tables -> rows(tables, table)));
            return keys;
        }
    }

    private static List<byte[]> rows(Tables tables, String table) {
        var secrets = table.equals("own")
                ? tables.get(table, ByteString.fromString("secrets")).stream()
                : tables.list(table).stream().map(Tables.Row::value);
        return secrets.map(ByteString::toArray).toList();
    }

    private static List<String> forms(byte[] secret) {
        var forms = new ArrayList<String>();
        forms.add(new String(secret, ISO_8859_1));
        forms.add(HexFormat.of().formatHex(secret));
        forms.add(HexFormat.of().withUpperCase().formatHex(secret));
        var decimal = Arrays.toString(secret);
        forms.add(decimal.substring(1, decimal.length() - 1));
        // Base64 looks otherwise at each of three places; the ends depend on what is around.
        for (int before = 0; before < 3; before++) {
            var shifted = new byte[before + secret.length];
            System.arraycopy(secret, 0, shifted, before, secret.length);
            var encoded = Base64.getEncoder().withoutPadding().encodeToString(shifted);
            var sure = encoded.substring(before == 0 ? 0 : 4, encoded.length() - 2);
            forms.add(sure);
            forms.add(sure.replace('+', '-').replace('/', '_'));
        }
        return forms;
    }

    private static boolean holds(byte[] where, String what) {
        return new String(where, ISO_8859_1).contains(what);
    }

    /** How often any eight bytes of {@code secret} that are no pattern are there. */
    private static long windowsIn(byte[] where, byte[] secret) {
        Set<Long> windows = new HashSet<>();
        for (int at = 0; at + WINDOW <= secret.length; at++) {
            var window = Arrays.copyOfRange(secret, at, at + WINDOW);
            if (new String(window, ISO_8859_1).chars().distinct().count() == WINDOW)
                windows.add(ByteBuffer.wrap(window).getLong());
        }
        long found = 0;
        var bytes = ByteBuffer.wrap(where);
        for (int at = 0; at + WINDOW <= where.length; at++) if (windows.contains(bytes.getLong(at))) found++;
        return found;
    }

    private static byte[] all(Path folder) throws IOException {
        var all = ByteString.createBuilder();
        try (var files = Files.walk(folder)) {
            for (var file : files.filter(Files::isRegularFile).toList()) all.putBytes(Files.readAllBytes(file));
        }
        return all.result().toArray();
    }

    private static List<String> modes(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            var modes = new ArrayList<String>();
            for (var file : files.toList())
                modes.add(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
            return modes;
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(ISO_8859_1);
    }
}
