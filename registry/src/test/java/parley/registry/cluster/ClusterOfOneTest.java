package parley.registry.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.apache.pekko.cluster.typed.Cluster;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parley.registry.RunningRegistry;

class ClusterOfOneTest {
    private static final int PATIENCE_MILLIS = 10_000;

    @TempDir
    Path folder;

    @Test
    void itsPortIsOnTheLoopbackAddressAndSaysNothingToAnyone() throws Exception {
        try (var registry = RunningRegistry.start(folder)) {
            var address = Cluster.get(registry.system).selfMember().address();
            assertThat(InetAddress.getByName(address.host().get()).isLoopbackAddress())
                    .isTrue();
            int port = (Integer) address.port().get();

            // The magic bytes of Artery, which plain tcp transport would take; what is no TLS gets an alert at most.
            assertThat(saidTo(port, "AKKA\001".getBytes(StandardCharsets.US_ASCII)).length)
                    .as("a TLS alert has seven bytes")
                    .isLessThanOrEqualTo(7);
            assertThatThrownBy(() -> handshake(port)).isInstanceOf(SSLException.class);

            // And none of it has hurt.
            assertThat(RunningRegistry.answered(registry.groups.list(1_024, RunningRegistry.PATIENCE)))
                    .isEmpty();
        }
    }

    private static byte[] saidTo(int port, byte[] bytes) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.getOutputStream().write(bytes);
            return socket.getInputStream().readAllBytes();
        }
    }

    /** As one who trusts whatever certificate the other side may show. */
    private static void handshake(int port) throws Exception {
        var context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new TrustsAnyone()}, null);
        try (var socket = (SSLSocket) context.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.startHandshake();
        }
    }

    private static final class TrustsAnyone implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String kind) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String kind) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
