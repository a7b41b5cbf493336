package parley.bench;

import java.util.Arrays;
import java.util.Locale;

/** One measured value. */
record Figure(String what, double value, String unit) {
    static Figure of(String what, double value, String unit) {
        return new Figure(what, value, unit);
    }

    static double median(double... values) {
        var sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    void print() {
        System.out.println(String.format(Locale.ROOT, "%-58s %,12.2f %s", what, value, unit));
    }
}
