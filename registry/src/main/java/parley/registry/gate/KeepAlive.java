package parley.registry.gate;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import jdk.net.ExtendedSocketOptions;
import org.apache.pekko.io.Inet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the kernel ask a silent peer whether it is still there. A laptop that was closed says no goodbye, and its user
 * would be online for ever.
 */
public final class KeepAlive extends Inet.AbstractSocketOptionV2 {
    /** Seconds of silence before the first question, seconds between questions, questions: gone after two minutes. */
    private static final int IDLE_SECONDS = 60;

    private static final int INTERVAL_SECONDS = 15;
    private static final int QUESTIONS = 4;

    private static final Logger log = LoggerFactory.getLogger(KeepAlive.class);

    @Override
    public void afterConnect(Socket socket) {
        try {
            socket.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
            set(socket, ExtendedSocketOptions.TCP_KEEPIDLE, IDLE_SECONDS);
            set(socket, ExtendedSocketOptions.TCP_KEEPINTERVAL, INTERVAL_SECONDS);
            set(socket, ExtendedSocketOptions.TCP_KEEPCOUNT, QUESTIONS);
        } catch (IOException gone) {
            // Closed by the other side in the meantime; the first read will find that out.
            log.trace("no keep-alive on a connection that is gone");
        }
    }

    private static void set(Socket socket, SocketOption<Integer> option, int value) throws IOException {
        if (socket.supportedOptions().contains(option)) socket.setOption(option, value);
    }
}
