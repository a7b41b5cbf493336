package parley.peer.group;

import org.apache.pekko.util.ByteString;
import parley.messages.wire.Content.Text;

/**
 * Our own texts in a group.
 *
 * @param next the counter of the next one
 * @param previous the hash of the last one
 */
record Written(long next, ByteString previous) {
    static final Written NONE = new Written(1, Text.NO_PREVIOUS);
}
