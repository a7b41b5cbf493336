package parley.proving.modern.group;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One connection between two ends, carried on by hand so that it can be cut in the middle.
 *
 * <pre>
 *   whole --suffer--&gt; losing in one direction, or in both --end--&gt; over
 *     `---------------------- suffer, end -----------------------^
 * </pre>
 */
final class Wire {
    private static final int CHUNK = 8_192;

    /** Bytes that nobody got, of all wires. */
    static final AtomicLong LOST = new AtomicLong();

    private final String caller;
    private final String called;
    private final Socket from;
    private final Socket to;
    private volatile boolean questionsPass = true;
    private volatile boolean answersPass = true;
    private volatile boolean over;

    Wire(String caller, String called, Socket from, Socket to) {
        this.caller = caller;
        this.called = called;
        this.from = from;
        this.to = to;
    }

    String caller() {
        return caller;
    }

    String called() {
        return called;
    }

    boolean isOver() {
        return over;
    }

    void begin() {
        Thread.ofVirtual().start(() -> carry(from, to, true));
        Thread.ofVirtual().start(() -> carry(to, from, false));
    }

    void suffer(Web.Cut cut) {
        switch (cut) {
            case ENDS -> end();
            case ANSWERS_ARE_LOST -> answersPass = false;
            case QUESTIONS_ARE_LOST -> questionsPass = false;
            case SILENCE -> {
                answersPass = false;
                questionsPass = false;
            }
        }
    }

    /** Without goodbye: what the kernel still holds is lost as well. */
    void end() {
        over = true;
        for (var socket : new Socket[] {from, to})
            try (socket) {
                socket.setSoLinger(true, 0);
            } catch (IOException closed) {
                // By the other direction.
            }
    }

    private void carry(Socket source, Socket target, boolean questions) {
        try {
            carry(source.getInputStream(), target.getOutputStream(), questions);
            target.shutdownOutput();
        } catch (IOException | UncheckedIOException cut) {
            end();
        }
    }

    private void carry(InputStream in, OutputStream out, boolean questions) throws IOException {
        var chunk = new byte[CHUNK];
        for (int count = in.read(chunk); count >= 0; count = in.read(chunk)) {
            if (questions ? questionsPass : answersPass) out.write(chunk, 0, count);
            else LOST.addAndGet(count);
        }
    }
}
