package parley.peer.contact;

import java.time.Duration;

/**
 * @param readReceipts whether the contact is told what was read
 * @param receiptDelay how long receipts gather
 * @param repeatInterval between two requests to seal again; docs/PROTOCOL.md §11.4
 * @param bundleRetryMin before a bundle is asked for again; doubles
 * @param bundleRetryMax of that
 */
public record ContactSettings(
        boolean readReceipts,
        Duration receiptDelay,
        Duration repeatInterval,
        Duration bundleRetryMin,
        Duration bundleRetryMax) {
    public static final ContactSettings DEFAULT = new ContactSettings(
            true, Duration.ofMillis(100), Duration.ofMinutes(1), Duration.ofSeconds(1), Duration.ofMinutes(5));

    public ContactSettings withReadReceipts(boolean now) {
        return new ContactSettings(now, receiptDelay, repeatInterval, bundleRetryMin, bundleRetryMax);
    }
}
