package parley.peer.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import parley.peer.transfer.Sha256;

class BatchesTest {
    private static final int CHUNK = Lane.CHUNK_BYTES;
    private static final int BATCH = Batches.CHUNKS_MAX * CHUNK;

    private final ByteArrayOutputStream written = new ByteArrayOutputStream();

    @ParameterizedTest
    @ValueSource(ints = {0, 1, CHUNK - 1, CHUNK, BATCH, BATCH + 1, 3 * BATCH, 5 * BATCH + 3 * CHUNK + 17})
    void whoeverDoesTheWorkAllOfItIsWrittenAndHashed(int size) throws Exception {
        var file = new byte[size];
        new Random(size).nextBytes(file);
        assertWhole(file, Runnable::run);
        assertWhole(file, nobodyBegins -> {});
        try (var others = Executors.newFixedThreadPool(2)) {
            assertWhole(file, others);
        }
    }

    private void assertWhole(byte[] file, Executor others) throws IOException {
        written.reset();
        var hashes = new FileHashes();
        var batches = new Batches(this::write, hashes, others);
        var buffer = new byte[CHUNK];
        for (int at = 0; at == 0 || at < file.length; at += CHUNK) {
            var chunk = chunk(file, at);
            int length = chunk.remaining();
            chunk.get(buffer, 0, length);
            batches.add(ByteBuffer.wrap(buffer, 0, length));
            // What comes next comes into the same place.
            Arrays.fill(buffer, (byte) 0);
        }
        batches.finish();
        assertThat(written.toByteArray()).isEqualTo(file);
        var tree = new MerkleTree();
        for (int at = 0; at == 0 || at < file.length; at += CHUNK) tree.add(chunk(file, at));
        assertThat(hashes.root()).isEqualTo(tree.root());
        assertThat(hashes.sha256())
                .isEqualTo(HexFormat.of().formatHex(Sha256.begin().digest(file)));
    }

    @Test
    void whatFailedIsSaidAndNothingIsWrittenBehindIt() {
        var writes = new AtomicInteger();
        var batches = new Batches(
                batch -> {
                    writes.incrementAndGet();
                    throw new IOException("full");
                },
                new FileHashes(),
                Runnable::run);
        var chunk = ByteBuffer.allocate(CHUNK);
        assertThatThrownBy(() -> {
                    for (int i = 0; i <= 2 * Batches.CHUNKS_MAX; i++) batches.add(chunk.duplicate());
                })
                .hasMessage("full");
        assertThatThrownBy(batches::finish).hasMessageContaining("full");
        assertThat(writes).hasValue(1);
    }

    private void write(ByteBuffer batch) {
        var bytes = new byte[batch.remaining()];
        batch.get(bytes);
        written.writeBytes(bytes);
    }

    private static ByteBuffer chunk(byte[] file, int at) {
        return ByteBuffer.wrap(file, at, Math.min(CHUNK, file.length - at)).slice();
    }
}
