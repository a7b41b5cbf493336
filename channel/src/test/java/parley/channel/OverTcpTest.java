package parley.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.stream.javadsl.Keep;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Tcp;
import org.apache.pekko.testkit.javadsl.TestKit;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Channels between real sockets, and with Java's own TLS at the other end. */
class OverTcpTest {
    private static final ActorSystem SYSTEM = ActorSystem.create("tcp");
    private static final long SECONDS_MAX = 20;
    private static final int MILLIS_MAX = 10_000;
    private static final int LARGE_BYTES = 10 << 20;
    private static final ByteString HELLO = ByteString.fromString("hello");

    /** Java's own has no hybrid group, and takes any certificate here. */
    private final SSLContext java = java(alice());

    private final ExecutorService people = Executors.newCachedThreadPool();
    private final CompletableFuture<Side> served = new CompletableFuture<>();
    private final Tcp.ServerBinding listening = listen();

    @AfterAll
    static void close() {
        TestKit.shutdownActorSystem(SYSTEM);
    }

    @AfterEach
    void unbind() {
        listening.unbind();
        people.shutdownNow();
    }

    @Test
    void tenMebibytesCrossInBothDirectionsThoughTheReadersAreSlow() throws Exception {
        var client = dial();
        var server = served.get(SECONDS_MAX, TimeUnit.SECONDS);
        var up = bytes(1);
        var down = bytes(2);
        var upwards = CompletableFuture.runAsync(() -> speak(client, up), people);
        var downwards = CompletableFuture.runAsync(() -> speak(server, down), people);
        var heardAbove = CompletableFuture.supplyAsync(() -> hearSlowly(client), people);
        var heardBelow = CompletableFuture.supplyAsync(() -> hearSlowly(server), people);
        assertThat(heardBelow.get(SECONDS_MAX, TimeUnit.SECONDS)).isEqualTo(up);
        assertThat(heardAbove.get(SECONDS_MAX, TimeUnit.SECONDS)).isEqualTo(down);
        CompletableFuture.allOf(upwards, downwards).get(SECONDS_MAX, TimeUnit.SECONDS);
        client.speaks.sendComplete();
        server.hears.request(1).expectComplete();
    }

    @Test
    void twoOfUsAgreeOnTheHybridGroup() throws Exception {
        var tap = new Tap();
        var two = Side.Two.run(
                Channel.client(Keys.ALICE, new Expected.Anybody(), Channel.LINK),
                tap.network(),
                Channel.server(Keys.REGISTRY, new Expected.Anybody(), Channel.LINK),
                SYSTEM);
        two.server().key.toCompletableFuture().get(SECONDS_MAX, TimeUnit.SECONDS);
        assertThat(ServerHello.read(tap.fromServer()).group()).isEqualTo(ServerHello.X25519_MLKEM_768);
    }

    @Test
    void whoHasNoHybridGroupIsServedWithX25519() throws Exception {
        try (var socket = connect(java, "TLSv1.3", Channel.TO_REGISTRY)) {
            socket.startHandshake();
            socket.getOutputStream().write(HELLO.toArray());
            var side = served.get(SECONDS_MAX, TimeUnit.SECONDS);
            side.hears.request(1).expectNext(HELLO);
            assertThat(side.key.toCompletableFuture().get()).isEqualTo(Keys.ALICE.key());
            side.speaks.sendNext(HELLO);
            assertThat(socket.getInputStream().readNBytes(HELLO.size())).isEqualTo(HELLO.toArray());
            assertThat(socket.getSession().getCipherSuite()).startsWith("TLS_AES_");
            // Only who listens hears the last word.
            side.hears.request(1);
        }
    }

