package parley.peer.cipher.ratchet;

import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;
import parley.peer.cipher.agreement.Greeting;

/** @param greeting in front of all that we seal until they have answered; none once they have, or if they began */
record Session(Ratchet ratchet, @Nullable Greeting greeting) {
    ByteString id() {
        return ratchet.sessionId();
    }

    /** The same session after something of theirs was opened. */
    static Session answered(Ratchet ratchet) {
        return new Session(ratchet, null);
    }

    Session with(Ratchet next) {
        return new Session(next, greeting);
    }

    @Override
    public String toString() {
        return "redacted";
    }
}
