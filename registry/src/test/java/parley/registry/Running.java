package parley.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import parley.messages.settings.Endpoint;
import parley.messages.settings.Settings;
import parley.registry.cluster.ClusterOfOne;

/** A real registry in this JVM, on any free port. */
final class Running implements AutoCloseable {
    private static final Duration START_MAX = Duration.ofSeconds(60);
    private static final Duration STOP_MAX = Duration.ofSeconds(30);

    final Registry registry;
    final Endpoint classic;
    final Endpoint modern;
    final String fingerprint;

    Running(Path data) {
        this(data, Map.of());
    }

    Running(Path data, Map<String, String> options) {
        registry = Registry.start(settings(options), data);
        var ready = assertThat(registry.ready()).succeedsWithin(START_MAX).actual();
        classic = ready.classic();
        modern = ready.listen();
        fingerprint = ready.fingerprint();
    }

    static Settings settings(Map<String, String> options) {
        var all = new HashMap<>(options);
        // The stream test kit stops at an older version than Pekko.
        all.put("pekko.fail-mixed-versions", "off");
        all.putIfAbsent("parley.registry.listen", "127.0.0.1:0");
        all.putIfAbsent("parley.registry.classic.listen", "127.0.0.1:0");
        return Settings.load(ClusterOfOne.config(), null, all);
    }

    ClassicSocket connect() throws IOException {
        return new ClassicSocket(classic);
    }

    @Override
    public void close() {
        assertThat(registry.stop().toCompletableFuture().orTimeout(STOP_MAX.toSeconds(), TimeUnit.SECONDS))
                .succeedsWithin(STOP_MAX);
    }
}
