package parley.registry.user;

import com.typesafe.config.Config;
import java.time.Duration;

/**
 * How many wrong passwords are free, and how long the others make one wait; see {@code parley.registry.sign-in} in
 * reference.conf.
 */
record SignInRules(
        int freeAttempts, Duration firstDelay, Duration longestDelay, int accountsPerSource, Duration forgetAfter) {
    static SignInRules of(Config config) {
        var signIn = config.getConfig("parley.registry.sign-in");
        return new SignInRules(
                signIn.getInt("free-attempts"),
                signIn.getDuration("first-delay"),
                signIn.getDuration("longest-delay"),
                signIn.getInt("accounts-per-source"),
                signIn.getDuration("forget-after"));
    }

    /** After so many wrong passwords, the free ones included. */
    Duration delay(int wrong) {
        var delay = Duration.ZERO;
        for (int n = freeAttempts; n <= wrong; n++) {
            delay = n == freeAttempts ? firstDelay : delay.multipliedBy(2);
            if (delay.compareTo(longestDelay) >= 0) return longestDelay;
        }
        return delay;
    }
}
