package parley.proving.modern.evil;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A way to one port that does to what passes whatever networks and those who own them do: by a seed, though what is in
 * one chunk is up to the operating system.
 */
final class EvilNetwork {
    /** One chunk in so many suffers. */
    private static final int RARITY = 25;

    private static final int CHUNK = 8_192;

    private final int target;
    private final SplittableRandom random;
    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger wrongs = new AtomicInteger();
    private volatile boolean good;

    EvilNetwork(int target, long seed) throws IOException {
        this.target = target;
        this.random = new SplittableRandom(seed);
        Thread.ofVirtual().start(this::listen);
    }

    int port() {
        return server.getLocalPort();
    }

    /** What was done so far. */
    int wrongs() {
        return wrongs.get();
    }

    /** From now on everything passes. */
    void becomeGood() {
        good = true;
    }

    void close() throws IOException {
        server.close();
        for (var socket : open) socket.close();
    }

    private void listen() {
        while (!server.isClosed()) {
            try {
                var from = server.accept();
                var to = new Socket(InetAddress.getLoopbackAddress(), target);
                open.add(from);
                open.add(to);
                carry(from, to);
                carry(to, from);
            } catch (IOException closed) {
                // Or nobody is at home: whoever called is left waiting, as networks do.
            }
        }
    }

    private void carry(Socket from, Socket to) {
        SplittableRandom ours;
        synchronized (random) {
            ours = random.split();
        }
        Thread.ofVirtual().start(() -> {
            try (from;
                    to) {
                carry(from.getInputStream(), to.getOutputStream(), ours);
            } catch (IOException | InterruptedException cut) {
                // So is the other direction now.
            } finally {
                open.remove(from);
                open.remove(to);
            }
        });
    }

    private void carry(InputStream in, OutputStream out, SplittableRandom ours)
            throws IOException, InterruptedException {
        var chunk = new byte[CHUNK];
        for (int count = in.read(chunk); count >= 0; count = in.read(chunk)) {
            var bytes = Arrays.copyOf(chunk, count);
            if (good || count == 0 || ours.nextInt(RARITY) > 0) {
                out.write(bytes);
                continue;
            }
            wrongs.incrementAndGet();
            switch (ours.nextInt(5)) {
                case 0 -> {
                    bytes[ours.nextInt(count)] ^= (byte) (1 << ours.nextInt(8));
                    out.write(bytes);
                }
                case 1 -> {
                    // Dropped.
                }
                case 2 -> {
                    out.write(bytes);
                    out.write(bytes);
                }
                case 3 -> {
                    out.write(bytes, 0, ours.nextInt(count));
                    return;
                }
                case 4 -> {
                    TimeUnit.MILLISECONDS.sleep(ours.nextInt(300));
                    out.write(bytes);
                }
                default -> throw new IllegalStateException("five wrongs");
            }
        }
    }
}
