package parley.proving.kill;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parley.proving.process.Launch;
import parley.proving.process.Running;

/**
 * As many kills as fit half a minute; {@code mvn verify -pl proving -am -Dtest=KillTest -Dkills=200
 * -Dsurefire.failIfNoSpecifiedTests=false} makes 200. {@code -Dseed=} repeats the moments of a run, as far as a machine
 * repeats itself.
 */
class KillTest {
    /** How many kills; 0 stands for what fits {@link #HALF_A_MINUTE}. */
    private static final int KILLS = Integer.getInteger("kills", 0);

    private static final Duration HALF_A_MINUTE = Duration.ofSeconds(30);

    /** From the start of a load to its kill, at most: sign-ups, sign-ins and groups are all under way by then. */
    private static final int LOAD_MILLIS_MAX = 1_500;

    /** From the start of a registry to its kill, when it is not even let to start: journal open, cluster forming. */
    private static final int START_MILLIS_MAX = 3_000;

    /** One in so many is killed while it starts. */
    private static final int STILLBORN_ONE_IN = 6;

    private static final Duration GIVE_UP = Duration.ofSeconds(20);

    @TempDir
    Path data;

    @Test
    void nothingAnsweredIsMissingAfterAKill() throws Exception {
        long seed = Long.getLong("seed", System.nanoTime());
        System.out.printf("KillTest: -Dseed=%d%n", seed);
        var random = new Random(seed);
        var ledger = new Ledger();
        var audited = new HashSet<String>();
        var end = System.nanoTime() + HALF_A_MINUTE.toNanos();
        int kills = 0;
        for (int round = 0; KILLS == 0 ? System.nanoTime() < end : kills < KILLS; round++) {
            if (random.nextInt(STILLBORN_ONE_IN) == 0) {
                killedWhileStarting(random.nextInt(START_MILLIS_MAX));
                kills++;
            }
            try (var registry = Running.registry(data)) {
                auditAll(registry, ledger, newcomers(ledger, audited), seed);
                var load = Load.start(address(registry), ledger, round);
                assertThat(load.overWithin(Duration.ofMillis(random.nextInt(LOAD_MILLIS_MAX))))
                        .as("clients gave up before the kill; %s", registry.tail())
                        .isFalse();
                registry.kill();
                kills++;
                assertThat(load.overWithin(GIVE_UP))
                        .as("clients notice the kill")
                        .isTrue();
            }
        }
        try (var registry = Running.registry(data)) {
            auditAll(registry, ledger, new HashSet<>(ledger.users()), seed);
        }
        System.out.printf("KillTest: %d kills, %s%n", kills, ledger);
        assertThat(ledger.users()).as("the load did something").hasSizeGreaterThan(kills);
    }

    /** Users that no audit has seen; everything old is asked for again at the end. */
    private static Set<String> newcomers(Ledger ledger, Set<String> audited) {
        var newcomers = new HashSet<>(ledger.users());
        newcomers.removeAll(audited);
        audited.addAll(newcomers);
        return newcomers;
    }

    private static void auditAll(Running registry, Ledger ledger, Set<String> users, long seed) throws Exception {
        assertThat(new Audit(address(registry), ledger).of(new ArrayList<>(users)))
                .as("missing; -Dseed=%d, registry: %s", seed, registry.tail())
                .isEmpty();
    }

    private void killedWhileStarting(int afterMillis) throws Exception {
        try (var stillborn = Launch.registry(data).start()) {
            stillborn.runFor(Duration.ofMillis(afterMillis));
        }
    }

    private static InetSocketAddress address(Running registry) {
        var port = registry.address().substring(registry.address().indexOf(':') + 1);
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(port));
    }
}
