package parley.peer.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.Test;

class MerkleTreeTest {
    /** Leaves and roots of the reference implementation of RFC 6962 (certificate-transparency, merkletree tests). */
    private static final List<String> LEAVES =
            List.of("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f");

    private static final List<String> ROOTS = List.of(
            "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
            "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
            "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
            "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
            "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
            "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
            "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328");

    @Test
    void theRootsAreThoseOfTheReferenceImplementation() {
        var tree = new MerkleTree();
        for (int i = 0; i < LEAVES.size(); i++) {
            var leaf = HexFormat.of().parseHex(LEAVES.get(i));
            tree.add(ByteBuffer.wrap(leaf));
            assertThat(HexFormat.of().formatHex(tree.root().toArray())).isEqualTo(ROOTS.get(i));
        }
    }

    /** RFC 6962 §2.1 as it is written: split at the largest power of two below the number of leaves. */
    @Test
    void theRootIsTheOneOfTheDefinition() throws Exception {
        var random = new Random(3);
        for (int count : new int[] {1, 2, 3, 63, 64, 65, 1_000}) {
            var leaves = IntStream.range(0, count)
                    .mapToObj(i -> ("leaf " + random.nextInt()).getBytes(StandardCharsets.UTF_8))
                    .toArray(byte[][]::new);
            var tree = new MerkleTree();
            for (var leaf : leaves) tree.add(ByteBuffer.wrap(leaf));
            assertThat(tree.root()).isEqualTo(ByteString.fromArray(defined(leaves)));
        }
    }

    private static byte[] defined(byte[][] leaves) throws Exception {
        var digest = MessageDigest.getInstance("SHA-256");
        if (leaves.length == 1) {
            digest.update((byte) 0);
            return digest.digest(leaves[0]);
        }
        int split = Integer.highestOneBit(leaves.length - 1);
        digest.update((byte) 1);
        digest.update(defined(Arrays.copyOfRange(leaves, 0, split)));
        return digest.digest(defined(Arrays.copyOfRange(leaves, split, leaves.length)));
    }
}
