package parley.registry;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
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
            } catch (IOException untrained) {
                registry.giveUp("training ended early: " + untrained.getMessage());
                return;
            }
            registry.stop().whenComplete((done, failure) -> remove(folder));
        });
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