    @Test
    void aServerWithoutTheHybridGroupIsTalkedToWithX25519() throws Exception {
        try (var server = (SSLServerSocket) java.getServerSocketFactory().createServerSocket(0)) {
            var parameters = server.getSSLParameters();
            parameters.setApplicationProtocols(new String[] {Channel.TO_REGISTRY});
            parameters.setNeedClientAuth(true);
            server.setSSLParameters(parameters);
            var heard = CompletableFuture.supplyAsync(
                    () -> {
                        try (var socket = server.accept()) {
                            return ByteString.fromArray(socket.getInputStream().readNBytes(HELLO.size()));
                        } catch (IOException failed) {
                            throw new AssertionError(failed);
                        }
                    },
                    people);
            // Java's server is Alice here, and whoever calls her is, too.
            var side = Side.of(
                            Channel.client(Keys.ALICE, new Expected.Exactly(Keys.ALICE.key()), Channel.TO_REGISTRY),
                            SYSTEM)
                    .joinMat(Tcp.get(SYSTEM).outgoingConnection("127.0.0.1", server.getLocalPort()), Keep.left())
                    .run(SYSTEM);
            side.speaks.sendNext(HELLO);
            assertThat(heard.get(SECONDS_MAX, TimeUnit.SECONDS)).isEqualTo(HELLO);
        }
    }

    @Test
    void anythingOlderThanTls13IsRefused() throws Exception {
        try (var socket = connect(java, "TLSv1.2", Channel.TO_REGISTRY)) {
            assertThatThrownBy(socket::startHandshake).isInstanceOf(SSLException.class);
            assertThat(failure()).isInstanceOf(ChannelRefused.class);
        }
    }

    @Test
    void whoShowsNoCertificateIsRefused() throws Exception {
        try (var socket = connect(java(new KeyManager[0]), "TLSv1.3", Channel.TO_REGISTRY)) {
            assertThatThrownBy(() -> {
                        socket.startHandshake();
                        socket.getInputStream().read();
                    })
                    .isInstanceOf(SSLException.class);
            assertThat(failure()).isInstanceOf(ChannelRefused.class);
        }
    }

    @Test
    void whoNamesNoPurposeIsRefused() throws Exception {
        try (var socket = connect(java, "TLSv1.3")) {
            assertThat(endsBadly(socket)).isTrue();
            assertThat(failure()).isInstanceOf(ChannelRefused.class).hasMessageContaining("expected it to");
        }
    }

    @Test
    void whoNamesAnotherPurposeIsRefused() throws Exception {
        try (var socket = connect(java, "TLSv1.3", Channel.LINK)) {
            assertThat(endsBadly(socket)).isTrue();
            assertThat(failure()).isInstanceOf(ChannelRefused.class);
        }
    }

    @Test
    void aSocketThatIsClosedWithoutALastWordBreaksTheChannel() throws Exception {
        var plain = new Socket(address().getAddress(), address().getPort());
        var socket = (SSLSocket) java.getSocketFactory()
                .createSocket(plain, "registry", address().getPort(), false);
        prepare(socket, "TLSv1.3", Channel.TO_REGISTRY);
        socket.startHandshake();
        socket.getOutputStream().write(HELLO.toArray());
        var side = served.get(SECONDS_MAX, TimeUnit.SECONDS);
        side.hears.request(2).expectNext(HELLO);
        plain.shutdownOutput();
        assertThat(side.hears.expectError()).isInstanceOf(ChannelBroken.class);
        plain.close();
    }

    private static boolean endsBadly(SSLSocket socket) {
        try {
            socket.startHandshake();
            return socket.getInputStream().read() < 0;
        } catch (IOException refused) {
            return true;
        }
    }

    private Throwable failure() throws Exception {
        var key = served.get(SECONDS_MAX, TimeUnit.SECONDS).key;
        return key.handle((known, failed) -> failed).toCompletableFuture().get(SECONDS_MAX, TimeUnit.SECONDS);
    }

    private SSLSocket connect(SSLContext context, String protocol, String... purposes) throws IOException {
        var socket = (SSLSocket) context.getSocketFactory()
                .createSocket(address().getAddress(), address().getPort());
        return prepare(socket, protocol, purposes);
    }

