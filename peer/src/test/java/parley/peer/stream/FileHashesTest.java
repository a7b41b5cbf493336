package parley.peer.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import parley.peer.transfer.Sha256;

class FileHashesTest {
    private static final int CHUNK = Lane.CHUNK_BYTES;

    @ParameterizedTest
    @ValueSource(ints = {0, 1, CHUNK - 1, CHUNK, 4 * CHUNK, 4 * CHUNK + 1, 12 * CHUNK, 23 * CHUNK + 17})
    void whoeverHashesTheyAreThoseOfAllThatCame(int size) throws Exception {
        var file = new byte[size];
        new Random(size).nextBytes(file);
        var tree = new MerkleTree();
        for (int at = 0; at == 0 || at < size; at += CHUNK) tree.add(chunk(file, at));
        var whole = HexFormat.of().formatHex(Sha256.begin().digest(file));
        assertHashes(file, Runnable::run, tree.root(), whole);
        assertHashes(file, nobodyBegins -> {}, tree.root(), whole);
        try (var others = Executors.newFixedThreadPool(2)) {
            assertHashes(file, others, tree.root(), whole);
        }
    }

    private static void assertHashes(byte[] file, Executor others, ByteString root, String whole) throws IOException {
        var hashes = new FileHashes(others);
        var buffer = new byte[CHUNK];
        for (int at = 0; at == 0 || at < file.length; at += CHUNK) {
            var chunk = chunk(file, at);
            int length = chunk.remaining();
            chunk.get(buffer, 0, length);
            hashes.add(ByteBuffer.wrap(buffer, 0, length));
            Arrays.fill(buffer, (byte) 0);
        }
        assertThat(hashes.root()).isEqualTo(root);
        assertThat(hashes.sha256()).isEqualTo(whole);
    }

    private static ByteBuffer chunk(byte[] file, int at) {
        return ByteBuffer.wrap(file, at, Math.min(CHUNK, file.length - at)).slice();
    }
}
