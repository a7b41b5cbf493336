package parley.peer.link.mutual;

import java.time.Duration;

/**
 * What to do about a link on which nothing moves. Times are {@link System#nanoTime}, passed in.
 *
 * <pre>
 *   moving --nothing heard for a while--> pinged --an answer, anything--> moving
 *                                         pinged --nothing for longer--> SILENT
 *   moving, pinged --nothing but pings for long--> IDLE
 * </pre>
 */
final class Stillness {
    enum Verdict {
        FINE,
        PING,
        SILENT,
        IDLE
    }

    private final long pingAfter;
    private final long silence;
    private final long idle;
    private long heard;
    private long used;
    private boolean pinged;

    Stillness(LinksSettings settings, long now) {
        this.pingAfter = settings.pingAfter().toNanos();
        this.silence = settings.silenceTimeout().toNanos();
        this.idle = settings.idleTimeout().toNanos();
        this.heard = now;
        this.used = now;
    }

    /** How often to ask for a verdict. */
    static Duration tick(LinksSettings settings) {
        return settings.pingAfter().dividedBy(4);
    }

    /** Something came. */
    void heard(long now) {
        heard = now;
        pinged = false;
    }

    /** A frame came or went that is neither ping nor pong. */
    void used(long now) {
        used = now;
    }

    /** @param listening whether anything could be heard: whoever doesn't read must not complain of silence */
    Verdict look(long now, boolean listening) {
        if (!listening) {
            heard(now);
            return Verdict.FINE;
        }
        if (now - heard >= silence) return Verdict.SILENT;
        if (now - used >= idle) return Verdict.IDLE;
        if (now - heard < pingAfter || pinged) return Verdict.FINE;
        pinged = true;
        return Verdict.PING;
    }
}
