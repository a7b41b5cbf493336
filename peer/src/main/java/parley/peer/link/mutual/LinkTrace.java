package parley.peer.link.mutual;

import java.io.IOException;
import javax.net.ssl.SSLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import parley.messages.wire.Frame;
import parley.messages.wire.FrameKind;

/** What the log is told of one link: {@code link 7 >> ENVELOPE 1042B}. No names, no keys, no bytes. */
record LinkTrace(long number) {
    private static final Logger LOG = LoggerFactory.getLogger("parley.peer.link.mutual");

    void said(Frame frame) {
        frame(">>", frame);
    }

    void heard(Frame frame) {
        frame("<<", frame);
    }

    void ended(String why) {
        LOG.debug("link {} ended: {}", number, why);
    }

    /** One line, fit to show. What the system says of a connection says more than that there was none. */
    static String reason(Throwable failure) {
        var cause = failure.getCause();
        boolean system = cause instanceof IOException && !(cause instanceof SSLException);
        var why = system && cause != null ? cause.getMessage() : failure.getMessage();
        return why == null ? "the connection broke" : why;
    }

    private void frame(String direction, Frame frame) {
        if (!LOG.isTraceEnabled()) return;
        var kind = FrameKind.of(frame);
        if (frame instanceof Frame.Enveloped(var envelope))
            LOG.trace(
                    "link {} {} {} {}B",
                    number,
                    direction,
                    kind,
                    envelope.message().size());
        else LOG.trace("link {} {} {}", number, direction, kind);
    }
}
