package parley.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import parley.proving.process.Running;

/** What a process has computed since some moment: other work on the machine does not alter it much. */
record CpuTime(long pid, long ticksBefore) {
    static final int TICKS_A_SECOND = 100;

    static CpuTime of(Running process) throws IOException {
        return of(process.pid());
    }

    static CpuTime of(long pid) throws IOException {
        return new CpuTime(pid, ticks(pid));
    }

    double sinceMillis() throws IOException {
        return (ticks(pid) - ticksBefore) * 1000.0 / TICKS_A_SECOND;
    }

    /** Of its user's and of the system's; proc(5). */
    static long ticks(long pid) throws IOException {
        var stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
        var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
    }
}
