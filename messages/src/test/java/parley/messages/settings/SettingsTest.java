package parley.messages.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The keys are those of src/test/resources/reference.conf. */
class SettingsTest {
    static final Config ROLE = ConfigFactory.parseString("pekko.loglevel = WARNING");

    @TempDir
    Path folder;

    @Test
    void defaultsServeWhereNothingIsGiven() {
        var settings = Settings.load(ROLE, null, Map.of());
        assertThat(settings.text("parley.sample.listen")).isEqualTo("127.0.0.1:0");
        assertThat(settings.time("parley.sample.quiet-period")).isEqualTo(Duration.ofMillis(20));
        assertThat(settings.bytes("parley.sample.held", 1, 5000)).isEqualTo(4096);
        assertThat(settings.count("parley.sample.strangers", 1, 100)).isEqualTo(16);
        assertThat(settings.on("parley.sample.loud")).isFalse();
    }

    @Test
    void theRoleIsOverEveryReferenceConf() {
        assertThat(Settings.load(ROLE, null, Map.of()).text("pekko.loglevel")).isEqualTo("WARNING");
    }

    @Test
    void theCommandLineIsOverTheFileIsOverTheRole() throws IOException {
        var file = file("pekko.loglevel = DEBUG\nparley.sample { strangers = 3, loud = on }");
        var settings = Settings.load(ROLE, file, Map.of("parley.sample.strangers", "5"));
        assertThat(settings.text("pekko.loglevel")).isEqualTo("DEBUG");
        assertThat(settings.on("parley.sample.loud")).isTrue();
        assertThat(settings.count("parley.sample.strangers", 1, 100)).isEqualTo(5);
    }

    @ParameterizedTest
    @CsvSource({
        "parley.sample.quiet-perod = 1 s,  parley.sample.quiet-perod,   parley.sample.quiet-period",
        "parley.sampel { loud = on },      parley.sampel,               parley.sample",
        "parley.sample.inner.dept = 2,     parley.sample.inner.dept,    parley.sample.inner.depth",
        "parlay.sample.loud = on,          parlay,                      parley",
    })
    void anUnknownKeyOfOursNamesFileLineAndTheNearest(String line, String key, String nearest) throws IOException {
        var file = file("# a comment\n\n" + line);
        assertThatThrownBy(() -> Settings.load(ROLE, file, Map.of()))
                .isInstanceOf(BadSettings.class)
                .hasMessage("%s:3: unknown key %s, did you mean %s?", file, key, nearest);
    }

    @ParameterizedTest
    @CsvSource({
        "quiet-period = 20,     20,        'a time with its unit, such as 20 ms or 5 s'",
        "quiet-period = -1 s,   '\"-1 s\"','a time with its unit, such as 20 ms or 5 s'",
        "quiet-period = soon,   '\"soon\"','a time with its unit, such as 20 ms or 5 s'",
        "held = 4096,           4096,      'a size with its unit, such as 4 KiB'",
        "held = 5 s,            '\"5 s\"', 'a size with its unit, such as 4 KiB'",
        "strangers = many,      '\"many\"','a whole number'",
        "strangers = 1.5,       1.5,       'a whole number'",
        "loud = 3,              3,         'on or off'",
        "listen = [1],          [1],       'a text'",
        "friends = bob,         '\"bob\"', 'a list in brackets'",
        "inner = 5,             5,         'a section in braces'",
    })
    void aWrongKindNamesWhatWasFoundAndWhatFits(String line, String found, String expected) throws IOException {
        var file = file("parley.sample {\n" + line + "\n}");
        var key = line.substring(0, line.indexOf(' '));
        assertThatThrownBy(() -> Settings.load(ROLE, file, Map.of()))
                .hasMessage("%s:2: parley.sample.%s is %s, expected %s", file, key, found, expected);
    }

    @Test
    void aWrongOptionNamesTheCommandLine() {
        assertThatThrownBy(() -> Settings.load(ROLE, null, Map.of("parley.sample.strangers", "x")))
                .hasMessage("command line: parley.sample.strangers is \"x\", expected a whole number");
    }

    @Test
    void whatIsOutOfRangeIsRefusedWithItsPlace() throws IOException {
        var settings = Settings.load(ROLE, file("\nparley.sample.strangers = 0"), Map.of());
        assertThatThrownBy(() -> settings.count("parley.sample.strangers", 1, 100))
                .hasMessageEndingWith("conf:2: parley.sample.strangers is 0, expected 1 to 100");
    }

    @Test
    void othersKeysPass() throws IOException {
        var settings = Settings.load(ROLE, file("pekko.no.such.key = 1, my-dispatcher.x = 2"), Map.of());
        assertThat(settings.config().getInt("my-dispatcher.x")).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"parley {", "parley.sample.listen = ${nowhere}", "= 5", "parley.sample.loud = \"\u0000"})
    void whatCannotBeReadIsOneLineThatNamesTheFile(String text) throws IOException {
        var file = file(text);
        assertThatThrownBy(() -> Settings.load(ROLE, file, Map.of()))
                .isInstanceOf(BadSettings.class)
                .hasMessageContaining(file.toString())
                .message()
                .hasLineCount(1);
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        assertThatThrownBy(() -> Settings.load(ROLE, folder.resolve("none.conf"), Map.of()))
                .hasMessage("%s: no such file", folder.resolve("none.conf"));
    }

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("sample.conf"), text);
    }
}
