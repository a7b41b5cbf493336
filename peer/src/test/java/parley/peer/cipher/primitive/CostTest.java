package parley.peer.cipher.primitive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import parley.peer.cipher.primitive.Argon2id.Cost;

class CostTest {
    private static final long MIB = 1 << 20;

    @Test
    void lessMemoryIsMadeUpForByPasses() {
        assertThat(Cost.in(64 * MIB)).isEqualTo(Cost.TODAY);
        assertThat(Cost.in(32 * MIB)).isEqualTo(new Cost(32 * 1024, 6, 1));
        assertThat(Cost.in(19 * MIB)).isEqualTo(new Cost(19 * 1024, 11, 1));
        for (long mib = 19; mib <= 1024; mib++) {
            var cost = Cost.in(mib * MIB);
            assertThat((long) cost.memoryKib() * cost.passes())
                    .as("%d MiB", mib)
                    .isGreaterThanOrEqualTo(64 * 1024 * 3);
        }
    }

    @Test
    void tooLittleAndTooMuchAreNamed() {
        for (long bytes : new long[] {0, 19 * MIB - 1, 1025 * MIB, Long.MAX_VALUE})
            assertThatThrownBy(() -> Cost.in(bytes))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("expected 19456 to 1048576");
    }
}
