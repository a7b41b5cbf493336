package parley.peer.transfer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import parley.messages.name.Printable;

class FileNamesTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "pic.bin                    | pic.bin",
                "/home/alice/pic 1.bin      | pic 1.bin",
                "../../etc/passwd           | passwd",
                "C:\\Users\\a\\pic.bin      | pic.bin",
                "a/b\\c/d\\e.txt            | e.txt",
                ".bashrc                    | bashrc",
                "...                        | file",
                "/                          | file",
                "..                         | file",
                "-rf                        | rf",
                "~root                      | root",
                "nul                        | _nul",
                "COM1.txt                   | _COM1.txt",
                "aux .tar.gz                | _aux .tar.gz",
                "a:b.txt                    | ab.txt",
                "what?*.txt                 | what.txt",
                "pic.bin...                 | pic.bin",
                "überraschung ☕.pdf         | überraschung ☕.pdf",
            })
    void namesLoseWhatCouldHurt(String untrusted, String safe) {
        assertThat(FileNames.safe(untrusted)).isEqualTo(safe);
    }

    @Test
    void whatLooksTheSameIsTheSame() {
        assertThat(FileNames.safe("cafe\u0301.txt")).isEqualTo("caf\u00e9.txt");
    }

    @Test
    void whatIsInvisibleGoes() {
        assertThat(FileNames.safe("exe\u202Egpj.bin")).isEqualTo("exegpj.bin");
        assertThat(FileNames.safe("\u200B\u2066\uFEFF.\u0000x\u001B[31m\u009B1m\u2028"))
                .isEqualTo("x[31m1m");
        assertThat(FileNames.safe("")).isEqualTo("file");
        assertThat(FileNames.safe("\uD83D")).isEqualTo("file");
    }

    @Test
    void longNamesKeepTheirExtension() {
        var safe = FileNames.safe("é".repeat(300) + ".tar.gz");
        assertThat(safe).endsWith(".gz").startsWith("éé");
        assertThat(safe.getBytes(UTF_8).length).isBetween(253, 255);
        assertThat(FileNames.numbered(safe, 9999)).endsWith(" (9999).gz");
        assertThat(FileNames.numbered(safe, 9999).getBytes(UTF_8).length).isLessThanOrEqualTo(255);
        assertThat(FileNames.safe("a." + "x".repeat(300)).getBytes(UTF_8)).hasSizeLessThanOrEqualTo(255);
    }

    @Test
    void numbersComeBeforeTheExtension() {
        assertThat(FileNames.numbered("pic.bin", 1)).isEqualTo("pic (1).bin");
        assertThat(FileNames.numbered("Makefile", 2)).isEqualTo("Makefile (2)");
    }

    /** Made of all that has ever hurt anybody, in any order. */
    @Test
    void fiveHundredHostileNamesStayInTheirFolder(@TempDir Path outside) throws Exception {
        var folder = Files.createDirectory(outside.resolve("downloads"));
        long seed = Long.getLong("seed", System.nanoTime());
        for (var hostile : hostile(new Random(seed), 500)) {
            var safe = FileNames.safe(hostile);
            assertThat(safe)
                    .as("seed %d", seed)
                    .isNotBlank()
                    .doesNotContain("/", "\\", "\u0000")
                    .doesNotStartWith(".");
            assertThat(safe.getBytes(UTF_8)).hasSizeLessThanOrEqualTo(255);
            assertThat(safe).as("shown as it is, seed %d", seed).isEqualTo(Printable.of(safe));
            assertThat(FileNames.safe(safe))
                    .as("safe once is safe, seed %d", seed)
                    .isEqualTo(safe);
            Files.deleteIfExists(Files.createFile(folder.resolve(safe)));
        }
        try (var left = Files.walk(outside)) {
            assertThat(left).containsExactlyInAnyOrder(outside, folder);
        }
    }

    static List<String> hostile(Random random, int count) {
        var bits = List.of(
                "..",
                "/",
                "\\",
                ".",
                "\u0000",
                "\n",
                "\u001B]0;x\u0007",
                "\u202E",
                "\u200F",
                "\u2066",
                "\u200B",
                "con",
                "NUL",
                "com1",
                "lpt¹",
                "aux",
                ":",
                "$DATA",
                "C:",
                "//server/share",
                "~",
                "-",
                " ",
                "*",
                "?",
                "%2e%2e%2f",
                "．．／",
                "\uFF0F",
                "\u2215",
                "é",
                "e\u0301",
                "\uD800",
                "\uDFFF",
                "😀",
                ".ssh/authorized_keys",
                "/dev/sda",
                "/proc/self/mem",
                "x".repeat(200),
                "é".repeat(130),
                ".bashrc",
                ".part",
                ".parley-1.part",
                "\uE000",
                "\uFFFF",
                "\u0600",
                "\u3164",
                "\uFE0F",
                "a",
                ".exe",
                "`id`",
                "$(id)",
                "|",
                "<",
                ">",
                "\"",
                "'");
        var names = new ArrayList<String>();
        while (names.size() < count) {
            var name = new StringBuilder();
            for (int i = random.nextInt(8); i >= 0; i--) name.append(bits.get(random.nextInt(bits.size())));
            names.add(name.toString());
        }
        return names;
    }
}
