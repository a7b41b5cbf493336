package parley.bench;

import java.io.IOException;
import parley.proving.process.Launch;
import parley.proving.process.Running;

/** From the command to ready: the median of ten starts of each, with the AOT cache and without. */
final class StartUp {
    private static final int STARTS = 10;
    private static final String WITHOUT = "-XX:AOTMode=off";

    static void run() throws Exception {
        try (var world = World.create()) {
            var peerHome = world.folder("peer");
            var peer = Launch.peer(world.address(), peerHome);
            print("peer, start to ready", peer);
            print("peer, start to ready, without the cache", peer.onJvm(WITHOUT));
            var data = world.folder("second");
            print("registry, start to ready", Launch.registry(data));
            print(
                    "registry, start to ready, without the cache",
                    Launch.registry(data).onJvm(WITHOUT));
        }
    }

    private static void print(String what, Launch launch) throws IOException, InterruptedException {
        start(launch);
        var seconds = new double[STARTS];
        for (int i = 0; i < STARTS; i++) seconds[i] = start(launch);
        Figure.of(what, Figure.median(seconds), "s").print();
    }

    private static double start(Launch launch) throws IOException, InterruptedException {
        long start = System.nanoTime();
        var running = Running.ready(launch);
        double seconds = (System.nanoTime() - start) / 1e9;
        running.close();
        return seconds;
    }

    private StartUp() {}
}
