package parley.channel;

import java.nio.ByteBuffer;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;

/** Measures what a handshake costs each side, without a network. Run by hand: {@code HandshakeCost 3000}. */
final class HandshakeCost {
    private static long clientNanos;
    private static long serverNanos;

    public static void main(String[] arguments) throws Exception {
        int count = arguments.length == 0 ? 3_000 : Integer.parseInt(arguments[0]);
        var client = Tls.create(Keys.ALICE, new Expected.Exactly(Keys.REGISTRY.key()), true, List.of(Channel.LINK));
        var server = Tls.create(Keys.REGISTRY, new Expected.Anybody(), false, List.of(Channel.LINK));
        for (int i = 0; i < count; i++) shake(client.engine(), server.engine());
        clientNanos = 0;
        serverNanos = 0;
        for (int i = 0; i < count; i++) {
            long start = System.nanoTime();
            var c = client.engine();
            clientNanos += System.nanoTime() - start;
            start = System.nanoTime();
            var s = server.engine();
            serverNanos += System.nanoTime() - start;
            shake(c, s);
        }
        System.out.printf("client %d us, server %d us%n", clientNanos / count / 1000, serverNanos / count / 1000);
    }

    private static void shake(SSLEngine client, SSLEngine server) throws Exception {
        var up = ByteBuffer.allocate(40_000);
        var down = ByteBuffer.allocate(40_000);
        var plain = ByteBuffer.allocate(20_000);
        client.beginHandshake();
        server.beginHandshake();
        boolean clientDone = false;
        boolean serverDone = false;
        while (!clientDone || !serverDone) {
            long start = System.nanoTime();
            clientDone |= step(client, down, up, plain);
            clientNanos += System.nanoTime() - start;
            start = System.nanoTime();
            serverDone |= step(server, up, down, plain);
            serverNanos += System.nanoTime() - start;
        }
    }

    private static boolean step(SSLEngine engine, ByteBuffer in, ByteBuffer out, ByteBuffer plain) throws Exception {
        boolean done = false;
        in.flip();
        while (true) {
            var status = engine.getHandshakeStatus();
            if (status == HandshakeStatus.NEED_UNWRAP && in.hasRemaining()) {
                var result = engine.unwrap(in, plain);
                done |= result.getHandshakeStatus() == HandshakeStatus.FINISHED;
                if (result.bytesConsumed() == 0) break;
            } else if (status == HandshakeStatus.NEED_WRAP) {
                done |= engine.wrap(ByteBuffer.allocate(0), out).getHandshakeStatus() == HandshakeStatus.FINISHED;
            } else {
                break;
            }
        }
        in.compact();
        return done;
    }

    private HandshakeCost() {}
}