    private static SSLSocket prepare(SSLSocket socket, String protocol, String... purposes) throws IOException {
        socket.setSoTimeout(MILLIS_MAX);
        socket.setEnabledProtocols(new String[] {protocol});
        var parameters = socket.getSSLParameters();
        parameters.setApplicationProtocols(purposes);
        socket.setSSLParameters(parameters);
        return socket;
    }

    private InetSocketAddress address() {
        return listening.localAddress();
    }

    private Side dial() {
        return Side.of(
                        Channel.client(Keys.ALICE, new Expected.Exactly(Keys.REGISTRY.key()), Channel.TO_REGISTRY),
                        SYSTEM)
                .joinMat(
                        Tcp.get(SYSTEM)
                                .outgoingConnection(
                                        address().getHostString(), address().getPort()),
                        Keep.left())
                .run(SYSTEM);
    }

    private Tcp.ServerBinding listen() {
        var channel = Channel.server(Keys.REGISTRY, new Expected.Anybody(), Channel.TO_REGISTRY);
        try {
            return Tcp.get(SYSTEM)
                    .bind("127.0.0.1", 0)
                    .to(Sink.foreach(
                            connection -> served.complete(connection.handleWith(Side.of(channel, SYSTEM), SYSTEM))))
                    .run(SYSTEM)
                    .toCompletableFuture()
                    .get(SECONDS_MAX, TimeUnit.SECONDS);
        } catch (Exception never) {
            throw new AssertionError(never);
        }
    }

    private static void speak(Side side, ByteString all) {
        var random = new Random(all.size());
        for (var rest = all; !rest.isEmpty(); ) {
            var piece = rest.take(1 + random.nextInt(200_000));
            side.speaks.sendNext(piece);
            rest = rest.drop(piece.size());
        }
    }

    /** One element at a time, and a pause now and then: what is not asked for waits at the other side. */
    private static ByteString hearSlowly(Side side) {
        var heard = ByteString.createBuilder();
        int count = 0;
        for (int bytes = 0; bytes < LARGE_BYTES; ) {
            var next = side.hears.request(1).expectNext();
            heard.append(next);
            bytes += next.size();
            if (++count % 50 == 0) LockSupport.parkNanos(5_000_000);
        }
        return heard.result();
    }

    private static ByteString bytes(int seed) {
        var bytes = new byte[LARGE_BYTES];
        new Random(seed).nextBytes(bytes);
        return ByteString.fromArray(bytes);
    }

    /** Java reads keys of its own kind only. */
    private static KeyManager[] alice() {
        try {
            var store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            var certificate = CertificateFactory.getInstance("X.509")
                    .generateCertificate(
                            new ByteArrayInputStream(Keys.ALICE.certificate().getEncoded()));
            var chain = new Certificate[] {certificate};
            store.setKeyEntry("alice", Keys.ALICE.secret(), new char[0], chain);
            var factory = KeyManagerFactory.getInstance("PKIX");
            factory.init(store, new char[0]);
            return factory.getKeyManagers();
        } catch (IOException | GeneralSecurityException never) {
            throw new AssertionError(never);
        }
    }

    private static SSLContext java(KeyManager[] keys) {
        var anybody = new X509TrustManager() {
            @Override
            public void checkClientTrusted(X509Certificate[] chain, String type) {}

            @Override
            public void checkServerTrusted(X509Certificate[] chain, String type) {}

            @Override
            public X509Certificate[] getAcceptedIssuers() {
                return new X509Certificate[0];
            }
        };
        try {
            var context = SSLContext.getInstance("TLS");
            context.init(keys, new TrustManager[] {anybody}, new SecureRandom());
            return context;
        } catch (GeneralSecurityException never) {
            throw new AssertionError(never);
        }
    }
}
