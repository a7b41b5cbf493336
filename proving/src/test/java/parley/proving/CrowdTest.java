package parley.proving;

import static org.assertj.core.api.Assertions.assertThat;
import static parley.proving.process.Running.event;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import parley.proving.process.Running;

/** 20 peers in one group, all sending: everybody gets everything from everybody else, once. */
@Isolated("It fills the machine by itself.")
class CrowdTest {
    private static final int PEERS = 20;
    private static final int TEXTS_EACH = 5;

    /** Starting at once, 20 JVMs would each wait for the others' start. */
    private static final int STARTING_AT_ONCE = 4;

    private static final Duration SOON = Duration.ofMinutes(3);

    @TempDir
    Path folder;

    @Test
    @Timeout(900)
    void everyTextReachesEverybodyElseOnce() throws Exception {
        try (var scene = Scene.openPatient(folder);
                var starters = Executors.newFixedThreadPool(STARTING_AT_ONCE);
                var typists = Executors.newFixedThreadPool(PEERS)) {
            List<Running> peers = all(starters, number -> () -> arrive(scene, number));

            all(typists, number -> () -> {
                for (int n = 0; n < TEXTS_EACH; n++) {
                    var answer = peers.get(number).run("SEND GROUP crowd " + text(number, n));
                    assertThat(answer.path("delivered").asInt())
                            .as("%s", answer)
                            .isEqualTo(PEERS - 1);
                }
                return number;
            });

            var everything = IntStream.range(0, PEERS)
                    .boxed()
                    .flatMap(number -> IntStream.range(0, TEXTS_EACH).mapToObj(n -> text(number, n)))
                    .toList();
            for (int number = 0; number < PEERS; number++) {
                var own = "from %d ".formatted(number);
                assertThat(texts(peers.get(number)))
                        .as("what peer %d received", number)
                        .containsExactlyInAnyOrderElementsOf(everything.stream()
                                .filter(text -> !text.startsWith(own))
                                .toList());
            }
        }
    }

    private static Running arrive(Scene scene, int number) throws Exception {
        var name = "peer-%d".formatted(number);
        // 20 JVMs with two or so more on a small machine.
        var peer = scene.enter(name, scene.patient(name).onJvm("-Xmx64m"));
        peer.run("JOIN crowd");
        return peer;
    }

    private static List<String> texts(Running peer) throws InterruptedException {
        var texts = new ArrayList<String>();
        for (int n = 0; n < (PEERS - 1) * TEXTS_EACH; n++)
            texts.add(peer.await("message %d".formatted(n), event("message"), SOON)
                    .path("text")
                    .asText());
        peer.takeAll(event("message")).forEach(surplus -> texts.add(surplus.toString()));
        return texts;
    }

    private static String text(int number, int n) {
        return "from %d text %d".formatted(number, n);
    }

    private interface Job<T> {
        Callable<T> of(int number);
    }

    private static <T> List<T> all(ExecutorService threads, Job<T> job) throws Exception {
        var done = new ArrayList<T>();
        for (var result :
                threads.invokeAll(IntStream.range(0, PEERS).mapToObj(job::of).toList())) done.add(result.get());
        return done;
    }
}
