package parley.bench;

/** {@code client_info} requests a second over 50 connections, each with one request out, ended by a newline. */
final class Lookups {
    private static final int CONNECTIONS = 50;
    private static final int ROUNDS = 5;
    private static final long WARM_UP_NANOS = 15_000_000_000L;
    private static final long ROUND_NANOS = 5_000_000_000L;

    static void run() throws Exception {
        try (var world = World.create();
                var crowd = RegistryCrowd.connect(world.address(), CONNECTIONS)) {
            crowd.eachOnce(i -> "signup user%d %s 127.0.0.1:%d".formatted(i, World.PASSWORD, 10_000 + i));
            crowd.eachOnce(i -> "signin user%d %s 127.0.0.1:%d".formatted(i, World.PASSWORD, 10_000 + i));
            crowd.rush("client_info:user7", WARM_UP_NANOS);
            var rates = new double[ROUNDS];
            for (int round = 0; round < ROUNDS; round++) {
                long start = System.nanoTime();
                long answered = crowd.rush("client_info:user7", ROUND_NANOS);
                rates[round] = answered / ((System.nanoTime() - start) / 1e9);
            }
            Figure.of("client_info/s over %d connections".formatted(CONNECTIONS), Figure.median(rates), "/s")
                    .print();
            var bare = BareServer.rate(CONNECTIONS, WARM_UP_NANOS, ROUND_NANOS, ROUNDS);
            Figure.of("the same from a bare selector loop", bare, "/s").print();
            Figure.of("ours : bare", Figure.median(rates) / bare, "x").print();
        }
    }

    private Lookups() {}
}
