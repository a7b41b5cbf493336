package parley.peer.talk;

import java.util.Locale;

/** How many bytes, as people read it: {@code 512 bytes}, {@code 2.9 KiB}. */
public final class Amount {
    private static final String[] UNITS = {"KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};

    public static String of(long bytes) {
        if (bytes < 1024) return bytes == 1 ? "1 byte" : bytes + " bytes";
        double amount = bytes / 1024.0;
        int unit = 0;
        // From here "%.1f" would round up to four digits before the point.
        while (amount >= 1023.95 && unit < UNITS.length - 1) {
            amount /= 1024;
            unit++;
        }
        return String.format(Locale.ROOT, "%.1f %s", amount, UNITS[unit]);
    }

    private Amount() {}
}
