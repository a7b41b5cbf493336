package parley.channel;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.stream.javadsl.Flow;
import org.apache.pekko.stream.javadsl.Keep;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.stream.javadsl.Tcp;
import org.apache.pekko.util.ByteString;

/**
 * Measures what idle connections keep on the heap, both sides together: with TLS, and without. Run by hand: {@code
 * IdleMemory 1000}.
 */
final class IdleMemory {
    public static void main(String[] arguments) throws Exception {
        int count = arguments.length == 0 ? 1_000 : Integer.parseInt(arguments[0]);
        var system = ActorSystem.create("idle");
        open(system, 20, true);
        open(system, 20, false);
        long before = heap();
        long start = System.nanoTime();
        open(system, count, true);
        System.out.printf(
                "%d handshakes, both sides, one process: %d/s%n",
                count, count * 1_000_000_000L / (System.nanoTime() - start));
        long tls = heap();
        open(system, count, false);
        long plain = heap();
        System.out.printf(
                "a pair of idle ends: %d bytes with TLS, %d without; TLS itself %d bytes a side%n",
                (tls - before) / count, (plain - tls) / count, ((tls - before) - (plain - tls)) / count / 2);
        if (arguments.length > 1) new CompletableFuture<Void>().get();
        system.terminate();
    }

    private static void open(ActorSystem system, int count, boolean withTls) throws Exception {
        var server = Channel.server(Keys.REGISTRY, new Expected.Anybody(), Channel.LINK);
        var client = Channel.client(Keys.ALICE, new Expected.Exactly(Keys.REGISTRY.key()), Channel.LINK);
        var echo = Flow.<ByteString>create();
        var binding = Tcp.get(system)
                .bind("127.0.0.1", 0)
                .to(Sink.foreach(connection ->
                        connection.handleWith(withTls ? echo.join(server) : echo.map(bytes -> bytes), system)))
                .run(system)
                .toCompletableFuture()
                .get(5, TimeUnit.SECONDS);
        List<CompletableFuture<ByteString>> heard = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            var answer = new CompletableFuture<ByteString>();
            heard.add(answer);
            var app = Flow.fromSinkAndSource(
                    Sink.<ByteString>foreach(answer::complete),
                    Source.single(ByteString.fromString("x")).concat(Source.maybe()));
            var tcp = Tcp.get(system)
                    .outgoingConnection("127.0.0.1", binding.localAddress().getPort());
            (withTls ? app.join(client) : app).joinMat(tcp, Keep.right()).run(system);
            if (i % 50 == 49) answer.get(20, TimeUnit.SECONDS);
        }
        for (var answer : heard) answer.get(20, TimeUnit.SECONDS);
    }

    private static long heap() throws InterruptedException {
        for (int i = 0; i < 4; i++) {
            System.gc();
            Thread.sleep(200);
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private IdleMemory() {}
}
