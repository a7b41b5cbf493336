package parley.bench;

import java.time.Duration;
import parley.proving.process.Launch;
import parley.proving.process.Running;

/** What a modern peer takes that is signed in and has nothing to do. */
final class IdlePeer {
    private static final Duration SETTLED = Duration.ofSeconds(20);

    static void run() throws Exception {
        try (var world = World.create();
                var peer = Running.ready(Launch.modern(world.registry().modernAddress(), world.folder("alice")))) {
            peer.run("signup alice " + World.PASSWORD);
            peer.run("signin alice " + World.PASSWORD);
            Thread.sleep(SETTLED);
            Figure.of("RSS of an idle peer", IdleMemory.rssKib(peer) / 1024.0, "MiB")
                    .print();
        }
    }

    private IdlePeer() {}
}
