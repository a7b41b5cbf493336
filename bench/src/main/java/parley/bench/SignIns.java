package parley.bench;

/** Sign-ins a second: each one an Argon2id of 19 MiB, as many at once as there are cores. */
final class SignIns {
    private static final int CONNECTIONS = 16;
    private static final int ROUNDS = 5;
    private static final int TIMES_A_ROUND = 10;

    static void run() throws Exception {
        try (var world = World.create();
                var crowd = RegistryCrowd.connect(world.address(), CONNECTIONS)) {
            crowd.eachOnce(i -> "signup user%d %s 127.0.0.1:%d".formatted(i, World.PASSWORD, 10_000 + i));
            round(crowd);
            var rates = new double[ROUNDS];
            for (int i = 0; i < ROUNDS; i++) rates[i] = round(crowd);
            Figure.of("sign-ins/s", Figure.median(rates), "/s").print();
        }
    }

    private static double round(RegistryCrowd crowd) throws Exception {
        long start = System.nanoTime();
        for (int time = 0; time < TIMES_A_ROUND; time++) {
            for (var answer :
                    crowd.eachOnce(i -> "signin user%d %s 127.0.0.1:%d".formatted(i, World.PASSWORD, 10_000 + i))) {
                if (answer.startsWith("Error:")) throw new IllegalStateException(answer);
            }
        }
        return CONNECTIONS * TIMES_A_ROUND / ((System.nanoTime() - start) / 1e9);
    }

    private SignIns() {}
}
