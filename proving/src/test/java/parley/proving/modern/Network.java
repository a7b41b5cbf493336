package parley.proving.modern;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import parley.messages.name.PeerAddress;
import parley.messages.name.UserName;
import parley.proving.modern.evil.Lies;
import parley.proving.modern.evil.PlayedRegistry;
import parley.proving.process.Launch;
import parley.proving.process.Running;

/**
 * What is between peers, and a registry: it can be cut, and counts what of a file comes to its receiver.
 *
 * <pre>
 *   direct    the registry says of everybody that he is where a way to him begins
 *   relayed   nobody can be called, and all are at the registry by a way
 * </pre>
 *
 * @param at where the registry is for all
 * @param listening where peers are told to listen
 * @param ways by the port that they lead to
 */
record Network(String at, String listening, Map<Integer, Way> ways, Closeable registry) implements Closeable {
    private static final String LOOPBACK = "127.0.0.1";

    /** An address of documentation (RFC 5737): nobody has it, so listening there fails. */
    private static final String NOWHERE = "192.0.2.1:0";

    static Network direct(UserName receiver, long bytesASecond) throws Exception {
        return direct(receiver, name -> bytesASecond);
    }

    interface Speed {
        long bytesASecond(UserName of);
    }

    /** @param speed of the way to each */
    static Network direct(UserName receiver, Speed speed) throws Exception {
        var ways = new ConcurrentHashMap<Integer, Way>();
        var registry = new PlayedRegistry();
        registry.lie(new Lies() {
            @Override
            public Optional<PeerAddress> address(UserName of, UserName asker, Optional<PeerAddress> truth) {
                return truth.map(there -> {
                    var counted = of.equals(receiver) ? Way.End.CALLED : Way.End.CALLER;
                    var way = ways.computeIfAbsent(there.port(), port -> way(port, counted, speed.bytesASecond(of)));
                    return new PeerAddress(InetAddress.getLoopbackAddress(), way.port());
                });
            }
        });
        return new Network(registry.address(), LOOPBACK + ":0", ways, registry);
    }

    static Network relayed(Path folder, long bytesASecond) throws Exception {
        // The relay is as fast as the ways to it, and more than a day's share may pass.
        var registry = Running.ready(Launch.registry(folder)
                .configured("parley.registry.relay.bytes-a-second = 1 GiB")
                .configured("parley.registry.relay.bytes-a-day = 1 TiB"));
        var at = registry.modernAddress();
        int port = Integer.parseInt(at.substring(at.indexOf(':') + 1, at.indexOf('#')));
        var way = new Way(port, Way.End.CALLER, bytesASecond);
        var there = "%s:%d%s".formatted(LOOPBACK, way.port(), at.substring(at.indexOf('#')));
        return new Network(there, NOWHERE, Map.of(port, way), registry::close);
    }

    private static Way way(int port, Way.End counted, long bytesASecond) {
        try {
            return new Way(port, counted, bytesASecond);
        } catch (IOException none) {
            throw new UncheckedIOException(none);
        }
    }

    /** One who tries again soon. */
    Launch peer(Path home) {
        return Launch.modern(at, home)
                .with("--listen", listening)
                .configured("parley.peer.files.retry-min = 200 ms")
                .configured("parley.peer.files.retry-max = 1 s")
                .configured("parley.peer.modern.delivery.mailbox-after = 200 ms");
    }

    /** That came to the receiver. */
    long bytes() {
        return ways.values().stream().mapToLong(Way::bytes).sum();
    }

    /** Whole ones that came to the receiver, also those that came again. */
    long chunks() {
        return ways.values().stream().mapToLong(Way::chunks).sum();
    }

    void cut() {
        ways.values().forEach(Way::cut);
    }

    @Override
    public void close() throws IOException {
        try {
            registry.close();
        } finally {
            for (var way : ways.values()) way.close();
        }
    }
}
