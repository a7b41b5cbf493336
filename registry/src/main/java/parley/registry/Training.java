package parley.registry;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.stream.javadsl.Flow;
import org.apache.pekko.stream.javadsl.Framing;
import org.apache.pekko.stream.javadsl.FramingTruncation;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.stream.javadsl.Tcp;
import org.apache.pekko.util.ByteString;
import parley.channel.Channel;
import parley.channel.Credentials;
import parley.channel.Expected;
import parley.messages.directory.Request;
import parley.messages.directory.RequestCodec;
import parley.messages.directory.Tag;
import parley.messages.name.UserName;
import parley.messages.settings.Settings;
import parley.registry.cluster.ClusterOfOne;

/**
 * Goes once through what a registry does at its start and for its first clients, so that the JVM can write down what it
 * loaded for the next time. In a temporary folder, on the loopback address, and then it is gone.
 */
final class Training {
    private static final List<String> REQUESTS = List.of(
            "signup trainee secret 127.0.0.1:9",
            "signin trainee secret 127.0.0.1:9",
            "create gym trainee",
            "list",
            "members",
            "key:gym",
            "client_info:trainee",
            "group_info:gym:trainee");

    private static final int REPLY_BYTES_MAX = 1024;

    /** What a modern peer hears that asks for one thing. */
    private static final int HELLO_AND_ANSWER = 2;

    private static final Duration ANSWER_MAX = Duration.ofSeconds(30);

    /** Starts what ends the process by itself: its threads are gone when the training is over. */
    static void start() {
        try {
            var folder = Files.createTempDirectory("parley-train");
            var settings = Settings.load(
                    ClusterOfOne.config(),
                    null,
                    Map.of(
                            "parley.registry.data", folder.toString(),
                            "parley.registry.listen", "127.0.0.1:0",
                            "parley.registry.classic.listen", "127.0.0.1:0"));
            Logs.start(settings);
            var registry = Registry.start(settings, folder);
            registry.ready().whenComplete((ready, failure) -> {
                if (failure == null) train(registry, ready, folder);
                else registry.giveUp(CannotStart.why(failure));
            });
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    private static void train(Registry registry, Registry.Ready ready, Path folder) {
        Thread.ofPlatform().name("training").start(() -> {
            try (var client = new Socket(ready.classic().host(), ready.classic().port())) {
                for (var request : REQUESTS) {
                    client.getOutputStream().write((request + "\n").getBytes(StandardCharsets.UTF_8));
                    if (client.getInputStream().read(new byte[REPLY_BYTES_MAX]) < 0) {
                        throw new IOException("closed after " + request);
                    }
                }
                visit(registry, ready);
            } catch (IOException untrained) {
                registry.giveUp("training ended early: " + untrained.getMessage());
                return;
            }
            registry.stop().whenComplete((done, failure) -> remove(folder));
        });
    }

    /** As a modern peer that nobody knows: the handshake is what takes a registry long the first time. */
    private static void visit(Registry registry, Registry.Ready ready) throws IOException {
        var seed = new byte[Credentials.SEED_BYTES];
        new SecureRandom().nextBytes(seed);
        var channel = Channel.client(Credentials.of(seed), new Expected.Anybody(), Channel.TO_REGISTRY);
        var request = RequestCodec.encode(new Tag("a"), new Request.SignIn(new UserName("nobody"), Optional.empty()));
        var heard = new CountDownLatch(HELLO_AND_ANSWER);
        Flow.fromSinkAndSource(
                        Framing.delimiter(ByteString.fromString("\n"), REPLY_BYTES_MAX, FramingTruncation.ALLOW)
                                .to(Sink.foreach(line -> heard.countDown())),
                        Source.single(request).concat(Source.maybe()))
                .join(channel)
                .join(Tcp.get(registry.system())
                        .outgoingConnection(
                                ready.listen().host(), ready.listen().port()))
                .run(registry.system());
        try {
            if (!heard.await(ANSWER_MAX.toMillis(), TimeUnit.MILLISECONDS)) throw new IOException("no answer over TLS");
        } catch (InterruptedException stopped) {
            throw new InterruptedIOException("stopped");
        }
    }

    private static void remove(Path folder) {
        try (var all = Files.walk(folder)) {
            for (var path : all.sorted(Comparator.reverseOrder()).toList()) Files.deleteIfExists(path);
        } catch (IOException left) {
            throw new UncheckedIOException(left);
        }
    }

    private Training() {}
}
