package parley.proving;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** 1,000 clients want one name in the same moment. */
class OneNameTest {
    private static final int CLIENTS = 1_000;

    /** From each address, to stay below the connections that a private address may have before it signs in. */
    private static final int CLIENTS_PER_ADDRESS = 200;

    @TempDir
    Path folder;

    @Test
    @Timeout(900)
    void exactlyOneWins() throws Exception {
        try (var scene = Scene.open(folder);
                var threads = Executors.newFixedThreadPool(CLIENTS)) {
            var ready = new CountDownLatch(CLIENTS);
            Map<Integer, String> answers = new ConcurrentHashMap<>();
            List<Callable<Void>> clients = IntStream.range(0, CLIENTS)
                    .<Callable<Void>>mapToObj(number -> () -> {
                        try (var socket = dial(scene.registry(), number)) {
                            ready.countDown();
                            ready.await();
                            answers.put(number, signUp(socket, number));
                        }
                        return null;
                    })
                    .toList();
            for (var client : threads.invokeAll(clients)) client.get();

            var winners = answers.entrySet().stream()
                    .filter(answer -> !answer.getValue().startsWith("Error:"))
                    .toList();
            assertThat(answers).as("everybody is answered").hasSize(CLIENTS).doesNotContainValue("");
            assertThat(winners).hasSize(1);
            assertThat(scene.stranger()
                            .signin("highlander", password(winners.getFirst().getKey())))
                    .isNotEmpty();
        }
    }

    private static String signUp(Socket socket, int number) throws IOException {
        var request = "signup highlander %s 127.0.0.1:4000".formatted(password(number));
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        var buffer = new byte[1024];
        var read = socket.getInputStream().read(buffer);
        return new String(buffer, 0, Math.max(read, 0), StandardCharsets.UTF_8);
    }

    private static Socket dial(String registry, int number) throws IOException {
        var port = Integer.parseInt(registry.substring(registry.indexOf(':') + 1));
        var source = InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) (2 + number / CLIENTS_PER_ADDRESS)});
        return new Socket(InetAddress.getLoopbackAddress(), port, source, 0);
    }

    private static String password(int number) {
        return "password-" + number;
    }
}
