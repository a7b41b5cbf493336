package parley.registry.mailbox;

import com.typesafe.config.Config;
import java.time.Duration;

/**
 * How much waits for one name, and for how long; see {@code parley.registry.mailbox} in reference.conf.
 *
 * @param bytesMax of all envelopes together
 */
record MailboxRules(int envelopesMax, long bytesMax, Duration keep, Duration idle) {
    static MailboxRules of(Config config) {
        var mailbox = config.getConfig("parley.registry.mailbox");
        return new MailboxRules(
                mailbox.getInt("envelopes-max"),
                mailbox.getBytes("bytes-max"),
                mailbox.getDuration("keep"),
                mailbox.getDuration("idle"));
    }

    /** So that one sender leaves room for the others. */
    int envelopesOfOneMax() {
        return envelopesMax / 2;
    }

    long bytesOfOneMax() {
        return bytesMax / 2;
    }
}
