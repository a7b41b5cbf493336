package parley.proving.kill;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import parley.proving.classic.Refused;
import parley.proving.classic.RegistryLine;

/**
 * Clients that sign up, create and join as fast as they are answered, until the registry is gone. Claimants all want
 * the same names, founders the same groups; what they get goes into the ledger.
 */
final class Load {
    private static final int CLAIMANTS = 3;
    private static final int FOUNDERS = 4;

    /** Users of the load are called, never dialled. */
    private static final String SOMEWHERE = "127.0.0.1:4000";

    private final InetSocketAddress registry;
    private final Ledger ledger;
    private final int round;
    private final CountDownLatch working = new CountDownLatch(CLAIMANTS + FOUNDERS);

    /** @param round makes the names of this load differ from those of all others */
    static Load start(InetSocketAddress registry, Ledger ledger, int round) {
        var load = new Load(registry, ledger, round);
        for (int i = 0; i < CLAIMANTS; i++) load.employ("claimant-" + i, load::claim);
        for (int i = 0; i < FOUNDERS; i++) load.employ("founder-" + i, load::found);
        return load;
    }

    private Load(InetSocketAddress registry, Ledger ledger, int round) {
        this.registry = registry;
        this.ledger = ledger;
        this.round = round;
    }

    /** Whether everybody has given up within this time, which before a kill nobody should. */
    boolean overWithin(Duration time) throws InterruptedException {
        return working.await(time.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void claim(RegistryLine line, String me) throws IOException {
        var password = "pw-" + me + "-" + round;
        for (int n = 0; ; n++) {
            var wanted = "c%d-%d".formatted(round, n);
            try {
                line.must("signup %s %s %s".formatted(wanted, password, SOMEWHERE));
                ledger.signedUp(wanted, password);
            } catch (Refused taken) {
                // By another claimant, or too many were waiting: on to the next name.
            }
        }
    }

    private void found(RegistryLine line, String me) throws IOException {
        var user = "f%d-%s".formatted(round, me);
        var password = "pw-" + user;
        var open = new Ledger.Open(user, password, "");
        try {
            line.must("signup %s %s %s".formatted(user, password, SOMEWHERE));
            ledger.signedUp(user, password);
            line.must("signin %s %s %s".formatted(user, password, SOMEWHERE));
            for (int n = 0; ; n++) {
                var group = groupName(round, n);
                open = new Ledger.Open(user, password, group);
                enter(line, ledger, user, group);
            }
        } catch (Refused refused) {
            if (isBusy(refused)) ledger.leftOpen(open);
            else ledger.contradiction("%s was refused at %s: %s".formatted(user, open.group(), refused.getMessage()));
        } catch (IOException gone) {
            ledger.leftOpen(open);
            throw gone;
        }
    }

    /** Creates the group, or joins it if somebody was faster; already in is as good. Then its key has to be there. */
    static void enter(RegistryLine line, Ledger ledger, String user, String group) throws IOException {
        ledger.asks(user, group);
        try {
            line.must("create %s %s".formatted(group, user));
            ledger.created(group, user);
            ledger.member(user, group);
        } catch (Refused exists) {
            try {
                line.must("join %s %s".formatted(group, user));
                ledger.member(user, group);
            } catch (Refused alreadyIn) {
                if (isBusy(alreadyIn)) throw alreadyIn;
                ledger.key(group, line.mustBytes("key:" + group)); // else this refuses, too
                return;
            }
        }
        ledger.key(group, line.mustBytes("key:" + group));
    }

    /** A registry that is too slow on a machine that is too small has promised nothing, nor refused anything. */
    static boolean isBusy(Refused refused) {
        return String.valueOf(refused.getMessage()).endsWith("busy");
    }

    /** Later ones come first in name order: LIST is cut at its end, and the newest are those in danger. */
    private static String groupName(int round, int n) {
        return "g%04d-%05d".formatted(9_999 - round, 99_999 - n);
    }

    private interface Work {
        void with(RegistryLine line, String me) throws IOException;
    }

    private void employ(String me, Work work) {
        var thread = new Thread(
                () -> {
                    try (var line = RegistryLine.connect(registry)) {
                        work.with(line, me);
                    } catch (IOException killed) {
                        // As intended: what it left open is in the ledger.
                    } finally {
                        working.countDown();
                    }
                },
                me);
        thread.setDaemon(true);
        thread.start();
    }
}
