package parley.proving.classic;

import java.io.IOException;

/** The registry answered {@code Error:}; the message is what followed. */
public final class Refused extends IOException {
    private static final long serialVersionUID = 1L;

    Refused(String why) {
        super(why);
    }
}
