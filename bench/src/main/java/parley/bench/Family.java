package parley.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What a process and all that it starts compute and hold, looked at again and again while they live: from a program that
 * has ended nobody learns it. What a process computes in the last moments of its life is missing.
 */
final class Family implements AutoCloseable {
    private static final Duration LOOK = Duration.ofMillis(5);

    private final ProcessHandle root;
    private final Map<Long, Long> ticks = new HashMap<>();
    private long peakKib;
    private volatile boolean over;

    Family(ProcessHandle root) {
        this.root = root;
        Thread.ofPlatform().daemon().start(this::lookOn);
    }

    private void lookOn() {
        try {
            while (!over && root.isAlive()) {
                look();
                Thread.sleep(LOOK);
            }
        } catch (InterruptedException enough) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void look() {
        long together = 0;
        for (var one : Stream.concat(Stream.of(root), root.descendants()).toList()) {
            try {
                ticks.put(one.pid(), CpuTime.ticks(one.pid()));
                together += IdleMemory.statusKib(one.pid(), "VmRSS:");
            } catch (IOException | IndexOutOfBoundsException gone) {
                // Between the list and the look.
            }
        }
        peakKib = Math.max(peakKib, together);
    }

    /** Of all together. */
    synchronized double cpuSeconds() {
        return ticks.values().stream().mapToLong(Long::longValue).sum() / (double) CpuTime.TICKS_A_SECOND;
    }

    synchronized double peakMib() {
        return peakKib / 1024.0;
    }

    @Override
    public void close() {
        over = true;
    }
}
