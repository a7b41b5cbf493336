package parley.registry.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.apache.pekko.util.ByteString;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegistryIdentityTest {
    @TempDir
    Path folder;

    @Test
    void theIdentityIsMadeOnceAndPrivateAndNeverReplaced() throws Exception {
        var data = folder.resolve("data");
        RegistryIdentity identity;
        try (var held = JournalFolder.claim(data)) {
            identity = held.identity();
            assertThat(identity.id().size()).isEqualTo(16);
            assertThat(identity.tlsSeed().size()).isEqualTo(32);
            assertThat(identity).hasToString("RegistryIdentity[redacted]");
        }
        assertThat(Files.getPosixFilePermissions(data.resolve("identity")))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
        try (var held = JournalFolder.claim(data)) {
            assertThat(held.identity()).isEqualTo(identity);
        }
        Files.write(data.resolve("identity"), new byte[47]);
        assertThatClaiming(data).hasMessageContaining("has 47 bytes, expected 48");
        Files.write(data.resolve("identity"), new byte[48]);
        assertThatClaiming(data).hasMessageContaining("is another registry's");
        Files.delete(data.resolve("identity"));
        assertThatClaiming(data).hasMessageContaining("identity is missing");
        assertThat(data.resolve("identity")).doesNotExist();
    }

    @Test
    void aStartThatWasCutShortLeavesNoHalfIdentity() throws Exception {
        var data = folder.resolve("data");
        JournalFolder.shelfBeside(data).close();
        Files.write(data.resolve("identity.new"), new byte[11]);
        try (var held = JournalFolder.claim(data)) {
            assertThat(held.identity().id()).isNotEqualTo(ByteString.fromArray(new byte[16]));
        }
        assertThat(data.resolve("identity.new")).doesNotExist();
    }

    private static AbstractThrowableAssert<?, ? extends Throwable> assertThatClaiming(Path data) {
        return assertThatThrownBy(() -> JournalFolder.claim(data).close()).isInstanceOf(IOException.class);
    }
}
