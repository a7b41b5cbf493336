package parley.peer.transfer;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Another process that has a file locked, as another peer in the same folder has. */
final class PartHolder {
    private final Process process;

    private PartHolder(Process process) {
        this.process = process;
    }

    static PartHolder start(Path part) throws IOException {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var process = new ProcessBuilder(
                        java, "-cp", System.getProperty("java.class.path"), PartHolder.class.getName(), part.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        if (process.getInputStream().read() < 0) throw new IOException("the other process did not lock " + part);
        return new PartHolder(process);
    }

    /** Says so when it holds the lock, and keeps it until its input ends. */
    public static void main(String... arguments) throws IOException {
        try (var file = FileChannel.open(Path.of(arguments[0]), StandardOpenOption.WRITE);
                var lock = file.lock()) {
            System.out.print(lock.isValid() ? 'y' : 'n');
            System.out.flush();
            while (System.in.read() >= 0) {}
        }
    }

    void end() throws IOException, InterruptedException {
        process.getOutputStream().close();
        process.waitFor();
    }
}
