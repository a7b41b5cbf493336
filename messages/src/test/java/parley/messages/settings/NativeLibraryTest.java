package parley.messages.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class NativeLibraryTest {
    private static final String CODE = "\u007fELF, let us say";

    @TempDir
    Path jar;

    @TempDir
    Path data;

    private URL carried;

    @BeforeEach
    void aJarCarriesIt() throws IOException {
        carried = Files.writeString(jar.resolve("code"), CODE).toUri().toURL();
    }

    @Test
    void itIsUnpackedOnceHoweverOftenItIsAskedFor() throws IOException {
        var first = unpacked("1");
        var made = Files.readAttributes(first, "fileKey,lastModifiedTime");
        assertThat(unpacked("1")).isEqualTo(first).hasContent(CODE);
        assertThat(Files.readAttributes(first, "fileKey,lastModifiedTime")).isEqualTo(made);
    }

    @Test
    void whatIsNotByteForByteTheSameIsNeverTaken() throws IOException {
        Files.writeString(unpacked("1"), CODE.replace("ELF", "EVE"));
        assertThat(unpacked("1")).hasContent(CODE);
    }

    @Test
    void whatACrashHasLeftIsInNobodysWay() throws IOException {
        var library = unpacked("1");
        Files.delete(library);
        var half = Files.writeString(library.resolveSibling("code.so.part"), "\u007fE");
        assertThat(unpacked("1")).hasContent(CODE);
        assertThat(half).doesNotExist();
    }

    @Test
    void aProgramOfAnotherVersionKeepsIts() throws IOException {
        var before = unpacked("1");
        assertThat(unpacked("2")).hasContent(CODE).isNotEqualTo(before);
        assertThat(before).hasContent(CODE);
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void nobodyElseCanEnter() throws IOException {
        var library = unpacked("1");
        assertThat(mode(library)).isEqualTo("rw-------");
        assertThat(mode(data.resolve("native").resolve("1"))).isEqualTo("rwx------");
        assertThat(mode(data.resolve("native"))).isEqualTo("rwx------");
    }

    @Test
    void whereNothingCanBeMadeThatIsSaid() throws IOException {
        Files.writeString(data.resolve("native"), "a file");
        assertThatThrownBy(() -> unpacked("1")).isInstanceOf(IOException.class);
    }

    private Path unpacked(String version) throws IOException {
        return NativeLibrary.unpacked(carried, data, version, "code.so").resolve("code.so");
    }

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
